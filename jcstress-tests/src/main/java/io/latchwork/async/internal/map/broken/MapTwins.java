// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map.broken;

import io.latchwork.async.Status;
import io.latchwork.async.internal.map.MapStress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LIZ_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** The claims of {@link MapStress} over a model of one block or slot with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class MapTwins {
    private static final int IDLE = 0;
    private static final int ARMED = 1;
    private static final int DESTROY = 2;
    private static final int DESTROYED = 3;

    /** One block: its state, its references, and whether a run is pending. The timers are due at once. */
    public abstract static class Block {
        final AtomicInteger state = new AtomicInteger(IDLE);
        final AtomicInteger refs = new AtomicInteger(1);
        final AtomicInteger pending = new AtomicInteger();
        int fired;

        Status start() {
            for (int seen = state.get(); seen < DESTROY; seen = state.get()) {
                if (state.compareAndSet(seen, ARMED)) {
                    tell();
                    return Status.OK;
                }
            }
            return Status.ENOENT;
        }

        final void tell() {
            refs.incrementAndGet();
            if (pending.getAndSet(1) != 0) {
                refs.decrementAndGet();
            }
        }

        void destroy() {
            state.set(DESTROY);
            if (pending.getAndSet(1) != 0) {
                refs.decrementAndGet();
            }
        }

        boolean expire() {
            return state.compareAndSet(ARMED, IDLE);
        }

        final void work() {
            if (pending.getAndSet(0) != 0) {
                state.compareAndSet(DESTROY, DESTROYED);
                if (state.get() == ARMED && expire()) {
                    fired++;
                }
                refs.decrementAndGet();
            }
        }

        final boolean settles() {
            work();
            return refs.get() == 0 && state.get() == DESTROYED;
        }
    }

    /** A destroy that finds a run pending keeps the map's reference, which then belongs to nobody. */
    @JCStressTest
    @JCStressMeta(MapStress.DeleteOrStart.class)
    @State
    public static class ReferenceKept extends Block {
        @Override
        void destroy() {
            state.set(DESTROY);
            pending.set(1);
        }

        /** Arms for now. */
        @Actor
        public void starter(LIZ_Result r) {
            r.r1 = start();
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            destroy();
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LIZ_Result r) {
            r.r3 = settles();
            r.r2 = fired;
        }
    }

    /** The start looks at the state, then stores: a destroy in between is overwritten. */
    @JCStressTest
    @JCStressMeta(MapStress.DeleteOrStart.class)
    @State
    public static class ArmedByStore extends Block {
        @Override
        Status start() {
            if (state.get() >= DESTROY) {
                return Status.ENOENT;
            }
            state.set(ARMED);
            tell();
            return Status.OK;
        }

        /** Arms for now. */
        @Actor
        public void starter(LIZ_Result r) {
            r.r1 = start();
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            destroy();
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LIZ_Result r) {
            r.r3 = settles();
            r.r2 = fired;
        }
    }

    /** The expiry stores IDLE in place of swapping: a destroy in between is overwritten and the block lives on. */
    @JCStressTest
    @JCStressMeta(MapStress.DeleteOrExpiry.class)
    @State
    public static class ExpiredByStore extends Block {
        private int firedBefore;

        /** Begins armed and due. */
        public ExpiredByStore() {
            start();
        }

        @Override
        boolean expire() {
            state.set(IDLE);
            return true;
        }

        /** Expires. */
        @Actor
        public void owner() {
            work();
            firedBefore = fired;
        }

        /** Deletes. */
        @Actor
        public void deleter(LIZ_Result r) {
            destroy();
            r.r1 = Status.OK;
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LIZ_Result r) {
            r.r3 = settles() && fired == firedBefore;
            r.r2 = fired;
        }
    }

    /** One slot for a block, and the word (users or life) that says whether a block may be there. */
    public abstract static class Slot {
        final AtomicInteger alive = new AtomicInteger(1);
        final AtomicReference<Object> timer = new AtomicReference<>();

        /** The end: the word is written, then the slot is emptied, if the look says that there is something. */
        final void end() {
            alive.set(0);
            if (timer.get() != null) {
                timer.getAndSet(null);
            }
        }
    }

    /** The block is published by a release store, which the second look at the users may pass: AC17 is too weak. */
    @JCStressTest
    @JCStressMeta(MapStress.InitOrRelease.class)
    @State
    public static class AttachedByRelease extends Slot {
        /** Initialises. */
        @Actor
        public void initialiser(LZ_Result r) {
            timer.setRelease(this);
            if (alive.get() == 0) {
                timer.compareAndSet(this, null);
                r.r1 = Status.EPERM;
            } else {
                r.r1 = Status.OK;
            }
        }

        /** Drops the last reference. */
        @Actor
        public void releaser() {
            end();
        }

        /** What is left behind. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = timer.get() == null;
        }
    }

    /** The init looks at the element's life before it publishes, and not again. */
    @JCStressTest
    @JCStressMeta(MapStress.InitOrDelete.class)
    @State
    public static class NoSecondLook extends Slot {
        /** Initialises. */
        @Actor
        public void initialiser(LZ_Result r) {
            if (alive.get() == 0) {
                r.r1 = Status.ENOENT;
            } else {
                timer.compareAndSet(null, this);
                r.r1 = Status.OK;
            }
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            end();
        }

        /** What is left behind. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = timer.get() == null;
        }
    }

    /** The init looks again at the life, which says that an update was decided, and not at the value, which it stores later. */
    @JCStressTest
    @JCStressMeta(MapStress.InitOrUpdate.class)
    @State
    public static class NoLookAtTheValue {
        private final AtomicInteger life = new AtomicInteger();
        private final AtomicReference<String> value = new AtomicReference<>("value");
        private final AtomicReference<String> timer = new AtomicReference<>();

        /** Initialises. */
        @Actor
        public void initialiser(LL_Result r) {
            boolean done = false;
            while (!done) {
                int seen = life.get();
                String taken = value.get();
                Thread.onSpinWait(); // it fills a block
                timer.set(taken);
                done = life.get() == seen;
            }
            r.r1 = Status.OK;
        }

        /** Replaces the value. */
        @Actor
        public void updater() {
            life.incrementAndGet();
            value.set("new");
            if (timer.get() != null) {
                timer.set(null);
            }
        }

        /** What is left. */
        @Arbiter
        public void rest(LL_Result r) {
            String left = timer.get();
            r.r2 = left == null ? "none" : left;
        }
    }

    /** The binding is emptied by the destroy itself and not after a grace period, so a late exchange stays there. */
    @JCStressTest
    @JCStressMeta(MapStress.BindOrDelete.class)
    @State
    public static class EmptiedAtOnce {
        private final AtomicInteger state = new AtomicInteger(IDLE);
        private final AtomicInteger programRefs = new AtomicInteger(1);
        private final AtomicInteger binding = new AtomicInteger();

        /** Binds. */
        @Actor
        public void binder(LII_Result r) {
            if (state.get() == DESTROY) {
                r.r1 = Status.ENOENT;
                return;
            }
            programRefs.incrementAndGet();
            programRefs.addAndGet(-binding.getAndSet(1));
            r.r1 = state.get() == DESTROY ? Status.ENOENT : Status.OK;
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            state.set(DESTROY);
            programRefs.addAndGet(-binding.getAndSet(0));
        }

        /** Drops the program. */
        @Arbiter
        public void rest(LII_Result r) {
            r.r2 = programRefs.decrementAndGet() == 0 ? 1 : 0;
            r.r3 = 1;
        }
    }
}
