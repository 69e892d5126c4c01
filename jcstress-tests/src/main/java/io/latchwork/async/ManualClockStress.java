// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** What a reader of a {@link ManualClock} may see while it is moved; and the claim to read the machine's uptime. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
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

    /** A time, or a step of the wall clock, that somebody reads. r1: it is the new one, r2: what was stored before the step. */
    @JCStressTest
    @Outcome(id = {"false, 0", "false, 1"}, expect = ACCEPTABLE, desc = "The reading came first.")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "The reading came last, and shows what was before it.")
    @Outcome(id = "true, 0", expect = FORBIDDEN,
        desc = "The time passed before its cause: AC21 -> AC22 or AC50 -> AC51 is broken.")
    @State
    public static class StepPublishes {
        private final ManualClock clock = new ManualClock(0, 1_000);
        private int data;

        /** Stores, then moves both times, the one that is read last. */
        @Actor
        public void mover() {
            data = 1;
            clock.stepRealTime(10);
            clock.advance(1);
        }

        /** Reads, then looks. */
        @Actor
        public void reader(ZI_Result r) {
            r.r1 = clock.nanoTime() == 1;
            r.r2 = data;
        }
    }

    /** A listener that is registered while the clock steps. r1: what it saw, or -1 if it was not run. */
    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "The step came first.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "The step ran the listener, which sees what came before its registration.")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "The step ran a listener that is not there yet: AC52 -> AC53 is broken.")
    @State
    public static class ListenerIsComplete {
        private final ManualClock clock = new ManualClock(0, 1_000);
        private int data;
        private int seen = -1;

        /** Stores, then registers. */
        @Actor
        public void listener() {
            data = 1;
            clock.onStep(() -> seen = data);
        }

        /** Steps. */
        @Actor
        public void stepper(I_Result r) {
            clock.stepRealTime(1);
            r.r1 = seen;
        }
    }

    /** Two threads that are due to read the machine's uptime. r1: how often it was read, r2: reads that overlapped. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "One read it, the other used the last distance.")
    @Outcome(expect = FORBIDDEN, desc = "It was read twice, or not at all: AC58 -> AC59 is broken.")
    @State
    public static class UptimeIsReadOnce {
        private int reads;
        private int inside;
        private int overlaps;
        private final BootOffset offset = new BootOffset(() -> 0, this::uptime);

        /** Forgets the first read. */
        public UptimeIsReadOnce() {
            reads = 0;
        }

        private long uptime() {
            inside++;
            overlaps += inside == 1 ? 0 : 1;
            reads++;
            inside--;
            return 0;
        }

        /** Asks. */
        @Actor
        public void one() {
            offset.boot(BootOffset.CHECK_NS);
        }

        /** Asks. */
        @Actor
        public void two() {
            offset.boot(BootOffset.CHECK_NS);
        }

        /** Counts. */
        @Arbiter
        public void rest(II_Result r) {
            r.r1 = reads;
            r.r2 = overlaps;
        }
    }
}
