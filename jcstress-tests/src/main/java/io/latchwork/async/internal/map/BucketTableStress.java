// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLZ_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** A table of chains that grows. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class BucketTableStress {
    private static final int ENTRIES = 2;

    /** Two insertions into a segment that is not there yet. r1, r2: their answers; r3: both elements are found. */
    @JCStressTest
    @Outcome(id = "OK, OK, true", expect = ACCEPTABLE, desc = "One made the segment, and both are in it.")
    @Outcome(expect = FORBIDDEN, desc = "An element went into a segment, or a chain, that lost: AC60 -> AC61 is broken.")
    @State
    public static class InsertOrInsert extends KindsRig {
        private final HashMapImpl<Integer, String> map = HashMapImpl.growing(context, "m", ENTRIES);

        /** Inserts. */
        @Actor
        public void first(LLZ_Result r) {
            r.r1 = map.update(1, "value");
        }

        /** Inserts into the same chain, or the one beside it. */
        @Actor
        public void second(LLZ_Result r) {
            r.r2 = map.update(2, "value");
        }

        /** Looks. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = map.find(1) != null && map.find(2) != null && map.segmentsMade() == 1 && closes(map);
        }
    }

    /** An insertion that makes its segment against the last release. r1: its answer, r2: nothing is left. */
    @JCStressTest
    @Outcome(id = "OK, true", expect = ACCEPTABLE, desc = "The insertion was first; the release deleted the element.")
    @Outcome(id = "EPERM, true", expect = ACCEPTABLE, desc = "The release was first.")
    @Outcome(expect = FORBIDDEN, desc = "An element was left in a dead map: AC1 <-> AC2 is broken.")
    @State
    public static class InsertOrRelease extends KindsRig {
        private final HashMapImpl<Integer, String> map = HashMapImpl.growing(context, "m", ENTRIES);

        /** Inserts. */
        @Actor
        public void inserter(LZ_Result r) {
            r.r1 = map.update(1, "value");
        }

        /** Drops the last reference. */
        @Actor
        public void releaser() {
            MapRig.check(map.release());
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LZ_Result r) {
            settle();
            r.r2 = map.find(1) == null && map.isDrained() && map.poolsAreFull();
        }
    }
}
