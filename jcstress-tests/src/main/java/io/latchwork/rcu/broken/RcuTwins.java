// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu.broken;

import io.latchwork.rcu.RcuStress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The claims of {@link RcuStress} over a model of one reader and one object, with one bug each. Each was seen failing on
 * x86-64.
 */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RcuTwins {

    /** One word for one reader, one object. Only {@link #enter()} differs between the twins. */
    public abstract static class Domain {
        final AtomicLong epoch = new AtomicLong(1);
        final AtomicLong word = new AtomicLong();
        final AtomicInteger poison = new AtomicInteger();
        private final AtomicReference<AtomicInteger> ref = new AtomicReference<>(poison);

        abstract void enter();

        final int poison() {
            int seen = 0;
            for (int i = 0; i < RcuStress.LOOKS; i++) {
                seen |= poison.getOpaque();
            }
            return seen;
        }

        int read() {
            enter();
            int seen = isLinked() ? poison() : 2;
            word.setRelease(0);
            return seen;
        }

        final boolean isLinked() {
            return ref.get() != null;
        }

        final void unlink() {
            ref.setOpaque(null);
        }

        final void awaitReader() {
            awaitReader(epoch.incrementAndGet());
        }

        final void awaitReader(long target) {
            for (long seen = word.get(); seen != 0 && seen < target; seen = word.get()) {
                Thread.onSpinWait();
            }
        }

        int unlinkAndReclaim() {
            unlink();
            awaitReader();
            poison.setOpaque(1);
            return 1;
        }
    }

    /** The section is published by a release store, which the reads of the section may pass: RC1 is too weak. */
    @JCStressTest
    @JCStressMeta(RcuStress.OwnedReader.class)
    @State
    public static class EnterByRelease extends Domain {
        @Override
        void enter() {
            word.setRelease(epoch.get());
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            r.r2 = unlinkAndReclaim();
        }
    }

    /** The section is left before its last look: RC3 comes too early. */
    @JCStressTest
    @JCStressMeta(RcuStress.OwnedReader.class)
    @State
    public static class LeftEarly extends Domain {
        @Override
        void enter() {
            word.set(epoch.get());
        }

        @Override
        int read() {
            enter();
            boolean linked = isLinked();
            word.setRelease(0);
            return linked ? poison() : 2;
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            r.r2 = unlinkAndReclaim();
        }
    }

    /**
     * The epoch moves before the unlink: a reader of the new epoch is not waited for, and finds the object. RC5 comes too
     * early.
     */
    @JCStressTest
    @JCStressMeta(RcuStress.OwnedReader.class)
    @State
    public static class EpochBeforeUnlink extends Domain {
        @Override
        void enter() {
            word.set(epoch.get());
        }

        @Override
        int unlinkAndReclaim() {
            long target = epoch.incrementAndGet();
            unlink();
            awaitReader(target);
            poison.setOpaque(1);
            return 1;
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            r.r2 = unlinkAndReclaim();
        }
    }

    /** The new readers are sent to a set that nobody drains any more, and then the object is unlinked: RC13 comes too early. */
    @JCStressTest
    @JCStressMeta(RcuStress.CountedReader.class)
    @State
    public static class FlippedBeforeUnlink extends Domain {
        private final AtomicInteger phase = new AtomicInteger();
        private final AtomicInteger[] inside = {new AtomicInteger(), new AtomicInteger()};

        @Override
        void enter() {
            throw new AssertionError();
        }

        @Override
        int read() {
            AtomicInteger set = inside[phase.get()];
            set.incrementAndGet();
            int seen = isLinked() ? poison() : 2;
            set.decrementAndGet();
            return seen;
        }

        private void drain(AtomicInteger set) {
            while (set.get() != 0) {
                Thread.onSpinWait();
            }
        }

        @Override
        int unlinkAndReclaim() {
            drain(inside[1]);
            phase.set(1);
            unlink();
            drain(inside[0]);
            poison.setOpaque(1);
            return 1;
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            r.r2 = unlinkAndReclaim();
        }
    }

    /** The slot is leased by a look and a store in place of one CAS. */
    @JCStressTest
    @JCStressMeta(RcuStress.LeasedReader.class)
    @State
    public static class LeaseInTwoSteps extends Domain {
        @Override
        void enter() {
            if (word.getOpaque() == 0) {
                word.setOpaque(epoch.get());
            }
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            r.r2 = unlinkAndReclaim();
        }
    }

    /** The entry is counted by a load and a store in place of one read-modify-write. */
    @JCStressTest
    @JCStressMeta(RcuStress.CountedReader.class)
    @State
    public static class CountInTwoSteps extends Domain {
        @Override
        void enter() {
            word.setOpaque(word.getOpaque() + 1);
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            r.r2 = unlinkAndReclaim();
        }
    }

    /** The pass waits for its grace period first and drains afterwards. */
    @JCStressTest
    @JCStressMeta(RcuStress.CallbackWaits.class)
    @State
    public static class DrainedLate extends Domain {
        private final AtomicInteger queued = new AtomicInteger();
        private final AtomicInteger invoked = new AtomicInteger();

        @Override
        void enter() {
            word.set(epoch.get());
        }

        private void reclaim() {
            awaitReader();
            if (queued.getAndSet(0) == 1) {
                invoked.incrementAndGet();
                poison.setOpaque(1);
            }
        }

        /** Queues the object inside a section that goes on using it. */
        @Actor
        public void updater(III_Result r) {
            enter();
            queued.set(1);
            r.r1 = poison();
            word.setRelease(0);
        }

        /** Runs a pass. */
        @Actor
        public void reclaimer() {
            reclaim();
        }

        /** Runs the rest. */
        @Arbiter
        public void rest(III_Result r) {
            reclaim();
            r.r2 = 1;
            r.r3 = invoked.get();
        }
    }
}
