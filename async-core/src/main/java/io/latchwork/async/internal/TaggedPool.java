// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A fixed set of objects and a free list of them: a stack of indices whose head carries a tag.
 *
 * <p>Lock-free, allocates nothing after construction, and may be called from any context, in the middle of another call
 * of its own included. The tag, 32 bits that change with every operation, keeps a head that was taken and put back
 * from being mistaken for one that never moved.
 *
 * <pre>
 * bits    head word
 * 63..32  tag: number of operations
 * 31..0   index of the top + 1; 0 when empty
 * </pre>
 *
 * @param <T> the type of the objects
 */
public final class TaggedPool<T> {
    /** What an object that belongs to no pool has as its index. */
    public static final int NOT_POOLED = -1;

    private static final VarHandle HEAD;
    private static final VarHandle NEXT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final long INDEX_MASK = 0xffff_ffffL;
    private static final long TAG_ONE = 1L << 32;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(TaggedPool.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object[] items;
    private final int[] next;
    private long head;

    /**
     * A full pool.
     *
     * @param capacity how many objects
     * @param factory makes the object of an index
     */
    public TaggedPool(int capacity, IntFunction<? extends T> factory) {
        items = new Object[capacity];
        next = new int[capacity];
        Arrays.setAll(items, factory::apply);
        Arrays.setAll(next, i -> i + 2 <= capacity ? i + 2 : 0);
        head = capacity == 0 ? 0 : 1;
    }

    /**
     * Takes an object out.
     *
     * @return the object that was put in last, or null if the pool is empty
     */
    @SuppressWarnings("unchecked")
    public T pop() {
        for (;;) {
            long seen = (long) HEAD.getAcquire(this); // AC4 <- AC3: sees the link and the object's last state
            int top = (int) (seen & INDEX_MASK);
            if (top == 0) {
                return null;
            }
            int below = (int) NEXT.getOpaque(next, top - 1); // relaxed: stale only if the tag moved, then the swap fails
            long swapped = (seen & ~INDEX_MASK) + TAG_ONE | below;
            if (HEAD.compareAndSet(this, seen, swapped)) { // AC4 <- AC3: as above; the tag excludes a head that came back
                return (T) items[top - 1];
            }
        }
    }

    /**
     * Puts an object back.
     *
     * @param index the index it was made with
     */
    public void push(int index) {
        for (;;) {
            long seen = (long) HEAD.getOpaque(this); // relaxed: only the compare-and-set below decides
            NEXT.setOpaque(next, index, (int) (seen & INDEX_MASK)); // relaxed: published by the swap below
            long swapped = (seen & ~INDEX_MASK) + TAG_ONE | index + 1;
            if (HEAD.compareAndSet(this, seen, swapped)) { // AC3 -> AC4: hands over the link and the object's state
                return;
            }
        }
    }

    /**
     * Counts the free objects. Right only while nobody else uses the pool.
     *
     * @return 0 to the capacity
     */
    public int available() {
        int n = 0;
        int top = (int) ((long) HEAD.getAcquire(this) & INDEX_MASK); // AC4 <- AC3: sees the links below
        while (top != 0 && n <= items.length) {
            n++;
            top = (int) NEXT.getOpaque(next, top - 1); // relaxed: quiescent by contract
        }
        return n;
    }

    /**
     * How many objects the pool was made with.
     *
     * @return not negative
     */
    public int capacity() {
        return items.length;
    }
}
