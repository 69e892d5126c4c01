// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.broken;

import io.latchwork.async.internal.TaggedPoolStress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** The claim of {@link TaggedPoolStress} over a stack whose head has no tag. It was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class TaggedPoolTwins {

    /** The head is an index alone, so a head that was taken and put back looks as if it never moved. */
    @JCStressTest
    @JCStressMeta(TaggedPoolStress.OneOwner.class)
    @State
    public static class NoTag {
        private static final int OBJECTS = 4;
        private final AtomicInteger head = new AtomicInteger(1);
        private final AtomicIntegerArray next = new AtomicIntegerArray(new int[] {2, 3, 4, 0});
        private int owned;
        private int kept;

        private int pop() {
            for (;;) {
                int top = head.getAcquire();
                if (top == 0) {
                    return -1;
                }
                int below = next.getOpaque(top - 1);
                if (head.compareAndSet(top, below)) {
                    return top - 1;
                }
            }
        }

        private void push(int index) {
            for (;;) {
                int top = head.getOpaque();
                next.setOpaque(index, top);
                if (head.compareAndSet(top, index + 1)) {
                    return;
                }
            }
        }

        /** Takes one. */
        @Actor
        public void one() {
            owned = 1 << pop();
        }

        /** Takes two and puts the first back. */
        @Actor
        public void two() {
            int first = pop();
            int second = pop();
            push(first);
            kept = 1 << second;
        }

        /** Every object is accounted for once. */
        @Arbiter
        public void rest(Z_Result r) {
            boolean once = (owned & kept) == 0;
            int seen = owned | kept;
            for (int i = 0; i < OBJECTS; i++) {
                int left = pop();
                if (left >= 0) {
                    once &= (seen & 1 << left) == 0;
                    seen |= 1 << left;
                }
            }
            r.r1 = once && seen == (1 << OBJECTS) - 1;
        }
    }
}
