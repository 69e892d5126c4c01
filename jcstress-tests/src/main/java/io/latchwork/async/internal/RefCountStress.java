// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** What holders of references of a {@link RefCount} may see of each other. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RefCountStress {

    /** The last put against a get. r1: put was the last, r2: get succeeded, r3: references left. */
    @JCStressTest
    @Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "The put was first, and zero is final.")
    @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "The get was first, so the put was not the last.")
    @Outcome(expect = FORBIDDEN, desc = "A dead object was revived: the compare-and-set of AC1 does not decide.")
    @State
    public static class ZeroIsFinal {
        private final RefCount refs = new RefCount(1);

        /** Puts. */
        @Actor
        public void putter(ZZI_Result r) {
            r.r1 = refs.put();
        }

        /** Gets. */
        @Actor
        public void getter(ZZI_Result r) {
            r.r2 = refs.tryGet();
        }

        /** Counts. */
        @Arbiter
        public void rest(ZZI_Result r) {
            r.r3 = refs.get();
        }
    }

    /** Two puts of two references. -1: not the last one; else what the last one saw of the other's store. */
    @JCStressTest
    @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "The second put was the last and saw the other's store.")
    @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "The first put was the last and saw the other's store.")
    @Outcome(expect = FORBIDDEN, desc = "No put or two were the last, or the last missed a store: AC1 is broken.")
    @State
    public static class LastPutSeesAll {
        private final RefCount refs = new RefCount(2);
        private int one;
        private int two;

        /** Stores, puts, and looks if it was the last. */
        @Actor
        public void one(II_Result r) {
            one = 1;
            r.r1 = refs.put() ? two : -1;
        }

        /** Stores, puts, and looks if it was the last. */
        @Actor
        public void two(II_Result r) {
            two = 1;
            r.r2 = refs.put() ? one : -1;
        }
    }

    /** Who publishes and then asks whether there are users, against the last user who leaves and then looks. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The publisher saw that the last user had left.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The last user saw what was published.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Both saw each other.")
    @Outcome(id = "0, 1", expect = FORBIDDEN, desc = "Both missed each other: AC1 <-> AC2 is broken.")
    @State
    public static class LeaverOrPublisher {
        private final RefCount users = new RefCount(1);
        private volatile int published;

        /** Leaves, then looks. */
        @Actor
        public void leaver(II_Result r) {
            users.tryPut();
            r.r1 = published;
        }

        /** Publishes, then asks. */
        @Actor
        public void publisher(II_Result r) {
            published = 1;
            r.r2 = users.get();
        }
    }
}
