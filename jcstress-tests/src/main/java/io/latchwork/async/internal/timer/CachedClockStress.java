// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** Starts by a cached clock whose publisher was stalled. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class CachedClockStress {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /** How old the published time may be. */
    public static final long STALENESS = 1_000;
    /** The time after the stall. */
    public static final long LATER = 1_000_000;
    /** The delay of the start. */
    public static final long DELAY = 10;
    /** A time at which everything is due. */
    public static final long END = 1_000_000_000;

    private CachedClockStress() {
    }

    /** A time that a test sets. */
    public static final class Time {
        private final long[] cell = new long[1];

        /** A clock that shows 0. */
        public Time() {
        }

        /**
         * The time.
         *
         * @return nanoseconds
         */
        public long now() {
            return (long) CELL.getVolatile(cell, 0);
        }

        /** The stall is over. */
        public void pass() {
            CELL.setVolatile(cell, 0, LATER);
        }
    }

    /**
     * What the result says of a deadline.
     *
     * @param deadline NONE, or what it is settled to
     * @return "asked the clock", "late enough" or "early"
     */
    public static String verdict(long deadline) {
        return deadline == CachedClock.NONE ? "asked the clock" : deadline >= LATER + DELAY ? "late enough" : "early";
    }

    /** A start after a stall against the publisher that takes the time back. */
    @JCStressTest
    @Outcome(id = "asked the clock", expect = ACCEPTABLE, desc = "The time was taken back before.")
    @Outcome(id = "late enough", expect = ACCEPTABLE, desc = "The publisher saw how much the window overran.")
    @Outcome(id = "early", expect = FORBIDDEN, desc = "Started after the publisher read the time: AC92 <-> AC93 is broken.")
    @State
    public static class StartOrWithdraw {
        private final Time time = new Time();
        private final CachedClock clock = new CachedClock(time::now, STALENESS, true, 2);
        private long deadline;

        /** The time is out. */
        public StartOrWithdraw() {
            clock.renew();
        }

        /** The stall is over; starts. */
        @Actor
        public void starter() {
            time.pass();
            deadline = clock.after(DELAY);
        }

        /** Takes it back. */
        @Actor
        public void publisher() {
            clock.withdraw();
        }

        /** What the deadline is worth. */
        @Arbiter
        public void end(L_Result r) {
            r.r1 = verdict(deadline == CachedClock.NONE ? deadline : clock.settled(deadline, END));
        }
    }

    /** A base that fires what was started in the stall against the publisher that takes the time back. */
    @JCStressTest
    @Outcome(id = "late enough", expect = ACCEPTABLE, desc = "The window was open, or had its overrun.")
    @Outcome(id = "early", expect = FORBIDDEN, desc = "Closed, and no overrun: AC94 -> AC95 is broken.")
    @State
    public static class FireOrWithdraw {
        private final Time time = new Time();
        private final CachedClock clock = new CachedClock(time::now, STALENESS, true, 2);
        private final long deadline;

        /** Started at the end of the stall. */
        public FireOrWithdraw() {
            clock.renew();
            deadline = clock.after(DELAY);
            time.pass();
        }

        /** Asks when it is due. */
        @Actor
        public void base(L_Result r) {
            r.r1 = verdict(clock.settled(deadline, LATER));
        }

        /** Takes it back. */
        @Actor
        public void publisher() {
            clock.withdraw();
        }
    }
}
