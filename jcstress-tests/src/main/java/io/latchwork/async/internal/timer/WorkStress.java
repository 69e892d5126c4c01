// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LI_Result;

/** A work: callers against the kworker that has it in hand, and that one against the base. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class WorkStress {

    /** A start against a run and its end. r1: the answer, r2: runs. */
    @JCStressTest
    @Outcome(id = "PENDING, 1", expect = ACCEPTABLE, desc = "The start was before the run: one run for both.")
    @Outcome(id = "OK, 2", expect = ACCEPTABLE, desc = "The start was after the taking: a run of its own.")
    @Outcome(id = "OK, 1", expect = FORBIDDEN,
        desc = "The start and the owner that let go missed each other: AC82 <-> AC83 is broken (I7).")
    @Outcome(expect = FORBIDDEN, desc = "A start ran twice: the swap of AC5 -> AC6 does not decide.")
    @State
    public static class StartOrLettingGo extends WorkRig {
        /** Begins pending, and in the kworkers' queue. */
        public StartOrLettingGo() {
            start();
            cycle();
        }

        /** Runs it and lets go. */
        @Actor
        public void owner() {
            kworker();
        }

        /** Starts. */
        @Actor
        public void starter(LI_Result r) {
            r.r1 = start();
        }

        /** Lets it run. */
        @Arbiter
        public void rest(LI_Result r) {
            settle();
            r.r2 = runs;
        }
    }

    /** What a starter stored, whether it began a run or joined one, is seen. r1: what the last run saw, r2: runs. */
    @JCStressTest
    @Outcome(id = {"1, 1", "1, 2"}, expect = ACCEPTABLE, desc = "The run that serves the start saw its store.")
    @Outcome(expect = FORBIDDEN,
        desc = "The run that serves the start missed its store: AC5 -> AC6 or AC82 <-> AC83 is broken.")
    @State
    public static class StartPublishes extends WorkRig {
        /** Begins pending, and in the kworkers' queue. */
        public StartPublishes() {
            start();
            cycle();
        }

        /** Runs it and lets go. */
        @Actor
        public void owner() {
            kworker();
        }

        /** Stores, then starts. */
        @Actor
        public void starter() {
            data = 1;
            start();
        }

        /** Lets it run. */
        @Arbiter
        public void rest(II_Result r) {
            settle();
            r.r1 = dataSeen;
            r.r2 = runs;
        }
    }

    /** An owner that claims the item again against the base that claims it too. r1: overlapping runs, r2: runs. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "One after the other.")
    @Outcome(expect = FORBIDDEN, desc = "Two runs at once, or a lost one: the claim of AC85 <- AC84 does not decide.")
    @State
    public static class ClaimOrClaim extends WorkRig {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();

        /** Begins pending, in the kworkers' queue, and with a run of the base that is still to come. */
        public ClaimOrClaim() {
            start();
            cycle();
            tellBase();
        }

        @Override
        void called() {
            if (inside.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            super.called();
            if (runs == 1) {
                start();
            }
            for (int i = 0; i < 20; i++) {
                Thread.onSpinWait();
            }
            inside.decrementAndGet();
        }

        /** Runs it twice, if it gets it twice. */
        @Actor
        public void owner() {
            kworker();
            kworker();
        }

        /** Claims it for another kworker. */
        @Actor
        public void base() {
            cycle();
            kworker();
            kworker();
        }

        /** Lets it run. */
        @Arbiter
        public void rest(II_Result r) {
            settle();
            r.r1 = overlaps.get();
            r.r2 = runs;
        }
    }

    /** A cancel against a run. r1: its answer, r2: runs begun when it had answered, r3: runs in all. */
    @JCStressTest
    @Outcome(id = "CANCELLED, 0, 0", expect = ACCEPTABLE, desc = "Taken back, and it did not start.")
    @Outcome(id = "IDLE, 1, 1", expect = ACCEPTABLE, desc = "Nothing pending: the run was over, with all it did.")
    @Outcome(id = {"RUNNING, 0, 1", "RUNNING, 1, 1"}, expect = ACCEPTABLE, desc = "The callback was running.")
    @Outcome(id = "IDLE, 0, 1", expect = FORBIDDEN,
        desc = "Said to be idle, yet the callback started afterwards: AC11 -> AC12 is broken (I1).")
    @Outcome(expect = FORBIDDEN, desc = "Cancelled, yet it ran: AC5 -> AC6 is broken (I1).")
    @State
    public static class CancelOrRun extends WorkRig {
        /** Begins pending, and in the kworkers' queue. */
        public CancelOrRun() {
            start();
            cycle();
        }

        /** Runs it. */
        @Actor
        public void owner() {
            kworker();
        }

        /** Cancels, then looks. */
        @Actor
        public void canceller(LII_Result r) {
            r.r1 = cancelAsync();
            r.r2 = runs;
        }

        /** Lets it run, if it wrongly may. */
        @Arbiter
        public void rest(LII_Result r) {
            settle();
            r.r3 = runs;
        }
    }

    /** A flush against the run that it waits for. r1: its answer, r2: what it then sees of the run. */
    @JCStressTest
    @Outcome(id = "OK, 1", expect = ACCEPTABLE, desc = "It waited, and the run was over.")
    @Outcome(id = "IDLE, 1", expect = ACCEPTABLE, desc = "The run was over already.")
    @Outcome(expect = FORBIDDEN, desc = "It returned before the run was over: AC84 -> AC85 is broken.")
    @State
    public static class FlushOrRun extends WorkRig {
        /** Begins pending, and in the kworkers' queue. */
        public FlushOrRun() {
            start();
            cycle();
        }

        /** Runs it. */
        @Actor
        public void owner() {
            kworker();
        }

        /** Waits, then looks. */
        @Actor
        public void flusher(LI_Result r) {
            r.r1 = block.flush(null);
            r.r2 = runs;
        }
    }
}
