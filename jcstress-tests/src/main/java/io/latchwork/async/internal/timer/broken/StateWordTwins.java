// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer.broken;

import io.latchwork.async.Status;
import io.latchwork.async.internal.timer.StateWordStress;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;

/** The claims of {@link StateWordStress} over a model of the state word with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class StateWordTwins {
    private static final long IDLE = 0;
    private static final long NONE = Long.MAX_VALUE;

    /** One block and its base: state is IDLE or a deadline; the correct steps, each of which a twin may replace. */
    public abstract static class Model {
        final AtomicLong state = new AtomicLong(IDLE);
        final AtomicLong queuedDeadline = new AtomicLong(NONE);
        final AtomicLong told = new AtomicLong();
        volatile boolean running;
        int fired;
        int data;
        int dataSeen;

        void unqueued() {
            queuedDeadline.set(NONE);
        }

        boolean expire(long armed) {
            running = true;
            boolean taken = state.compareAndSet(armed, IDLE);
            if (taken) {
                call();
            }
            running = false;
            return taken;
        }

        void call() {
            fired++;
            dataSeen = data;
        }

        final void start(long deadline) {
            long seen;
            do {
                seen = state.getOpaque();
            } while (!state.compareAndSet(seen, deadline));
            if (deadline < queuedDeadline.get()) {
                told.set(1);
            }
        }

        final Status cancelAsync() {
            for (long seen = state.get(); seen != IDLE; seen = state.get()) {
                if (state.compareAndSet(seen, IDLE)) {
                    return Status.CANCELLED;
                }
            }
            return running ? Status.RUNNING : Status.IDLE;
        }

        /** One duty cycle: what was told, then what is due. */
        final void work(long now) {
            if (told.getAndSet(0) != 0) {
                long seen = state.get();
                if (seen != IDLE && seen < queuedDeadline.getPlain()) {
                    queuedDeadline.setOpaque(seen);
                }
            }
            while (queuedDeadline.getPlain() <= now) {
                unqueued();
                for (long seen = state.get(); seen != IDLE; seen = state.get()) {
                    if (seen > now) {
                        queuedDeadline.setOpaque(seen);
                        break;
                    }
                    if (expire(seen)) {
                        break;
                    }
                }
            }
        }
    }

    /** The removal is declared by a release store, which the look at the state may pass: AC8 is too weak. */
    @JCStressTest
    @JCStressMeta(StateWordStress.StartOrRemoval.class)
    @State
    public static class RemovedByRelease extends Model {
        /** Begins idle, with an entry that is due. */
        public RemovedByRelease() {
            queuedDeadline.set(10);
        }

        @Override
        void unqueued() {
            queuedDeadline.setRelease(NONE);
        }

        /** Takes the stale entry out. */
        @Actor
        public void owner() {
            work(10);
        }

        /** Arms for later than the entry. */
        @Actor
        public void starter() {
            start(20);
        }

        /** Lets it fire. */
        @Arbiter
        public void rest(I_Result r) {
            work(20);
            r.r1 = fired;
        }
    }

    /** The expiry stores IDLE in place of swapping: a start that came in between is overwritten. */
    @JCStressTest
    @JCStressMeta(StateWordStress.StartOrExpiry.class)
    @State
    public static class ExpiredByStore extends Model {
        /** Begins armed and due. */
        public ExpiredByStore() {
            state.set(10);
            queuedDeadline.set(10);
        }

        @Override
        boolean expire(long armed) {
            running = true;
            state.set(IDLE);
            call();
            running = false;
            return true;
        }

        /** Expires. */
        @Actor
        public void owner(II_Result r) {
            work(10);
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
            work(20);
            r.r2 = fired;
        }
    }

    /** The running callback is announced after the expiry was taken: AC11 comes too late. */
    @JCStressTest
    @JCStressMeta(StateWordStress.CancelOrExpiry.class)
    @State
    public static class AnnouncedLate extends Model {
        /** Begins armed and due. */
        public AnnouncedLate() {
            state.set(10);
            queuedDeadline.set(10);
        }

        @Override
        boolean expire(long armed) {
            if (!state.compareAndSet(armed, IDLE)) {
                return false;
            }
            running = true;
            call();
            running = false;
            return true;
        }

        /** Expires. */
        @Actor
        public void owner() {
            work(10);
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
            work(20);
            r.r3 = fired;
        }
    }

    /** The callback runs on what was found armed, without taking it: a cancel in between is ignored. */
    @JCStressTest
    @JCStressMeta(StateWordStress.CancelOrExpiry.class)
    @State
    public static class FiredUntaken extends Model {
        /** Begins armed and due. */
        public FiredUntaken() {
            state.set(10);
            queuedDeadline.set(10);
        }

        @Override
        boolean expire(long armed) {
            running = true;
            call();
            state.compareAndSet(armed, IDLE);
            running = false;
            return true;
        }

        /** Expires. */
        @Actor
        public void owner() {
            work(10);
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
            work(20);
            r.r3 = fired;
        }
    }

    /** A block whose callback starts itself, once, if it may. STOPPED is a deadline that never comes. */
    public abstract static class SelfStarter extends Model {
        private static final long STOPPED = NONE - 1;
        Status own;

        /** Begins armed and due. */
        SelfStarter() {
            state.set(10);
            queuedDeadline.set(10);
        }

        abstract boolean refusesItself(long seen);

        @Override
        void call() {
            super.call();
            for (long seen = state.get(); own == null; seen = state.get()) {
                if (refusesItself(seen)) {
                    own = Status.ECANCELED;
                } else if (state.compareAndSet(seen, 20)) {
                    own = Status.OK;
                    queuedDeadline.setOpaque(20);
                }
            }
        }

        final Status cancel() {
            for (;;) {
                long seen = state.get();
                if (state.compareAndSet(seen, STOPPED)) {
                    return seen != IDLE ? Status.CANCELLED : running ? Status.RUNNING : Status.IDLE;
                }
            }
        }

        final void rest(LLI_Result r) {
            r.r2 = own;
            work(20);
            r.r3 = fired;
        }
    }

    /** The callback starts itself whatever was said to it. */
    @JCStressTest
    @JCStressMeta(StateWordStress.CancelOrSelfStart.class)
    @State
    public static class StopIgnored extends SelfStarter {
        @Override
        boolean refusesItself(long seen) {
            return false;
        }

        /** Expires. */
        @Actor
        public void owner() {
            work(10);
        }

        /** Cancels. */
        @Actor
        public void canceller(LLI_Result r) {
            r.r1 = cancel();
        }

        /** Lets it fire. */
        @Arbiter
        public void end(LLI_Result r) {
            rest(r);
        }
    }

    /** The base loads what the callback needs before it takes the expiry, as a missing acquire would allow. */
    @JCStressTest
    @JCStressMeta(StateWordStress.StartPublishes.class)
    @State
    public static class LoadedEarly extends Model {
        /** Begins armed for later, with a run that is still to come. */
        public LoadedEarly() {
            state.set(50);
            told.set(1);
        }

        /** Works. */
        @Actor
        public void owner() {
            int early = data;
            int before = fired;
            work(10);
            if (fired != before) {
                dataSeen = early;
            }
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
            work(60);
            r.r1 = fired;
            r.r2 = dataSeen;
        }
    }
}
