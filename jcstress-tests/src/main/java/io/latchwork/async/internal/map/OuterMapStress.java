// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.latchwork.async.Status;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLZ_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Places of outer maps against each other and against the ends of both maps. At the end every reference is accounted for. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class OuterMapStress {
    private static final Integer PLACE = 0;

    /** Outer maps of both kinds, and two inner maps with the reference of their handle. */
    public abstract static class Maps extends KindsRig {
        final ArrayOfMapsImpl<Integer, String> array = new ArrayOfMapsImpl<>(context, "array", 1);
        final HashOfMapsImpl<Integer, Integer, String> hash = new HashOfMapsImpl<>(context, "hash", 2);
        final HashMapImpl<Integer, String> inner = new HashMapImpl<>(context, "inner", 1, 0);
        final HashMapImpl<Integer, String> other = new HashMapImpl<>(context, "other", 1, 0);

        /** Whether nothing holds an inner map but its handle. */
        final boolean nothingIsHeld() {
            settle();
            return array.isDrained() && hash.isDrained() && hasOneUser(inner) && hasOneUser(other);
        }
    }

    /** An update against the last release of the inner map. r1: answer of the update, r2: it is held and alive, or neither. */
    @JCStressTest
    @Outcome(id = "OK, true", expect = ACCEPTABLE, desc = "The update was first; the place holds the map.")
    @Outcome(id = "ENOENT, true", expect = ACCEPTABLE, desc = "The release was first; the place is empty.")
    @Outcome(expect = FORBIDDEN, desc = "A dead map is in the place, or a live one is held by nobody: AC1 <-> AC2 is broken.")
    @State
    public static class UpdateOrInnerRelease extends Maps {
        /** Puts the inner map in. */
        @Actor
        public void updater(LZ_Result r) {
            r.r1 = array.update(PLACE, inner);
        }

        /** Drops its last reference. */
        @Actor
        public void releaser() {
            MapRig.check(inner.release());
        }

        /** Looks. */
        @Arbiter
        public void rest(LZ_Result r) {
            boolean held = array.lookup(PLACE) == inner;
            r.r2 = held == (r.r1 == Status.OK) && held == inner.hasUsers() && (!held || array.delete(PLACE) == Status.OK)
                && !inner.hasUsers();
        }
    }

    /** An update of an array against its last release. r1: answer of the update, r2: nothing is held. */
    @JCStressTest
    @Outcome(id = "OK, true", expect = ACCEPTABLE, desc = "The update was first; the release dropped the map.")
    @Outcome(id = "EPERM, true", expect = ACCEPTABLE, desc = "The release was first.")
    @Outcome(expect = FORBIDDEN, desc = "A dead outer map holds an inner one, or dropped it twice: AC1 <-> AC2 is broken.")
    @State
    public static class ArrayUpdateOrRelease extends Maps {
        /** Puts the inner map in. */
        @Actor
        public void updater(LZ_Result r) {
            r.r1 = array.update(PLACE, inner);
        }

        /** Drops the outer map's last reference. */
        @Actor
        public void releaser() {
            MapRig.check(array.release());
        }

        /** Counts. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = nothingIsHeld();
        }
    }

    /** An insertion into a hash map of maps against its last release. r1: answer of the update, r2: nothing is held. */
    @JCStressTest
    @Outcome(id = "OK, true", expect = ACCEPTABLE, desc = "The update was first; the release dropped the map.")
    @Outcome(id = "EPERM, true", expect = ACCEPTABLE, desc = "The release was first.")
    @Outcome(expect = FORBIDDEN, desc = "A dead outer map holds an inner one, or dropped it twice: AC1 <-> AC2 is broken.")
    @State
    public static class HashInsertOrRelease extends Maps {
        /** Puts the inner map in. */
        @Actor
        public void updater(LZ_Result r) {
            r.r1 = hash.update(PLACE, inner);
        }

        /** Drops the outer map's last reference. */
        @Actor
        public void releaser() {
            MapRig.check(hash.release());
        }

        /** Counts. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = nothingIsHeld();
        }
    }

    /** An update of a place against a delete of it. r1, r2: their answers; r3: what is left is held once, and only that. */
    @JCStressTest
    @Outcome(id = "OK, OK, true", expect = ACCEPTABLE, desc = "One was first; every map that came out was dropped.")
    @Outcome(expect = FORBIDDEN, desc = "A map was dropped twice, or is held by a place that is gone: AC62 <-> AC63 is broken.")
    @State
    public static class HashUpdateOrDelete extends Maps {
        /** Begins with a map in the place. */
        public HashUpdateOrDelete() {
            MapRig.check(hash.update(PLACE, other));
        }

        /** Puts another map in. */
        @Actor
        public void updater(LLZ_Result r) {
            r.r1 = hash.update(PLACE, inner);
        }

        /** Empties the place. */
        @Actor
        public void deleter(LLZ_Result r) {
            r.r2 = hash.delete(PLACE);
        }

        /** Counts. */
        @Arbiter
        public void rest(LLZ_Result r) {
            boolean there = hash.lookup(PLACE) == inner;
            r.r3 = (there ? hash.delete(PLACE) == Status.OK : hash.lookup(PLACE) == null) && nothingIsHeld();
        }
    }

    /** Two updates of a place. r1: one of the two maps is in it; r2: it is held once, and the other is not. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The later one is in, the earlier one was dropped.")
    @Outcome(expect = FORBIDDEN, desc = "A reference was lost or dropped twice: the exchange of AC64 -> AC65 is not one.")
    @State
    public static class UpdateOrUpdate extends Maps {
        /** Puts one map in. */
        @Actor
        public void first() {
            MapRig.check(array.update(PLACE, inner));
        }

        /** Puts another in. */
        @Actor
        public void second() {
            MapRig.check(array.update(PLACE, other));
        }

        /** Counts. */
        @Arbiter
        public void rest(ZZ_Result r) {
            r.r1 = array.lookup(PLACE) == inner || array.lookup(PLACE) == other;
            r.r2 = array.size() == 1 && array.delete(PLACE) == Status.OK && nothingIsHeld();
        }
    }
}
