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
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LIZ_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** Calls on the timer of an element against the end of the element or of the map. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class MapStress {

    /** A delete against a start that is due at once. r1: answer of start, r2: callbacks after both, r3: all recycled. */
    @JCStressTest
    @Outcome(id = "OK, 0, true", expect = ACCEPTABLE, desc = "The start was first; nothing fired after the delete.")
    @Outcome(id = "ENOENT, 0, true", expect = ACCEPTABLE, desc = "The delete was first.")
    @Outcome(id = {"OK, 0, false", "ENOENT, 0, false"}, expect = FORBIDDEN,
        desc = "The block was not recycled: a reference leaked between AC5 -> AC6 and IW1 -> IW2 (I5).")
    @Outcome(expect = FORBIDDEN, desc = "A deleted timer fired, or a wrong answer: AC5 -> AC6 is broken (I3).")
    @State
    public static class DeleteOrStart extends MapRig {
        /** Begins with a timer that is bound and idle. */
        public DeleteOrStart() {
            check(init());
            check(bind());
        }

        /** Arms for now. */
        @Actor
        public void starter(LIZ_Result r) {
            r.r1 = timer.start(0, 0);
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            check(map.delete(KEY));
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LIZ_Result r) {
            r.r3 = settles();
            r.r2 = fired;
        }
    }

    /** A delete against the expiry. r1: answer of the delete, r2: callbacks, r3: none later, all recycled. */
    @JCStressTest
    @Outcome(id = "OK, 0, true", expect = ACCEPTABLE, desc = "The delete was first; nothing fired.")
    @Outcome(id = "OK, 1, true", expect = ACCEPTABLE, desc = "The expiry was first; nothing fired later.")
    @Outcome(expect = FORBIDDEN, desc = "A deleted timer fired later, or was not recycled: AC5 -> AC6 is broken (I3, I5).")
    @State
    public static class DeleteOrExpiry extends MapRig {
        private int firedBefore;

        /** Begins armed and due. */
        public DeleteOrExpiry() {
            check(init());
            check(bind());
            check(timer.start(0, 0));
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
            r.r1 = map.delete(KEY);
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LIZ_Result r) {
            r.r3 = settles() && fired == firedBefore;
            r.r2 = fired;
        }
    }

    /** An init against the release of the last user reference. r1: answer of init, r2: nothing is left behind. */
    @JCStressTest
    @Outcome(id = "OK, true", expect = ACCEPTABLE, desc = "The init was first; the release freed its block.")
    @Outcome(id = "EPERM, true", expect = ACCEPTABLE, desc = "The release was first.")
    @Outcome(expect = FORBIDDEN,
        desc = "A live timer was left in a dead map, or a wrong answer: AC17 <-> AC18 or AC1 <-> AC2 is broken.")
    @State
    public static class InitOrRelease extends MapRig {
        /** Initialises. */
        @Actor
        public void initialiser(LZ_Result r) {
            r.r1 = init();
        }

        /** Drops the last reference. */
        @Actor
        public void releaser() {
            check(map.release());
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = settles();
        }
    }

    /** An init against a delete. r1: answer of init, r2: nothing is left behind. */
    @JCStressTest
    @Outcome(id = "OK, true", expect = ACCEPTABLE, desc = "The init was first; the delete freed its block.")
    @Outcome(id = "ENOENT, true", expect = ACCEPTABLE, desc = "The delete was first.")
    @Outcome(expect = FORBIDDEN, desc = "A live timer was left in a dead element, or a wrong answer: AC17 <-> AC18 is broken.")
    @State
    public static class InitOrDelete extends MapRig {
        /** Initialises. */
        @Actor
        public void initialiser(LZ_Result r) {
            r.r1 = init();
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            check(map.delete(KEY));
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = settles();
        }
    }

    /** An init against an update. r1: answer of init, r2: the value that a timer fires with afterwards, if there is one. */
    @JCStressTest
    @Outcome(id = "OK, none", expect = ACCEPTABLE, desc = "The init was first; the update freed its block.")
    @Outcome(id = "OK, new", expect = ACCEPTABLE, desc = "The update was first.")
    @Outcome(id = "ENOMEM, none", expect = ACCEPTABLE, desc = "The init began anew while the update still held the only block.")
    @Outcome(expect = FORBIDDEN, desc = "A timer of the old value outlived it, or a wrong answer: AC17 <-> AC18 is broken (I3).")
    @State
    public static class InitOrUpdate extends MapRig {
        private String fired = "none";

        /** Initialises. */
        @Actor
        public void initialiser(LL_Result r) {
            r.r1 = init();
        }

        /** Replaces the value. */
        @Actor
        public void updater() {
            check(map.update(KEY, "new"));
        }

        /** Fires what there is. */
        @Arbiter
        public void rest(LL_Result r) {
            if (timer.setCallback(prog, (ofMap, key, value) -> fired = value) == Status.OK) {
                check(timer.start(0, 0));
                work();
            }
            r.r2 = fired;
        }
    }

    /** A setCallback against a delete. r1: its answer, r2: unloads of the program once its owner dropped it, r3: recycled. */
    @JCStressTest
    @Outcome(id = "OK, 1, 1", expect = ACCEPTABLE, desc = "The binding was first; its reference was dropped.")
    @Outcome(id = "ENOENT, 1, 1", expect = ACCEPTABLE, desc = "The delete was first; no reference is left.")
    @Outcome(id = {"OK, 0, 1", "ENOENT, 0, 1"}, expect = FORBIDDEN,
        desc = "The program is never unloaded: the cell was emptied before the grace period of RC19 <-> RC20 (I4).")
    @Outcome(expect = FORBIDDEN, desc = "Unloaded twice, not recycled or a wrong answer: AC5 -> AC6 is broken (I4, I5).")
    @State
    public static class BindOrDelete extends MapRig {
        /** Begins with a timer that has no callback. */
        public BindOrDelete() {
            check(init());
        }

        /** Binds. */
        @Actor
        public void binder(LII_Result r) {
            r.r1 = bind();
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            check(map.delete(KEY));
        }

        /** Drops the program and runs what is left. */
        @Arbiter
        public void rest(LII_Result r) {
            check(prog.release());
            r.r3 = settles() ? 1 : 0;
            r.r2 = unloads;
        }
    }
}
