// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer.broken;

import io.latchwork.async.ManualClock;
import io.latchwork.async.internal.timer.ClockOffsets;
import io.latchwork.async.internal.timer.ClockOffsetsStress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** The claims of {@link ClockOffsetsStress} over offsets with one bug each. Each was seen failing on x86-64. */
public class ClockOffsetsTwins {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int REQUESTS = 0;
    private static final int OFFSET = 1;

    private ClockOffsetsTwins() {
    }

    /** The clock, the offset and the requests; the twins bring their refresh. */
    public abstract static class Refreshers {
        private final ManualClock clock = new ManualClock(0, 0);
        final long[] words = new long[2];

        final void step(long deltaNs) {
            clock.stepRealTime(deltaNs);
        }

        final void sampleAndPublish() {
            WORDS.setRelease(words, OFFSET, clock.epochNanos() - clock.nanoTime());
        }

        final long offset() {
            return (long) WORDS.getAcquire(words, OFFSET);
        }
    }

    /** The claim is given back without a look at the requests that were left. */
    @JCStressTest
    @JCStressMeta(ClockOffsetsStress.NoRequestIsLost.class)
    @State
    public static class NoLookAtTheEnd extends Refreshers {
        private void refresh() {
            if ((long) WORDS.getAndAdd(words, REQUESTS, 1L) == 0) {
                sampleAndPublish();
                WORDS.setRelease(words, REQUESTS, 0L);
            }
        }

        /** Steps and refreshes. */
        @Actor
        public void one() {
            step(1);
            refresh();
        }

        /** As well. */
        @Actor
        public void two() {
            step(2);
            refresh();
        }

        /** Reads when both are done. */
        @Arbiter
        public void end(J_Result r) {
            r.r1 = offset();
        }
    }

    /** Two may sample at once, and the older sample be published last. */
    @JCStressTest
    @JCStressMeta(ClockOffsetsStress.NoRequestIsLost.class)
    @State
    public static class NoClaim extends Refreshers {
        private void refresh() {
            sampleAndPublish();
        }

        /** Steps and refreshes. */
        @Actor
        public void one() {
            step(1);
            refresh();
        }

        /** As well. */
        @Actor
        public void two() {
            step(2);
            refresh();
        }

        /** Reads when both are done. */
        @Arbiter
        public void end(J_Result r) {
            r.r1 = offset();
        }
    }

    /** The two offsets are read one after the other. */
    @JCStressTest
    @JCStressMeta(ClockOffsetsStress.PairIsOfOneSample.class)
    @State
    public static class HalvesApart {
        private final ManualClock clock = new ManualClock(0, 0);
        private final ClockOffsets offsets = new ClockOffsets(clock);

        /** Lets both offsets grow, twice. */
        @Actor
        public void writer() {
            clock.suspend(1);
            offsets.refresh();
            clock.suspend(1);
            offsets.refresh();
        }

        /** Reads both. */
        @Actor
        public void reader(JJ_Result r) {
            r.r1 = offsets.realOffset();
            r.r2 = offsets.bootOffset();
        }
    }
}
