// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.alternatives;

import io.latchwork.bench.alternatives.Candidate.Block;
import java.util.Arrays;

/** An intrusive 4-ary heap: blocks in deadline order, each knowing its place. */
final class IntrusiveHeap {
    private static final int ARITY_SHIFT = 2;
    private static final int ARITY = 1 << ARITY_SHIFT;
    private static final int INITIAL_CAPACITY = 64;

    private long[] keys = new long[INITIAL_CAPACITY];
    private Block[] blocks = new Block[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The earliest key, or {@link Long#MAX_VALUE} if the heap is empty. */
    long firstKey() {
        return size == 0 ? Long.MAX_VALUE : keys[0];
    }

    Block first() {
        return blocks[0];
    }

    void insert(final Block block, final long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            blocks = Arrays.copyOf(blocks, size * 2);
        }
        siftUp(size++, block, key);
    }

    void move(final Block block, final long key) {
        final int at = block.index;
        if (key <= keys[at]) {
            siftUp(at, block, key);
        } else {
            siftDown(at, block, key);
        }
    }

    void remove(final Block block) {
        final int at = block.index;
        final Block last = blocks[--size];
        final long key = keys[size];
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

    private void siftUp(final int from, final Block block, final long key) {
        int at = from;
        while (at > 0) {
            final int parent = at - 1 >>> ARITY_SHIFT;
            if (keys[parent] <= key) {
                break;
            }
            place(at, blocks[parent], keys[parent]);
            at = parent;
        }
        place(at, block, key);
    }

    private void siftDown(final int from, final Block block, final long key) {
        int at = from;
        for (;;) {
            final int child = (at << ARITY_SHIFT) + 1;
            if (child >= size) {
                break;
            }
            int least = child;
            final int end = Math.min(child + ARITY, size);
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

    private void place(final int at, final Block block, final long key) {
        keys[at] = key;
        blocks[at] = block;
        block.index = at;
    }
}
