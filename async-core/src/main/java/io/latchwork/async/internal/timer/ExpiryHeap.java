// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/**
 * The expiry queue of a base: an intrusive 4-ary heap of control blocks in deadline order.
 *
 * <p>Owner thread only. Finding the first is O(1); inserting, moving and removing are O(log n) with a small constant: the
 * keys lie beside each other, so a level costs one cache line. Blocks with equal keys come out in any order.
 */
final class ExpiryHeap {
    static final int NOT_QUEUED = -1;
    private static final int ARITY_SHIFT = 2;
    private static final int ARITY = 1 << ARITY_SHIFT;
    private static final int INITIAL_CAPACITY = 64;

    private long[] keys = new long[INITIAL_CAPACITY];
    private BpfHrtimer[] blocks = new BpfHrtimer[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The earliest key, or {@link Long#MAX_VALUE} if the heap is empty. */
    long firstKey() {
        return size == 0 ? Long.MAX_VALUE : keys[0];
    }

    BpfHrtimer first() {
        return blocks[0];
    }

    void insert(BpfHrtimer block, long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            blocks = Arrays.copyOf(blocks, size * 2);
        }
        siftUp(size++, block, key);
    }

    /** Moves a queued block to another key. */
    void move(BpfHrtimer block, long key) {
        int at = block.heapIndex;
        if (key <= keys[at]) {
            siftUp(at, block, key);
        } else {
            siftDown(at, block, key);
        }
    }

    void remove(BpfHrtimer block) {
        int at = block.heapIndex;
        block.heapIndex = NOT_QUEUED;
        BpfHrtimer last = blocks[--size];
        long key = keys[size];
        blocks[size] = null;
        if (at == size) {
            return;
        }
        if (at > 0 && key < keys[at - 1 >>> ARITY_SHIFT]) {
            siftUp(at, last, key);
        } else {
            siftDown(at, last, key);
        }
    }

    private void siftUp(int from, BpfHrtimer block, long key) {
        int at = from;
        while (at > 0) {
            int parent = at - 1 >>> ARITY_SHIFT;
            if (keys[parent] <= key) {
                break;
            }
            place(at, blocks[parent], keys[parent]);
            at = parent;
        }
        place(at, block, key);
    }

    private void siftDown(int from, BpfHrtimer block, long key) {
        int at = from;
        for (;;) {
            int child = (at << ARITY_SHIFT) + 1;
            if (child >= size) {
                break;
            }
            int least = child;
            int end = Math.min(child + ARITY, size);
            for (int i = child + 1; i < end; i++) {
                if (keys[i] < keys[least]) {
                    least = i;
                }
            }
            if (keys[least] >= key) {
                break;
            }
            place(at, blocks[least], keys[least]);
            at = least;
        }
        place(at, block, key);
    }

    private void place(int at, BpfHrtimer block, long key) {
        keys[at] = key;
        blocks[at] = block;
        block.heapIndex = at;
    }
}
