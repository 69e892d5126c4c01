// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.latchwork.async.MapElement;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLZ_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** Calls on the element of an array against the last release. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class ArrayStress {
    /** An array of one element. */
    public abstract static class OneElement extends KindsRig {
        final ArrayMapImpl<String> map = new ArrayMapImpl<>(context, "m", 1);
        final MapElement<Integer, String> element = map.lookup((Integer) 0);

        /** Whether nothing is left: no value, no timer that fires, no block. */
        final boolean isEmptied() {
            settle();
            Object left = ((ElementHandle<?, ?>) element).element().value();
            return left == null && fired == 0 && map.isDrained() && map.poolsAreFull();
        }
    }

    /** An update of an element with an armed timer against the last release. r1: answer of the update, r2: nothing is left. */
    @JCStressTest
    @Outcome(id = "OK, true", expect = ACCEPTABLE, desc = "The update was first; the release took its value out.")
    @Outcome(id = "EPERM, true", expect = ACCEPTABLE, desc = "The release was first.")
    @Outcome(expect = FORBIDDEN, desc = "A value or a timer was left in a dead array: AC62 <-> AC63 or AC17 <-> AC18 is broken.")
    @State
    public static class UpdateOrRelease extends OneElement {
        /** Begins with a timer that is due. */
        public UpdateOrRelease() {
            MapRig.check(arm(map, element.timer()));
        }

        /** Updates. */
        @Actor
        public void updater(LZ_Result r) {
            r.r1 = map.update(0, "new");
        }

        /** Drops the last reference. */
        @Actor
        public void releaser() {
            MapRig.check(map.release());
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = isEmptied();
        }
    }

    /** An update and a new timer against the last release. r1, r2: their answers; r3: nothing is left. */
    @JCStressTest
    @Outcome(id = "OK, OK, true", expect = ACCEPTABLE, desc = "Both were first; the release freed the timer.")
    @Outcome(id = {"OK, EPERM, true", "OK, ENOENT, true"}, expect = ACCEPTABLE, desc = "The release came in between.")
    @Outcome(id = "EPERM, EPERM, true", expect = ACCEPTABLE, desc = "The release was first.")
    @Outcome(expect = FORBIDDEN, desc = "A timer was left in a dead array: AC17 <-> AC18 or AC1 <-> AC2 is broken.")
    @State
    public static class ArmOrRelease extends OneElement {
        /** Updates and arms. */
        @Actor
        public void starter(LLZ_Result r) {
            r.r1 = map.update(0, "new");
            r.r2 = arm(map, element.timer());
        }

        /** Drops the last reference. */
        @Actor
        public void releaser() {
            MapRig.check(map.release());
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = isEmptied();
        }
    }
}
