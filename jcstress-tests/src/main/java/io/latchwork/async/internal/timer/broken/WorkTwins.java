// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer.broken;

import io.latchwork.async.Status;
import io.latchwork.async.internal.timer.WorkStress;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LI_Result;

/** The claims of {@link WorkStress} over a model of a work with one bug each. Each was seen failing on x86-64. */
public class WorkTwins {

    /** One work, its base and the kworkers' queue; the correct steps, each of which a twin may replace. */
    public abstract static class Model {
        final AtomicInteger pending = new AtomicInteger(1);
        final AtomicInteger owned = new AtomicInteger(1);
        final AtomicInteger queued = new AtomicInteger(1);
        final AtomicInteger told = new AtomicInteger();
        volatile boolean running;
        int runs;
        int data;
        int dataSeen;

        final Status start() {
            boolean was = pending.getAndSet(1) == 1;
            if (owned.get() == 0) {
                told.set(1);
            }
            return was ? Status.PENDING : Status.OK;
        }

        final Status cancelAsync() {
            return pending.getAndSet(0) == 1 ? Status.CANCELLED : running ? Status.RUNNING : Status.IDLE;
        }

        final void cycle() {
            if (told.getAndSet(0) == 1 && pending.get() == 1) {
                passOn();
            }
        }

        void passOn() {
            if (owned.compareAndSet(0, 1)) {
                queued.incrementAndGet();
            }
        }

        final void kworker() {
            if (queued.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                if (pending.get() == 1) {
                    runOnce();
                }
                letGo();
            }
        }

        void runOnce() {
            running = true;
            if (pending.compareAndSet(1, 0)) {
                called();
            }
            running = false;
        }

        void called() {
            runs++;
            dataSeen = data;
        }

        void letGo() {
            owned.set(0);
            if (pending.get() == 1) {
                passOn();
            }
        }

        final void settle() {
            for (int i = 0; i < 4; i++) {
                cycle();
                kworker();
            }
        }
    }

    /** The owner clears its mark by a release store, which the look at the state may pass: AC83 is too weak. */
    @JCStressTest
    @JCStressMeta(WorkStress.StartOrLettingGo.class)
    @State
    public static class LetGoByRelease extends Model {
        @Override
        void letGo() {
            owned.setRelease(0);
            if (pending.get() == 1) {
                passOn();
            }
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

    /** The owner looks at the state before it clears its mark. */
    @JCStressTest
    @JCStressMeta(WorkStress.StartOrLettingGo.class)
    @State
    public static class LookedBeforeLettingGo extends Model {
        @Override
        void letGo() {
            boolean again = pending.get() == 1;
            for (int i = 0; i < 20; i++) {
                Thread.onSpinWait();
            }
            owned.set(0);
            if (again) {
                passOn();
            }
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

    /** A start of a pending work swaps nothing, so its look at the state may come before what its caller stored. */
    @JCStressTest
    @JCStressMeta(WorkStress.StartPublishes.class)
    @State
    public static class JoinedByLooking extends Model {
        /** Runs it and lets go. */
        @Actor
        public void owner() {
            kworker();
        }

        /** Stores, then starts. */
        @Actor
        public void starter() {
            boolean joins = pending.get() == 1;
            data = 1;
            if (!joins) {
                start();
            }
        }

        /** Lets it run. */
        @Arbiter
        public void rest(II_Result r) {
            settle();
            r.r1 = dataSeen;
            r.r2 = runs;
        }
    }

    /** Who passes the item on marks it as owned without looking whether it was. */
    @JCStressTest
    @JCStressMeta(WorkStress.ClaimOrClaim.class)
    @State
    public static class ClaimedByStore extends Model {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();

        /** As there: with a run of the base that is still to come. */
        public ClaimedByStore() {
            told.set(1);
        }

        @Override
        void passOn() {
            owned.set(1);
            queued.incrementAndGet();
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

    /** The run is announced after it was taken: AC11 comes too late. */
    @JCStressTest
    @JCStressMeta(WorkStress.CancelOrRun.class)
    @State
    public static class AnnouncedLate extends Model {
        @Override
        void runOnce() {
            if (pending.compareAndSet(1, 0)) {
                running = true;
                called();
                running = false;
            }
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

    /** A flush that waits until nothing is pending, and takes that for the end of the run. */
    @JCStressTest
    @JCStressMeta(WorkStress.FlushOrRun.class)
    @State
    public static class FlushedWhenTaken extends Model {
        /** Runs it. */
        @Actor
        public void owner() {
            kworker();
        }

        /** Waits, then looks. */
        @Actor
        public void flusher(LI_Result r) {
            boolean waited = false;
            while (pending.get() == 1) {
                waited = true;
                Thread.onSpinWait();
            }
            r.r1 = waited ? Status.OK : Status.IDLE;
            r.r2 = runs;
        }
    }
}
