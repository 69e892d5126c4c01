// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map.broken;

import io.latchwork.async.Status;
import io.latchwork.async.internal.map.ArrayStress;
import io.latchwork.async.internal.map.BucketTableStress;
import io.latchwork.async.internal.map.LruStress;
import io.latchwork.async.internal.map.OuterMapStress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLZ_Result;
import org.openjdk.jcstress.infra.results.LZZ_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The claims about the kinds of maps over small models with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class KindsTwins {
    private static final Object HELD = new Object();

    /** The eviction empties the timer's slot and then kills the element: an init in between is not seen, nor sees. */
    @JCStressTest
    @JCStressMeta(LruStress.EvictOrArm.class)
    @State
    public static class CancelledBeforeKilled {
        private final AtomicInteger alive = new AtomicInteger(1);
        private final AtomicReference<Object> timer = new AtomicReference<>();

        /** Arms. */
        @Actor
        public void starter(LZZ_Result r) {
            timer.set(this);
            if (alive.get() == 0) {
                timer.set(null);
                r.r1 = Status.ENOENT;
            } else {
                r.r1 = Status.OK;
            }
        }

        /** Evicts. */
        @Actor
        public void inserter() {
            if (timer.get() != null) {
                timer.set(null);
            }
            alive.set(0);
        }

        /** What would fire. */
        @Arbiter
        public void rest(LZZ_Result r) {
            r.r2 = timer.get() == null;
            r.r3 = true;
        }
    }

    /** The evicted element's place is given back, and taken again by whoever is faster. */
    @JCStressTest
    @JCStressMeta(LruStress.EvictOrEvict.class)
    @State
    public static class PlaceGivenBack {
        private static final int MAX = 2;
        private final AtomicInteger live = new AtomicInteger(MAX);

        private Status insert() {
            if (live.get() == MAX) {
                live.decrementAndGet();
            }
            for (int seen = live.get(); seen < MAX; seen = live.get()) {
                if (live.compareAndSet(seen, seen + 1)) {
                    return Status.OK;
                }
            }
            return Status.E2BIG;
        }

        /** Evicts one. */
        @Actor
        public void first(LLZ_Result r) {
            r.r1 = insert();
        }

        /** Evicts another. */
        @Actor
        public void second(LLZ_Result r) {
            r.r2 = insert();
        }

        /** Counts. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = live.get() == MAX;
        }
    }

    /** A place of an outer map, or the value of an element, and the word that says whether something may be in it. */
    public abstract static class Place {
        final AtomicInteger alive = new AtomicInteger(1);
        final AtomicReference<Object> value = new AtomicReference<>();

        /** Puts something in without a second look. */
        final Status put() {
            if (alive.get() == 0) {
                return Status.EPERM;
            }
            value.set(HELD);
            return Status.OK;
        }

        /** The second look may pass the store. */
        final Status putByRelease() {
            value.setRelease(HELD);
            if (alive.get() == 0) {
                value.set(null);
                return Status.EPERM;
            }
            return Status.OK;
        }

        /** The end: the word is written, then the place is emptied, if the look says that there is something. */
        final void end() {
            alive.set(0);
            if (value.get() != null) {
                value.set(null);
            }
        }
    }

    /** The update stores its value and does not look at the life again. */
    @JCStressTest
    @JCStressMeta(ArrayStress.UpdateOrRelease.class)
    @State
    public static class ValueWithoutSecondLook extends Place {
        /** Updates. */
        @Actor
        public void updater(LZ_Result r) {
            r.r1 = put();
        }

        /** Drops the last reference. */
        @Actor
        public void releaser() {
            end();
        }

        /** What is left behind. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = value.get() == null;
        }
    }

    /** The timer's block is published by a release store, which the second look may pass. */
    @JCStressTest
    @JCStressMeta(ArrayStress.ArmOrRelease.class)
    @State
    public static class ArmedByRelease extends Place {
        /** Arms. */
        @Actor
        public void starter(LLZ_Result r) {
            r.r1 = Status.OK;
            r.r2 = putByRelease();
        }

        /** Drops the last reference. */
        @Actor
        public void releaser() {
            end();
        }

        /** What is left behind. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = value.get() == null;
        }
    }

    /** The inner map is opened by a look and an increment, which revives a map whose last reference went in between. */
    @JCStressTest
    @JCStressMeta(OuterMapStress.UpdateOrInnerRelease.class)
    @State
    public static class Revived {
        private final AtomicInteger users = new AtomicInteger(1);
        private boolean emptied;

        /** Puts the inner map in. */
        @Actor
        public void updater(LZ_Result r) {
            if (users.get() == 0) {
                r.r1 = Status.ENOENT;
            } else {
                users.incrementAndGet();
                r.r1 = Status.OK;
            }
        }

        /** Drops its last reference. */
        @Actor
        public void releaser() {
            emptied = users.decrementAndGet() == 0;
        }

        /** Looks. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = emptied == (r.r1 == Status.ENOENT);
        }
    }

    /** The map is put into the place of an array, and nobody looks whether the outer map is still there. */
    @JCStressTest
    @JCStressMeta(OuterMapStress.ArrayUpdateOrRelease.class)
    @State
    public static class HeldWithoutSecondLook extends Place {
        /** Puts the inner map in. */
        @Actor
        public void updater(LZ_Result r) {
            r.r1 = put();
        }

        /** Drops the outer map's last reference. */
        @Actor
        public void releaser() {
            end();
        }

        /** What is left behind. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = value.get() == null;
        }
    }

    /** The place is linked by a release store, which the look at the user references may pass. */
    @JCStressTest
    @JCStressMeta(OuterMapStress.HashInsertOrRelease.class)
    @State
    public static class LinkedByRelease extends Place {
        /** Puts the inner map in. */
        @Actor
        public void updater(LZ_Result r) {
            r.r1 = putByRelease();
        }

        /** Drops the outer map's last reference. */
        @Actor
        public void releaser() {
            end();
        }

        /** What is left behind. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = value.get() == null;
        }
    }

    /** The update exchanges the value of a place that was alive before, and trusts in that. */
    @JCStressTest
    @JCStressMeta(OuterMapStress.HashUpdateOrDelete.class)
    @State
    public static class ExchangedTooLate extends Place {
        /** Puts another map in. */
        @Actor
        public void updater(LLZ_Result r) {
            put();
            r.r1 = Status.OK;
        }

        /** Empties the place. */
        @Actor
        public void deleter(LLZ_Result r) {
            end();
            r.r2 = Status.OK;
        }

        /** What is left behind. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = value.get() == null;
        }
    }

    /** The place is read and then written: of two that were read there is one, and the map that was lost is never dropped. */
    @JCStressTest
    @JCStressMeta(OuterMapStress.UpdateOrUpdate.class)
    @State
    public static class ReadThenWritten {
        private final AtomicReference<AtomicInteger> place = new AtomicReference<>();
        private final AtomicInteger inner = new AtomicInteger(1);
        private final AtomicInteger other = new AtomicInteger(1);

        private void update(AtomicInteger map) {
            map.incrementAndGet();
            AtomicInteger old = place.get();
            place.set(map);
            if (old != null) {
                old.decrementAndGet();
            }
        }

        /** Puts one map in. */
        @Actor
        public void first() {
            update(inner);
        }

        /** Puts another in. */
        @Actor
        public void second() {
            update(other);
        }

        /** Counts. */
        @Arbiter
        public void rest(ZZ_Result r) {
            r.r1 = place.get() != null;
            place.get().decrementAndGet();
            r.r2 = inner.get() == 1 && other.get() == 1;
        }
    }

    /** A segment is put in by a store: the one who comes second replaces the first one's, and what is in it. */
    @JCStressTest
    @JCStressMeta(BucketTableStress.InsertOrInsert.class)
    @State
    public static class SegmentStored {
        private final AtomicReference<AtomicInteger> segment = new AtomicReference<>();

        private Status insert() {
            AtomicInteger found = segment.get();
            if (found == null) {
                found = new AtomicInteger();
                segment.set(found);
            }
            found.incrementAndGet();
            return Status.OK;
        }

        /** Inserts. */
        @Actor
        public void first(LLZ_Result r) {
            r.r1 = insert();
        }

        /** Inserts beside it. */
        @Actor
        public void second(LLZ_Result r) {
            r.r2 = insert();
        }

        /** Looks. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = segment.get().get() == 2;
        }
    }

    /** The segment is published by a release store, which the look at the user references may pass. */
    @JCStressTest
    @JCStressMeta(BucketTableStress.InsertOrRelease.class)
    @State
    public static class SegmentReleased extends Place {
        /** Inserts. */
        @Actor
        public void inserter(LZ_Result r) {
            r.r1 = putByRelease();
        }

        /** Drops the last reference. */
        @Actor
        public void releaser() {
            end();
        }

        /** What is left behind. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = value.get() == null;
        }
    }
}
