// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** What a reader of a {@link ManualClock} may see while it is moved. */
public class ManualClockStress {
    private ManualClockStress() {
    }

    /** What a reading of the wall clock shows was so at one moment. */
    @JCStressTest
    @Outcome(id = "1000", expect = ACCEPTABLE, desc = "The reading came first.")
    @Outcome(id = "1001", expect = ACCEPTABLE, desc = "The reading came between the two steps.")
    @Outcome(id = "1011", expect = ACCEPTABLE, desc = "The reading came last.")
    @Outcome(expect = FORBIDDEN, desc = "The old time with the new distance: AC50 -> AC51, or the second look, is broken.")
    @State
    public static class ReadingIsOfOneMoment {
        private final ManualClock clock = new ManualClock(0, 1_000);

        /** Moves the time and then the wall clock. */
        @Actor
        public void mover() {
            clock.advance(1);
            clock.stepRealTime(10);
        }

        /** Reads the wall clock. */
        @Actor
        public void reader(J_Result r) {
            r.r1 = clock.epochNanos();
        }
    }
}
