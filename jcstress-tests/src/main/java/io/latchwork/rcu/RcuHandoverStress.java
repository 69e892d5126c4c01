// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What threads that end grace periods hand to each other, and to those who wait: plain fields behind one ordered access. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RcuHandoverStress {
    /** A thread that has ended, or, what is the same to a slot, has never begun. */
    private static final Thread DEAD = new Thread(() -> { });

    /** Counts its calls in a plain field. */
    static final class Once extends RcuHead {
        int invoked;

        @Override
        protected void reclaim() {
            invoked++;
        }
    }

    private static Rcu.Builder small() {
        return Rcu.builder().manual().ownedSlots(1).leasedSlots(0).counterStripes(1);
    }

    private static void synchronize(final Rcu rcu) {
        try {
            rcu.synchronizeExpedited();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Two threads that drive grace periods. r1: grace periods too many or too few in the drivers' plain count, r2:
     * overlapped.
     */
    @JCStressTest
    @Outcome(id = "0, false", expect = ACCEPTABLE, desc = "One drove after the other, and saw what that one had counted.")
    @Outcome(expect = FORBIDDEN,
        desc = "Two drove at once, or the second missed the first one's plain state: RC9 -> RC10 is broken.")
    @State
    public static class DriverHandsOver {
        private final Rcu rcu = small().build((tables, watch, counters) -> new GracePeriod(tables, watch, counters) {
            @Override
            boolean awaitReaders(final long target, final Waiting waiting) throws InterruptedException {
                overlapped |= inside;
                inside = true;
                final boolean done = super.awaitReaders(target, waiting);
                driven++;
                inside = false;
                return done;
            }
        });
        private int driven;
        private boolean inside;
        private boolean overlapped;

        /** Waits for a grace period. */
        @Actor
        public void one() {
            synchronize(rcu);
        }

        /** As well. */
        @Actor
        public void two() {
            synchronize(rcu);
        }

        /** Counts. */
        @Arbiter
        public void rest(final IZ_Result r) {
            r.r1 = driven - (int) rcu.stats().gracePeriods();
            r.r2 = overlapped;
        }
    }

    /** Two threads that run passes, and two heads. r1, r2: how often each was invoked. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One pass invoked both, or each pass one; none twice.")
    @Outcome(expect = FORBIDDEN,
        desc = "A drained head was lost on the way to the next runner, or invoked twice: RC25 -> RC26 is broken.")
    @State
    public static class RunnerHandsOver {
        private final Rcu rcu = small().build();
        private final Once first = new Once();
        private final Once second = new Once();

        /** Begins with a head queued. */
        public RunnerHandsOver() {
            rcu.callRcu(first);
        }

        /** Runs a pass. */
        @Actor
        public void one() {
            rcu.reclaim();
        }

        /** Queues another head and runs a pass. */
        @Actor
        public void two() {
            rcu.callRcu(second);
            rcu.reclaim();
        }

        /** Counts. */
        @Arbiter
        public void rest(final II_Result r) {
            rcu.reclaim();
            r.r1 = first.invoked;
            r.r2 = second.invoked;
        }
    }

    /** A head that is queued again while the runner lets go of it. r1: the runner saw its own link, r2: it was claimed again. */
    @JCStressTest
    @Outcome(id = {"true, false", "true, true"}, expect = ACCEPTABLE,
        desc = "The runner read its link before the head was used again.")
    @Outcome(expect = FORBIDDEN, desc = "The runner found the link of the next use: RC15 -> RC16 is broken.")
    @State
    public static class HeadIsUsedAgain {
        private final Once head = new Once();
        private final Once behind = new Once();

        /** Begins with a head that is queued. */
        public HeadIsUsedAgain() {
            head.claim();
            head.next = behind;
        }

        /** Reads the link, lets go. */
        @Actor
        public void runner(final ZZ_Result r) {
            r.r1 = head.next == behind;
            head.unclaim();
        }

        /** Queues it again. */
        @Actor
        public void caller(final ZZ_Result r) {
            if (head.claim()) {
                head.next = head;
                r.r2 = true;
            }
        }
    }

    /** A cookie that completes. r1: it is complete, r2: what was then seen of a section that it waited for. */
    @JCStressTest
    @Outcome(id = {"false, 0", "false, 1"}, expect = ACCEPTABLE, desc = "Not complete yet.")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Complete, and the section is over with all it did.")
    @Outcome(id = "true, 0", expect = FORBIDDEN,
        desc = "Complete, but what the section did is not there: RC17 -> RC18 is broken.")
    @State
    public static class CompleteMeansRead {
        private final Rcu rcu = small().build();
        private final long cookie = rcu.startPoll();
        private int data;

        /** Does something in a section, then ends a grace period. */
        @Actor
        public void driver() {
            final RcuSlot section = rcu.readLock();
            data = 1;
            section.unlock();
            synchronize(rcu);
        }

        /** Polls. */
        @Actor
        public void poller(final ZI_Result r) {
            r.r1 = rcu.poll(cookie);
            r.r2 = data;
        }
    }

    /** The last marker of a barrier. r1: the barrier is over, r2: what was seen of the callback before the marker. */
    @JCStressTest
    @Outcome(id = {"false, 0", "false, 1"}, expect = ACCEPTABLE, desc = "The marker was not reached yet.")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Over, and the callback's store is there.")
    @Outcome(id = "true, 0", expect = FORBIDDEN, desc = "Over, but the callback's store is missed: RC23 -> RC24 is broken.")
    @State
    public static class BarrierSeesCallbacks {
        private final BarrierWait wait = new BarrierWait();
        private int data;

        /** Begins with all buckets done but one. */
        public BarrierSeesCallbacks() {
            for (int i = 1; i < CallbackBuckets.BUCKETS; i++) {
                wait.new Marker().reclaim();
            }
        }

        /** A callback, then the marker. */
        @Actor
        public void runner() {
            data = 1;
            wait.new Marker().reclaim();
        }

        /** Looks as barrier does. */
        @Actor
        public void waiter(final ZI_Result r) {
            r.r1 = wait.isDone();
            r.r2 = data;
        }
    }

    /** A dead thread's slot is taken over. r1: it was claimed, r2: how deep inside the claimer finds itself. */
    @JCStressTest
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "The slot was still the dead one's.")
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "Claimed, and nobody is inside.")
    @Outcome(id = "true, 1", expect = FORBIDDEN,
        desc = "The claimer begins inside the dead one's section: RC11 -> RC12 is broken.")
    @State
    public static class DeadOwnerIsReset {
        private final SlotFields slot = new SlotFields(SlotFields.OWNED);

        /** Begins with a section of a thread that is dead. */
        public DeadOwnerIsReset() {
            slot.tryOwn(DEAD);
            slot.enterOwned(new EpochLine(1), false);
        }

        /** The scan. */
        @Actor
        public void scan() {
            slot.releaseIfDead();
        }

        /** Claims. */
        @Actor
        public void claimer(final ZI_Result r) {
            if (slot.tryOwn(Thread.currentThread())) {
                r.r1 = true;
                r.r2 = slot.nest();
            }
        }
    }

    /** Who pushes and then looks for a ticket, who shows a ticket and then looks for work. r1: ticket seen, r2: saw no work. */
    @JCStressTest
    @Outcome(id = {"1, false", "0, false"}, expect = ACCEPTABLE, desc = "The sleeper sees the work and stays awake.")
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "The pusher sees the ticket and wakes the sleeper.")
    @Outcome(id = "0, true", expect = FORBIDDEN, desc = "It sleeps on a full bucket: RC19 <-> RC20 is broken.")
    @State
    public static class PushOrTicket {
        private static final VarHandle TICKET = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "ticket", VarHandle.class, PushOrTicket.class, int.class);
        private final CallbackBuckets buckets = new CallbackBuckets();
        private final Once head = new Once();
        private int ticket;

        /** Pushes, then looks. */
        @Actor
        public void pusher(final IZ_Result r) {
            buckets.push(head, 0);
            r.r1 = (int) TICKET.getVolatile(this);
        }

        /** Shows, then looks. */
        @Actor
        public void sleeper(final IZ_Result r) {
            TICKET.setVolatile(this, 1);
            r.r2 = buckets.isEmpty();
        }
    }
}
