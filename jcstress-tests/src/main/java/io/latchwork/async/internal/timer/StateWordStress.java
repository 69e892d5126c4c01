// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.latchwork.async.Status;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LZI_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The state word of a control block: callers against the owner of its base. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class StateWordStress {

    /** A start against the removal of an entry that a cancel left behind. r1: callbacks. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "The start fired: the base saw it, or the starter told the base.")
    @Outcome(expect = FORBIDDEN, desc = "The start was lost or fired twice: AC7 <-> AC8 is broken (I7).")
    @State
    public static class StartOrRemoval extends TimerRig {
        /** Begins idle, with an entry that is due. */
        public StartOrRemoval() {
            start(10);
            work();
            cancelAsync();
            clock.set(10);
        }

        /** Takes the stale entry out. */
        @Actor
        public void owner() {
            work();
        }

        /** Arms for later than the entry. */
        @Actor
        public void starter() {
            start(20);
        }

        /** Lets it fire. */
        @Arbiter
        public void rest(I_Result r) {
            workUntil(20);
            r.r1 = fired;
        }
    }

    /** A re-arming against the expiry. r1: callbacks before the new deadline, r2: callbacks in all. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The start was first: the old expiry is forgotten.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The expiry was first: both fired.")
    @Outcome(expect = FORBIDDEN, desc = "A start was lost, or an old expiry fired: the swap of AC5 -> AC6 does not decide.")
    @State
    public static class StartOrExpiry extends TimerRig {
        /** Begins armed and due. */
        public StartOrExpiry() {
            start(10);
            work();
            clock.set(10);
        }

        /** Expires. */
        @Actor
        public void owner(II_Result r) {
            work();
            r.r1 = fired;
        }

        /** Re-arms for later. */
        @Actor
        public void starter() {
            start(20);
        }

        /** Lets it fire. */
        @Arbiter
        public void rest(II_Result r) {
            workUntil(20);
            r.r2 = fired;
        }
    }

    /** A cancel against the expiry. r1: its answer, r2: callbacks begun when it had answered, r3: callbacks in all. */
    @JCStressTest
    @Outcome(id = "CANCELLED, 0, 0", expect = ACCEPTABLE, desc = "Taken back, and it did not start.")
    @Outcome(id = "IDLE, 1, 1", expect = ACCEPTABLE, desc = "Nothing armed: the callback was over, with all it did.")
    @Outcome(id = {"RUNNING, 0, 1", "RUNNING, 1, 1"}, expect = ACCEPTABLE, desc = "The callback was running.")
    @Outcome(id = "IDLE, 0, 1", expect = FORBIDDEN,
        desc = "Said to be idle, yet the callback started afterwards: AC11 -> AC12 is broken (I1).")
    @Outcome(expect = FORBIDDEN, desc = "Cancelled, yet it fired: AC5 -> AC6 is broken (I1).")
    @State
    public static class CancelOrExpiry extends TimerRig {
        /** Begins armed and due. */
        public CancelOrExpiry() {
            start(10);
            work();
            clock.set(10);
        }

        /** Expires. */
        @Actor
        public void owner() {
            work();
        }

        /** Cancels, then looks. */
        @Actor
        public void canceller(LII_Result r) {
            r.r1 = cancelAsync();
            r.r2 = fired;
        }

        /** Lets it fire, if it wrongly may. */
        @Arbiter
        public void rest(LII_Result r) {
            workUntil(20);
            r.r3 = fired;
        }
    }

    /**
     * A cancel against a callback that starts its own timer. r1: the cancel's answer, r2: the answer to the own start, or null,
     * r3: callbacks in all.
     */
    @JCStressTest
    @Outcome(id = "CANCELLED, null, 0", expect = ACCEPTABLE, desc = "Taken back before the callback began.")
    @Outcome(id = "CANCELLED, OK, 1", expect = ACCEPTABLE, desc = "The callback had started itself, which was taken back.")
    @Outcome(id = {"RUNNING, ECANCELED, 1", "IDLE, ECANCELED, 1"}, expect = ACCEPTABLE,
        desc = "The callback was told before it started itself; it is over, or not.")
    @Outcome(id = {"RUNNING, OK, 2", "IDLE, OK, 2"}, expect = FORBIDDEN,
        desc = "Nothing was there to cancel, yet the callback goes on starting itself: AC5 -> AC6 or AC11 -> AC12 is broken.")
    @Outcome(expect = FORBIDDEN, desc = "Cancelled, yet it fired, or a start from nowhere: AC5 -> AC6 is broken (I1).")
    @State
    public static class CancelOrSelfStart extends TimerRig {
        private Status own;

        /** Begins armed and due. */
        public CancelOrSelfStart() {
            start(10);
            work();
            clock.set(10);
        }

        @Override
        void deed() {
            if (own == null) {
                own = start(20);
            }
        }

        /** Expires. */
        @Actor
        public void owner() {
            work();
        }

        /** Cancels. */
        @Actor
        public void canceller(LLI_Result r) {
            r.r1 = cancelAsync();
        }

        /** Lets it fire, if it wrongly may. */
        @Arbiter
        public void rest(LLI_Result r) {
            r.r2 = own;
            workUntil(20);
            r.r3 = fired;
        }
    }

    /** What the starter stored is seen by the callback. r1: callbacks, r2: what the last one saw. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Fired once, and the callback saw the starter's store.")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The callback missed the starter's store: AC5 -> AC6 is broken.")
    @Outcome(expect = FORBIDDEN, desc = "The start was lost or fired twice: IW1 -> IW2 or AC7 <-> AC8 is broken (I7).")
    @State
    public static class StartPublishes extends TimerRig {
        /** Begins with a duty cycle that is still to come: the block is queued. */
        public StartPublishes() {
            start(50);
            clock.set(10);
        }

        /** Works. */
        @Actor
        public void owner() {
            work();
        }

        /** Stores, then arms for now. */
        @Actor
        public void starter() {
            data = 1;
            start(10);
        }

        /** Lets it fire. */
        @Arbiter
        public void rest(II_Result r) {
            workUntil(60);
            r.r1 = fired;
            r.r2 = dataSeen;
        }
    }

    /** A new callback against a cancel that drops it. r1: answer of a start afterwards, r2: the cell is filled, r3: callbacks. */
    @JCStressTest
    @Outcome(id = "OK, true, 1", expect = ACCEPTABLE, desc = "The callback was set last, and a start fires.")
    @Outcome(id = "EINVAL, false, 0", expect = ACCEPTABLE, desc = "The cancel was last, and there is nothing to start.")
    @Outcome(expect = FORBIDDEN, desc = "The word and the cell disagree: AC9 <-> AC10 or LC7 <-> LC8 is broken.")
    @State
    public static class BindOrCancel extends TimerRig {
        /** Sets a callback. */
        @Actor
        public void binder() {
            bind();
        }

        /** Drops it. */
        @Actor
        public void canceller() {
            block.cancelAndWait(null);
        }

        /** Starts. */
        @Arbiter
        public void rest(LZI_Result r) {
            r.r2 = !block.binding.isEmpty();
            r.r1 = start(0);
            workUntil(20);
            r.r3 = fired;
        }
    }

    /** Two running callbacks that want to wait for each other. r1, r2: whether they may. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = ACCEPTABLE, desc = "One waits, the other was refused.")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Both saw each other and were refused.")
    @Outcome(id = "true, true", expect = FORBIDDEN, desc = "They wait for each other for ever: AC15 <-> AC15 is broken (Z3).")
    @State
    public static class WaitOrWait extends TimerRig {
        private final BpfHrtimer other = new BpfHrtimer(home, 1, rcu, 4);

        /** Begins with both running. */
        public WaitOrWait() {
            block.runBegins();
            other.runBegins();
        }

        /** Asks. */
        @Actor
        public void one(ZZ_Result r) {
            r.r1 = block.mayWaitFor(other);
        }

        /** Asks. */
        @Actor
        public void two(ZZ_Result r) {
            r.r2 = other.mayWaitFor(block);
        }
    }

    /** A published deadline. r1: it is the queued timer's, r2: what was seen of the owner's work before it. */
    @JCStressTest
    @Outcome(id = {"false, 0", "false, 1"}, expect = ACCEPTABLE, desc = "Not published yet.")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Published, with the work before it.")
    @Outcome(id = "true, 0", expect = FORBIDDEN, desc = "A deadline without what led to it: AC13 -> AC14 is broken.")
    @State
    public static class DeadlineIsPublished extends TimerRig {
        /** Begins with a start that the base has not looked at. */
        public DeadlineIsPublished() {
            start(10);
        }

        /** Queues the timer. */
        @Actor
        public void owner() {
            data = 1;
            work();
        }

        /** Asks how long it may sleep. */
        @Actor
        public void sleeper(ZI_Result r) {
            r.r1 = base.nextDeadlineNs() == 10;
            r.r2 = data;
        }
    }
}
