// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Pinned starts between two bases. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class PinnedStress {

    /** A pinned start against the expiry on the old base. r1: callbacks on the old base, r2: on the new one. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The start was first: the old expiry is forgotten.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The expiry was first: both fired, each where it should.")
    @Outcome(expect = FORBIDDEN,
        desc = "The start was lost, fired twice or on the old base: AC7 <-> AC8, AC32 -> AC33 or AC5 -> AC6 is broken (I2, I7).")
    @State
    public static class StartOrExpiry extends TwoBaseRig {
        /** Begins armed and due. */
        public StartOrExpiry() {
            start(10);
            work(oldBase);
            clock.set(10);
        }

        /** Expires, or hands over. */
        @Actor
        public void owner() {
            work(oldBase);
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
            r.r1 = firedOnOld;
            r.r2 = firedOnNew;
        }
    }

    /** A pinned start that is due at once, while the old base looks at an entry. r1: callbacks there, r2: on the new base. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It fired where it was pinned to.")
    @Outcome(id = "1, 0", expect = FORBIDDEN,
        desc = "It fired on the base that it was to leave: the target was stored behind the swap of AC7 -> AC8.")
    @Outcome(expect = FORBIDDEN, desc = "The start was lost or fired twice: AC7 <-> AC8 or AC32 -> AC33 is broken (I2, I7).")
    @State
    public static class DueAtOnce extends TwoBaseRig {
        /** Begins armed for later, with an entry that surfaces now. */
        public DueAtOnce() {
            start(10);
            work(oldBase);
            start(30);
            clock.set(10);
        }

        /** Looks at the entry. */
        @Actor
        public void owner() {
            work(oldBase);
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
            r.r1 = firedOnOld;
            r.r2 = firedOnNew;
        }
    }

    /** A pinned start against a destroy. r1: callbacks after both, r2: how often the block came back. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Nothing fired after the destroy; the block came back once.")
    @Outcome(id = {"0, 0", "0, 2"}, expect = FORBIDDEN,
        desc = "A reference leaked, or was dropped twice: IW1 -> IW2 or AC5 -> AC6 is not made use of (I5).")
    @Outcome(expect = FORBIDDEN, desc = "A destroyed timer fired: AC5 -> AC6 is broken (I3).")
    @State
    public static class StartOrDestroy extends TwoBaseRig {
        /** Wants it now, and elsewhere. */
        @Actor
        public void starter() {
            startOnNew(0);
        }

        /** Ends the block. */
        @Actor
        public void destroyer() {
            destroy();
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(II_Result r) {
            reclaim();
            r.r1 = firedOnOld + firedOnNew;
            r.r2 = recycled;
        }
    }

    /**
     * A destroy while the block is handed over and expires. r1: callbacks, r2: callbacks that began after the destroy had
     * returned and the owners had stopped, r3: how often the block came back.
     */
    @JCStressTest
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "The destroy was first.")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The expiry was first.")
    @Outcome(id = {"0, 0, 0", "1, 0, 0", "0, 0, 2", "1, 0, 2"}, expect = FORBIDDEN,
        desc = "A reference leaked, or was dropped twice, on the way of AC32 -> AC33 (I5).")
    @Outcome(expect = FORBIDDEN, desc = "Fired twice, or after the destroy: AC5 -> AC6 is broken (I2, I3).")
    @State
    public static class HandOverOrDestroy extends TwoBaseRig {
        private int before;

        /** Begins armed on the old base, due, and wanted on the new one. */
        public HandOverOrDestroy() {
            start(10);
            work(oldBase);
            startOnNew(5);
            clock.set(10);
        }

        /** Hands over, takes, and expires. */
        @Actor
        public void owners() {
            work(oldBase);
            work(newBase);
            before = firedOnOld + firedOnNew;
        }

        /** Ends the block. */
        @Actor
        public void destroyer() {
            destroy();
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(III_Result r) {
            reclaim();
            r.r1 = before;
            r.r2 = firedOnOld + firedOnNew - before;
            r.r3 = recycled;
        }
    }
}
