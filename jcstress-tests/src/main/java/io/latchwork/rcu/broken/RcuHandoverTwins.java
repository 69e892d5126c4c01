// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu.broken;

import io.latchwork.rcu.RcuHandoverStress;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The claims of {@link RcuHandoverStress} over small models with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RcuHandoverTwins {

    /** The driver is chosen by a look and a store. */
    @JCStressTest
    @JCStressMeta(RcuHandoverStress.DriverHandsOver.class)
    @State
    public static class DriverInTwoSteps {
        private final AtomicInteger driver = new AtomicInteger();
        private final AtomicInteger periods = new AtomicInteger();
        private int driven;
        private boolean inside;
        private boolean overlapped;

        private void drive() {
            while (driver.get() != 0) {
                Thread.onSpinWait();
            }
            driver.set(1);
            overlapped |= inside;
            inside = true;
            driven++;
            inside = false;
            periods.incrementAndGet();
            driver.setRelease(0);
        }

        /** Drives. */
        @Actor
        public void one() {
            drive();
        }

        /** As well. */
        @Actor
        public void two() {
            drive();
        }

        /** Counts. */
        @Arbiter
        public void rest(final IZ_Result r) {
            r.r1 = driven - periods.get();
            r.r2 = overlapped;
        }
    }

    /** The next runner begins before the list has been handed over. */
    @JCStressTest
    @JCStressMeta(RcuHandoverStress.RunnerHandsOver.class)
    @State
    public static class ListNotHandedOver {
        private final AtomicInteger runner = new AtomicInteger();
        private final AtomicInteger pushed = new AtomicInteger(1);
        private volatile int drained;
        private final AtomicInteger[] invoked = {new AtomicInteger(), new AtomicInteger()};

        private void pass() {
            while (!runner.compareAndSet(0, 1)) {
                Thread.onSpinWait();
            }
            final int list = drained | pushed.getAndSet(0);
            runner.set(0); // too early: what is drained is still ours
            drained = list;
            for (int i = 0; i < invoked.length; i++) {
                if ((drained & 1 << i) != 0) {
                    invoked[i].incrementAndGet();
                }
            }
            drained = 0;
        }

        /** Runs a pass. */
        @Actor
        public void one() {
            pass();
        }

        /** Queues another and runs a pass. */
        @Actor
        public void two() {
            pushed.getAndUpdate(list -> list | 2);
            pass();
        }

        /** Counts. */
        @Arbiter
        public void rest(final II_Result r) {
            pass();
            r.r1 = invoked[0].get();
            r.r2 = invoked[1].get();
        }
    }

    /** The runner lets go of the head before it reads its link. */
    @JCStressTest
    @JCStressMeta(RcuHandoverStress.HeadIsUsedAgain.class)
    @State
    public static class LinkReadLate {
        private final AtomicInteger queued = new AtomicInteger(1);
        private final AtomicInteger next = new AtomicInteger(1);

        /** Lets go, reads the link. */
        @Actor
        public void runner(final ZZ_Result r) {
            queued.setRelease(0);
            r.r1 = next.getOpaque() == 1;
        }

        /** Queues it again. */
        @Actor
        public void caller(final ZZ_Result r) {
            if (queued.compareAndSet(0, 1)) {
                next.setOpaque(2);
                r.r2 = true;
            }
        }
    }

    /** What is announced, and what it announces, the wrong way round. */
    public abstract static class Announcement {
        private final AtomicInteger said = new AtomicInteger();
        private volatile int data;

        final void sayFirst() {
            said.setRelease(1);
            data = 1;
        }

        final void look(final ZI_Result r) {
            r.r1 = said.getAcquire() == 1;
            r.r2 = data;
        }
    }

    /** The grace period is said to be complete before the section is over. */
    @JCStressTest
    @JCStressMeta(RcuHandoverStress.CompleteMeansRead.class)
    @State
    public static class CompletedEarly extends Announcement {
        /** Completes, then does what the section does. */
        @Actor
        public void driver() {
            sayFirst();
        }

        /** Polls. */
        @Actor
        public void poller(final ZI_Result r) {
            look(r);
        }
    }

    /** The marker counts itself before the callback that it stands behind. */
    @JCStressTest
    @JCStressMeta(RcuHandoverStress.BarrierSeesCallbacks.class)
    @State
    public static class ArrivedEarly extends Announcement {
        /** The marker, then a callback. */
        @Actor
        public void runner() {
            sayFirst();
        }

        /** Looks. */
        @Actor
        public void waiter(final ZI_Result r) {
            look(r);
        }
    }

    /** The dead one's slot is free before its word is reset. */
    @JCStressTest
    @JCStressMeta(RcuHandoverStress.DeadOwnerIsReset.class)
    @State
    public static class ResetLate {
        private final AtomicInteger owner = new AtomicInteger(1);
        private final AtomicInteger word = new AtomicInteger(1);

        /** The scan. */
        @Actor
        public void scan() {
            owner.setRelease(0);
            word.setOpaque(0);
        }

        /** Claims. */
        @Actor
        public void claimer(final ZI_Result r) {
            if (owner.compareAndSet(0, 2)) {
                r.r1 = true;
                r.r2 = word.getOpaque();
            }
        }
    }

    /** The ticket is shown by a release store, which the look for work may pass. */
    @JCStressTest
    @JCStressMeta(RcuHandoverStress.PushOrTicket.class)
    @State
    public static class TicketByRelease {
        private final AtomicInteger top = new AtomicInteger();
        private final AtomicInteger ticket = new AtomicInteger();

        /** Pushes, then looks. */
        @Actor
        public void pusher(final IZ_Result r) {
            top.set(1);
            r.r1 = ticket.get();
        }

        /** Shows, then looks. */
        @Actor
        public void sleeper(final IZ_Result r) {
            ticket.setRelease(1);
            r.r2 = top.get() == 0;
        }
    }
}
