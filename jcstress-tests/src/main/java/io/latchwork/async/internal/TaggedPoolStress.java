// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** An object of a {@link TaggedPool} has one owner at a time. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class TaggedPoolStress {

    /**
     * One takes an object while the other takes two and puts the upper one back: the head comes back, what is under it does
     * not.
     */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "Every object has one owner or is in the pool once.")
    @Outcome(id = "false", expect = FORBIDDEN,
        desc = "An object has two owners or is lost: the tag of AC3 -> AC4 does not tell a head that came back.")
    @State
    public static class OneOwner {
        private static final int OBJECTS = 4;
        private final TaggedPool<Integer> pool = new TaggedPool<>(OBJECTS, i -> i);
        private int owned;
        private int kept;

        /** Takes one. */
        @Actor
        public void one() {
            owned = 1 << pool.pop();
        }

        /** Takes two and puts the first back. */
        @Actor
        public void two() {
            int first = pool.pop();
            int second = pool.pop();
            pool.push(first);
            kept = 1 << second;
        }

        /** Every object is accounted for once. */
        @Arbiter
        public void rest(Z_Result r) {
            boolean once = (owned & kept) == 0;
            int seen = owned | kept;
            for (int i = 0; i < OBJECTS; i++) {
                Integer left = pool.pop();
                if (left != null) {
                    once &= (seen & 1 << left) == 0;
                    seen |= 1 << left;
                }
            }
            r.r1 = once && seen == (1 << OBJECTS) - 1;
        }
    }
}
