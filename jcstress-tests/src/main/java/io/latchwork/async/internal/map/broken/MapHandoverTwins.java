// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map.broken;

import io.latchwork.async.Status;
import io.latchwork.async.internal.map.MapHandoverStress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LLZ_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** The claims of {@link MapHandoverStress} over small models with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class MapHandoverTwins {

    /** A node of a chain. */
    static final class Node {
        volatile int content;
        volatile Node next;

        Node(int content, Node next) {
            this.content = content;
            this.next = next;
        }
    }

    /** The value is published and then filled. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.ValueIsComplete.class)
    @State
    public static class FilledAfterwards {
        private final AtomicReference<Node> value = new AtomicReference<>(new Node(1, null));

        /** Updates. */
        @Actor
        public void updater() {
            Node fresh = new Node(0, null);
            value.setRelease(fresh);
            fresh.content = 2;
        }

        /** Reads. */
        @Actor
        public void reader(I_Result r) {
            r.r1 = value.getAcquire().content;
        }
    }

    /** A chain of three. */
    public abstract static class Chain {
        final AtomicReference<Node> head = new AtomicReference<>(new Node(1, new Node(2, null)));

        final void look(ZI_Result r) {
            int found = 0;
            for (Node at = head.get(); at != null; at = at.next) {
                found |= 1 << at.content;
            }
            r.r1 = (found & 6) == 6;
            r.r2 = (found & 8) == 0 ? 0 : 3;
        }
    }

    /** The element is linked in before its own link is set. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.InsertOrFind.class)
    @State
    public static class LinkedAfterwards extends Chain {
        /** Inserts. */
        @Actor
        public void inserter() {
            Node fresh = new Node(3, null);
            fresh.next = head.getAndSet(fresh);
        }

        /** Looks for all. */
        @Actor
        public void reader(ZI_Result r) {
            look(r);
        }
    }

    /** The element is cut off before the rest of the chain is led around it. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.DeleteOrFind.class)
    @State
    public static class CutOffFirst extends Chain {
        private final Node gone = new Node(3, head.get());

        /** Begins with the element in front. */
        public CutOffFirst() {
            head.set(gone);
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            Node rest = gone.next;
            gone.next = null;
            head.set(rest);
        }

        /** Looks for all. */
        @Actor
        public void reader(ZI_Result r) {
            look(r);
        }
    }

    /** A block that is attached before its state says that it is new. */
    public abstract static class Block {
        private static final int OTHER_LIFE = 0;
        private static final int UNBOUND = 1;
        private final AtomicInteger slot = new AtomicInteger();
        private final AtomicInteger state = new AtomicInteger(OTHER_LIFE);

        final void attachThenBegin() {
            slot.setRelease(1);
            state.setRelease(UNBOUND);
        }

        final void call(LLI_Result r) {
            Status bound = slot.getAcquire() == 0 ? Status.EINVAL : state.getAcquire() == UNBOUND ? Status.OK : Status.ENOENT;
            r.r1 = bound;
            r.r2 = bound;
            r.r3 = bound == Status.OK ? 1 : 0;
        }
    }

    /** The timer's block is attached and then begun. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.InitOrBind.class)
    @State
    public static class BegunAfterwards extends Block {
        /** Initialises. */
        @Actor
        public void initialiser() {
            attachThenBegin();
        }

        /** Binds and arms. */
        @Actor
        public void caller(LLI_Result r) {
            call(r);
        }
    }

    /** The work's block is attached and then begun. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.InitOrBindWork.class)
    @State
    public static class WorkBegunAfterwards extends Block {
        /** Initialises. */
        @Actor
        public void initialiser() {
            attachThenBegin();
        }

        /** Binds and starts. */
        @Actor
        public void caller(LLI_Result r) {
            call(r);
        }
    }

    /** The block is attached by a look and a store. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.InitOrInit.class)
    @State
    public static class AttachedInTwoSteps {
        private final AtomicInteger slot = new AtomicInteger();

        private Status init(int block) {
            if (slot.get() != 0) {
                return Status.EBUSY;
            }
            slot.set(block);
            return Status.OK;
        }

        /** Initialises. */
        @Actor
        public void one(LLZ_Result r) {
            r.r1 = init(1);
        }

        /** As well. */
        @Actor
        public void two(LLZ_Result r) {
            r.r2 = init(2);
        }

        /** Says nothing. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = true;
        }
    }

    /** The pool is put in by a store: the second one replaces the first, and what was taken from it goes to the wrong one. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.PoolOrPool.class)
    @State
    public static class PoolStored {
        private final AtomicReference<AtomicInteger> pool = new AtomicReference<>();

        private Status init() {
            AtomicInteger made = pool.get();
            if (made == null) {
                made = new AtomicInteger();
                pool.set(made);
            }
            made.incrementAndGet();
            return Status.OK;
        }

        /** Initialises one. */
        @Actor
        public void one(LLZ_Result r) {
            r.r1 = init();
        }

        /** Initialises another. */
        @Actor
        public void two(LLZ_Result r) {
            r.r2 = init();
        }

        /** Counts. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = pool.get().get() == 2;
        }
    }

    /** Whose place it is, is asked of the holder alone, which may be behind the place's word. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.BoundOrForgotten.class)
    @State
    public static class HolderNotCompared {
        private static final int DEAD = 9;
        private final AtomicInteger place = new AtomicInteger(DEAD);
        private final AtomicInteger holder = new AtomicInteger(DEAD);

        private boolean bind(int id) {
            for (;;) {
                int seen = place.get();
                if (seen == 0) {
                    if (place.compareAndSet(0, id)) {
                        holder.setRelease(id);
                        return true;
                    }
                } else if (holder.getAcquire() != DEAD || !place.compareAndSet(seen, 0)) {
                    return false;
                }
            }
        }

        /** Binds itself. */
        @Actor
        public void one(ZZI_Result r) {
            r.r1 = bind(1);
        }

        /** Binds itself. */
        @Actor
        public void two(ZZI_Result r) {
            r.r2 = bind(2);
        }

        /** Looks for both. */
        @Arbiter
        public void rest(ZZI_Result r) {
            r.r3 = (r.r1 && place.get() != 1 ? 1 : 0) + (r.r2 && place.get() != 2 ? 1 : 0);
        }
    }

    /** The timer shows its block before that is bound. */
    @JCStressTest
    @JCStressMeta(MapHandoverStress.HandedOverByARace.class)
    @State
    public static class ShownBeforeItIsBound {
        private final AtomicInteger timer = new AtomicInteger();
        private final AtomicInteger bound = new AtomicInteger();

        /** Makes it. */
        @Actor
        public void maker() {
            timer.setRelease(1);
            bound.setRelease(1);
        }

        /** Finds it. */
        @Actor
        public void caller(L_Result r) {
            r.r1 = timer.getAcquire() == 0 ? null : bound.getAcquire() == 1 ? Status.OK : Status.EINVAL;
        }
    }
}
