// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** {@link TaggedPool} is a stack, and {@link Quota} a counter with a lid. */
public class TaggedPoolLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int CAPACITY = 3;
    private static final int THREADS = 8;

    @Test
    void thePoolIsAStackAndNobodyWaits() {
        LincheckSizes.lockFree(Pool.class, PoolSpec.class);
    }

    @Test
    void noObjectIsHandedOutTwice() {
        LincheckSizes.holds(() -> {
            final TaggedPool<Integer> pool = new TaggedPool<>(CAPACITY, i -> i);
            cameBack(pool::pop, pool::push);
            assertEquals(CAPACITY, pool.available());
        });
    }

    @Test
    void mutantWithoutTagIsCaught() {
        LincheckSizes.scenarioCaught(() -> {
            final Untagged pool = new Untagged();
            cameBack(pool::pop, pool::push);
        }, "handed out twice");
    }

    @Test
    void theQuotaIsACounterAndNobodyWaits() {
        LincheckSizes.lockFree(Counter.class, CounterSpec.class);
    }

    private interface Pop {
        Integer pop();
    }

    private interface Push {
        void push(int index);
    }

    /** One thread pops while the other takes two objects and puts the first one back, under the same head. */
    private static void cameBack(final Pop pop, final Push push) {
        final int[] popped = {-1, -1};
        LincheckSizes.parallel(
            () -> CELL.setVolatile(popped, 0, (int) pop.pop()),
            () -> {
                final int first = pop.pop();
                final Integer second = pop.pop();
                CELL.setVolatile(popped, 1, (int) second);
                push.push(first);
            });
        final int mine = (int) CELL.getVolatile(popped, 0);
        final int kept = (int) CELL.getVolatile(popped, 1);
        assertNotEquals(mine, kept, "handed out twice");
        final Integer left = pop.pop();
        assertNotEquals(mine, left.intValue(), "handed out twice");
        assertNotEquals(kept, left.intValue(), "handed out twice");
        push.push(left);
        push.push(kept);
        push.push(mine);
    }

    /** The same stack; the head has no tag. */
    private static final class Untagged {
        private final int[] cells = {1, 2, 3, 0}; // head, then the link of each index; all one more than an index

        Integer pop() {
            for (;;) {
                final int top = (int) CELL.getVolatile(cells, 0);
                if (top == 0) {
                    return null;
                }
                final int below = (int) CELL.getVolatile(cells, top);
                if (CELL.compareAndSet(cells, 0, top, below)) {
                    return top - 1;
                }
            }
        }

        void push(final int index) {
            for (;;) {
                final int top = (int) CELL.getVolatile(cells, 0);
                CELL.setVolatile(cells, index + 1, top);
                if (CELL.compareAndSet(cells, 0, top, index + 1)) {
                    return;
                }
            }
        }
    }

    /** The subject: every thread puts back what it took first. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Pool {
        private final TaggedPool<Integer> pool = new TaggedPool<>(CAPACITY, i -> i);
        private final Held held = new Held();

        @Operation
        public Integer pop(@Param(name = "thread") final int thread) {
            return held.took(thread, pool.pop());
        }

        @Operation
        public void push(@Param(name = "thread") final int thread) {
            final Integer index = held.of(thread);
            if (index != null) {
                pool.push(index);
            }
        }
    }

    /** What each thread has; touched by that thread alone. */
    private static final class Held {
        private final ArrayDeque<?>[] byThread = new ArrayDeque<?>[THREADS];

        Held() {
            for (int i = 0; i < THREADS; i++) {
                byThread[i] = new ArrayDeque<Integer>();
            }
        }

        @SuppressWarnings("unchecked")
        private ArrayDeque<Integer> list(final int thread) {
            return (ArrayDeque<Integer>) byThread[thread];
        }

        Integer took(final int thread, final Integer index) {
            if (index != null) {
                list(thread).addLast(index);
            }
            return index;
        }

        Integer of(final int thread) {
            return list(thread).pollFirst();
        }
    }

    /** The plain stack. */
    public static class PoolSpec {
        private final ArrayDeque<Integer> stack = new ArrayDeque<>();
        private final Held held = new Held();

        public PoolSpec() {
            for (int i = 0; i < CAPACITY; i++) {
                stack.addLast(i);
            }
        }

        public Integer pop(final int thread) {
            return held.took(thread, stack.pollFirst());
        }

        public void push(final int thread) {
            final Integer index = held.of(thread);
            if (index != null) {
                stack.addFirst(index);
            }
        }
    }

    /** The subject. Units are given back by whoever may, one at a time. */
    public static class Counter {
        private final Quota quota = new Quota(2);

        @Operation
        public boolean tryTake() {
            return quota.tryTake();
        }

        @Operation
        public long used() {
            return quota.used();
        }

        @Operation(nonParallelGroup = "giver")
        public boolean giveBack() {
            if (quota.used() == 0) {
                return false;
            }
            quota.giveBack();
            return true;
        }
    }

    /** The plain counter. */
    public static class CounterSpec {
        private long used;

        public boolean tryTake() {
            final boolean free = used < 2;
            used += free ? 1 : 0;
            return free;
        }

        public long used() {
            return used;
        }

        public boolean giveBack() {
            final boolean any = used > 0;
            used -= any ? 1 : 0;
            return any;
        }
    }
}
