// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer.broken;

import io.latchwork.async.internal.timer.PinnedStress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** The claims of {@link PinnedStress} over a model with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class PinnedTwins {
    private static final long IDLE = 0;
    private static final long DESTROY = -1;
    private static final long DESTROYED = -2;
    private static final long NONE = Long.MAX_VALUE;
    private static final int OLD = 0;
    private static final int NEW = 1;

    /** One block and two bases: the correct steps, each of which a twin may replace. Deadlines are above 0. */
    public abstract static class Model {
        final AtomicLong state = new AtomicLong(IDLE);
        final AtomicLong queued = new AtomicLong(NONE);
        final AtomicInteger base = new AtomicInteger(OLD);
        final AtomicInteger target = new AtomicInteger(OLD);
        final AtomicInteger pending = new AtomicInteger();
        final AtomicInteger refs = new AtomicInteger(1);
        private final AtomicInteger[] listed = {new AtomicInteger(), new AtomicInteger()};
        private final long[] heap = {NONE, NONE};
        final int[] fired = new int[2];
        int recycled;

        final void start(long deadline) {
            for (long seen = state.get(); seen >= IDLE; seen = state.get()) {
                if (state.compareAndSet(seen, deadline)) {
                    if (deadline < queued.get()) {
                        tell();
                    }
                    return;
                }
            }
        }

        void startOnNew(long deadline) {
            target.set(NEW);
            start(deadline);
            if (state.get() >= IDLE) {
                tell();
            }
        }

        final void tell() {
            refs.incrementAndGet();
            if (!queue()) {
                refs.decrementAndGet();
            }
        }

        final boolean queue() {
            int to = base.get();
            boolean claimed = pending.getAndSet(1) == 0;
            if (claimed) {
                listed[to].set(1);
            }
            return claimed;
        }

        final void destroy() {
            state.set(DESTROY);
            if (!queue()) {
                refs.decrementAndGet();
            }
        }

        /** One duty cycle: what was told, then what is due. */
        final void work(int self, long now) {
            if (listed[self].getAndSet(0) != 0) {
                pending.set(0);
                if (base.get() == self) {
                    look(self);
                } else {
                    passOn();
                }
                refs.decrementAndGet();
            }
            while (heap[self] <= now) {
                unqueue(self);
                surfaced(self, now);
            }
        }

        void passOn() {
            tell();
        }

        private void look(int self) {
            long seen = state.get();
            if (seen == DESTROY) {
                if (state.compareAndSet(DESTROY, DESTROYED) && heap[self] != NONE) {
                    unqueue(self);
                }
            } else if (seen > IDLE) {
                if (target.get() != self) {
                    if (heap[self] != NONE) {
                        unqueue(self);
                    }
                    move();
                } else if (seen < heap[self]) {
                    heap[self] = seen;
                    queued.set(seen);
                }
            }
        }

        private void unqueue(int self) {
            heap[self] = NONE;
            queued.set(NONE);
        }

        void move() {
            base.set(target.get());
            if (state.get() > IDLE) {
                tell();
            }
        }

        private void surfaced(int self, long now) {
            for (long seen = state.get(); seen > IDLE; seen = state.get()) {
                if (target.get() != self) {
                    move();
                    return;
                }
                if (seen > now) {
                    heap[self] = seen;
                    queued.set(seen);
                    return;
                }
                if (expire(self, seen)) {
                    return;
                }
            }
        }

        boolean expire(int self, long armed) {
            boolean taken = state.compareAndSet(armed, IDLE);
            if (taken) {
                fired[self]++;
            }
            return taken;
        }

        final void workUntil(long time) {
            for (int i = 0; i < 3; i++) {
                work(OLD, time);
                work(NEW, time);
            }
        }

        final void settle(long time) {
            workUntil(time);
            recycled = refs.get() == 0 ? 1 : refs.get() < 0 ? 2 : 0;
        }
    }

    /** The expiry stores IDLE in place of swapping: a pinned start that came in between is overwritten. */
    @JCStressTest
    @JCStressMeta(PinnedStress.StartOrExpiry.class)
    @State
    public static class ExpiredByStore extends Model {
        /** Begins armed and due. */
        public ExpiredByStore() {
            start(10);
            work(OLD, 0);
        }

        @Override
        boolean expire(int self, long armed) {
            state.set(IDLE);
            fired[self]++;
            return true;
        }

        /** Expires, or hands over. */
        @Actor
        public void owner() {
            work(OLD, 10);
        }

        /** Wants it later, and elsewhere. */
        @Actor
        public void starter() {
            startOnNew(20);
        }

        /** Lets it fire. */
        @Arbiter
        public void rest(II_Result r) {
            workUntil(20);
            r.r1 = fired[OLD];
            r.r2 = fired[NEW];
        }
    }

    /** The timer is armed first, and only then it is said where it is wanted. */
    @JCStressTest
    @JCStressMeta(PinnedStress.DueAtOnce.class)
    @State
    public static class SaidWhereAfterwards extends Model {
        /** Begins armed for later, with an entry that surfaces now. */
        public SaidWhereAfterwards() {
            start(10);
            work(OLD, 0);
            start(30);
        }

        @Override
        void startOnNew(long deadline) {
            start(deadline);
            target.set(NEW);
            tell();
        }

        /** Looks at the entry. */
        @Actor
        public void owner() {
            work(OLD, 10);
        }

        /** Wants it now, and elsewhere. */
        @Actor
        public void starter() {
            startOnNew(10);
        }

        /** Lets it fire. */
        @Arbiter
        public void rest(II_Result r) {
            workUntil(30);
            r.r1 = fired[OLD];
            r.r2 = fired[NEW];
        }
    }

    /** The start looks at the state, then stores: a destroy in between is overwritten. */
    @JCStressTest
    @JCStressMeta(PinnedStress.StartOrDestroy.class)
    @State
    public static class ArmedByStore extends Model {
        @Override
        void startOnNew(long deadline) {
            if (state.get() >= IDLE) {
                target.set(NEW);
                state.set(deadline);
                tell();
            }
        }

        /** Wants it now, and elsewhere. */
        @Actor
        public void starter() {
            startOnNew(1);
        }

        /** Ends the block. */
        @Actor
        public void destroyer() {
            destroy();
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(II_Result r) {
            settle(100);
            r.r1 = fired[OLD] + fired[NEW];
            r.r2 = recycled;
        }
    }

    /** A run that finds itself on the wrong base passes the block on, and takes no reference for the run to come. */
    @JCStressTest
    @JCStressMeta(PinnedStress.HandOverOrDestroy.class)
    @State
    public static class PassedOnWithoutAReference extends Model {
        private int before;

        /** Begins armed on the old base, due, and wanted on the new one. */
        public PassedOnWithoutAReference() {
            start(10);
            work(OLD, 0);
            startOnNew(5);
        }

        @Override
        void passOn() {
            queue();
        }

        /** Hands over, takes, and expires. */
        @Actor
        public void owners() {
            work(OLD, 10);
            work(NEW, 10);
            before = fired[OLD] + fired[NEW];
        }

        /** Ends the block. */
        @Actor
        public void destroyer() {
            destroy();
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(III_Result r) {
            settle(100);
            r.r1 = before;
            r.r2 = fired[OLD] + fired[NEW] - before;
            r.r3 = recycled;
        }
    }
}
