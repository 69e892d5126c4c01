// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer.broken;

import io.latchwork.async.internal.timer.CachedClockStress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The claims of {@link CachedClockStress} over cached clocks with one bug each. Each was seen failing on x86-64. */
public class CachedClockTwins {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LIMIT = 0;
    private static final int OPEN = 1;
    private static final int OVERRUN = 2;
    private static final long NONE = -1;

    private CachedClockTwins() {
    }

    /** One window, which is open; the twins bring their way to close it. */
    public abstract static class Window {
        final CachedClockStress.Time time = new CachedClockStress.Time();
        final long[] words = {CachedClockStress.STALENESS, CachedClockStress.STALENESS, 0};

        final void say(int word, long value) {
            WORDS.setOpaque(words, word, value);
        }

        final long after() {
            long limit = (long) WORDS.getVolatile(words, LIMIT);
            return limit == NONE ? NONE : limit + CachedClockStress.DELAY;
        }

        final long settled(long deadline, long at) {
            long open = (long) WORDS.getAcquire(words, OPEN);
            long over = (long) WORDS.getOpaque(words, OVERRUN);
            return deadline + (open == NONE ? over : Math.max(over, at - open));
        }

        final long overrun() {
            return Math.max(0, time.now() - CachedClockStress.STALENESS);
        }
    }

    /** The limit is taken back by a store that the look at the clock may overtake. */
    @JCStressTest
    @JCStressMeta(CachedClockStress.StartOrWithdraw.class)
    @State
    public static class TakenBackByRelease extends Window {
        private long deadline;

        /** The stall is over; starts. */
        @Actor
        public void starter() {
            time.pass();
            deadline = after();
        }

        /** Takes it back. */
        @Actor
        public void publisher() {
            WORDS.setRelease(words, LIMIT, NONE);
            say(OVERRUN, overrun());
            WORDS.setRelease(words, OPEN, NONE);
        }

        /** What the deadline is worth. */
        @Arbiter
        public void end(L_Result r) {
            r.r1 = CachedClockStress.verdict(deadline == NONE ? NONE : settled(deadline, CachedClockStress.END));
        }
    }

    /** The clock is looked at first. */
    @JCStressTest
    @JCStressMeta(CachedClockStress.StartOrWithdraw.class)
    @State
    public static class TimeIsReadFirst extends Window {
        private long deadline;

        /** The stall is over; starts. */
        @Actor
        public void starter() {
            time.pass();
            deadline = after();
        }

        /** Takes it back. */
        @Actor
        public void publisher() {
            long over = overrun();
            WORDS.setVolatile(words, LIMIT, NONE);
            say(OVERRUN, over);
            WORDS.setRelease(words, OPEN, NONE);
        }

        /** What the deadline is worth. */
        @Arbiter
        public void end(L_Result r) {
            r.r1 = CachedClockStress.verdict(deadline == NONE ? NONE : settled(deadline, CachedClockStress.END));
        }
    }

    /** The window is not open any more, and has no overrun yet. */
    @JCStressTest
    @JCStressMeta(CachedClockStress.FireOrWithdraw.class)
    @State
    public static class ClosedBeforeTheOverrun extends Window {
        private final long deadline = after();

        /** Everything was started at the end of the stall. */
        public ClosedBeforeTheOverrun() {
            time.pass();
        }

        /** Asks when it is due. */
        @Actor
        public void base(L_Result r) {
            r.r1 = CachedClockStress.verdict(settled(deadline, CachedClockStress.LATER));
        }

        /** Takes it back. */
        @Actor
        public void publisher() {
            WORDS.setVolatile(words, LIMIT, NONE);
            WORDS.setRelease(words, OPEN, NONE);
            WORDS.setRelease(words, OVERRUN, overrun());
        }
    }
}
