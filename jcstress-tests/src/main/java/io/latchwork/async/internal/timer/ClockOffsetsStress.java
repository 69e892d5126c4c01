// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.latchwork.async.ManualClock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** Two threads that refresh {@link ClockOffsets}, and one that reads meanwhile. */
public class ClockOffsetsStress {
    private ClockOffsetsStress() {
    }

    /** Each of two steps is in the offset when both refreshes are done. */
    @JCStressTest
    @Outcome(id = "3", expect = ACCEPTABLE, desc = "The last sample came after both steps.")
    @Outcome(expect = FORBIDDEN, desc = "A request was not served, or two wrote at once: AC54 -> AC55 or AC56 -> AC57 is broken.")
    @State
    public static class NoRequestIsLost {
        private final ManualClock clock = new ManualClock(0, 0);
        private final ClockOffsets offsets = new ClockOffsets(clock);

        /** Steps and refreshes. */
        @Actor
        public void one() {
            clock.stepRealTime(1);
            offsets.refresh();
        }

        /** As well. */
        @Actor
        public void two() {
            clock.stepRealTime(2);
            offsets.refresh();
        }

        /** Reads when both are done. */
        @Arbiter
        public void end(J_Result r) {
            r.r1 = offsets.realOffset();
        }
    }

    /** The two offsets that a reader gets are of one sample. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The read came before the first sample was published.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The read saw the first sample.")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "The read saw the second sample.")
    @Outcome(expect = FORBIDDEN, desc = "Offsets of two samples were accepted: SL1 -> SL2 or SL3 -> SL4 is not made use of.")
    @State
    public static class PairIsOfOneSample {
        private final ManualClock clock = new ManualClock(0, 0);
        private final ClockOffsets offsets = new ClockOffsets(clock);
        private final long[] pair = new long[2];

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
            offsets.read(pair);
            r.r1 = pair[ClockOffsets.REAL];
            r.r2 = pair[ClockOffsets.BOOT];
        }
    }
}
