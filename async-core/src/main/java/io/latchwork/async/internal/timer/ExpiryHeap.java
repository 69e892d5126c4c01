// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/**
 * The near end of an expiry queue: a 4-ary heap of entry numbers in deadline order.
 *
 * <p>Owner thread only. Finding the first is O(1); inserting, moving and removing are O(log n) with a small constant: the
 * keys lie beside each other, so a level costs one cache line. Entries with equal keys come out in any order.
 */
final class ExpiryHeap {
    private static final int ARITY_SHIFT = 2;
    private static final int ARITY = 1 << ARITY_SHIFT;
    private static final int INITIAL_CAPACITY = 64;

    private final EntryPlaces places;
    private long[] keys = new long[INITIAL_CAPACITY];
    private int[] entries = new int[INITIAL_CAPACITY];
    private int size;

    ExpiryHeap(EntryPlaces places) {
        this.places = places;
    }

    int size() {
        return size;
    }

    /** The earliest key, or {@link Long#MAX_VALUE} if the heap is empty. */
    long firstKey() {
        return size == 0 ? Long.MAX_VALUE : keys[0];
    }

    /** The entry of {@link #firstKey()}; of no meaning if the heap is empty. */
    int first() {
        return entries[0];
    }

    void insert(int entry, long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            entries = Arrays.copyOf(entries, size * 2);
        }
        siftUp(size++, entry, key);
    }

    /** Moves an entry to another key. */
    void move(int entry, long key) {
        int at = places.of(entry);
        if (key <= keys[at]) {
            siftUp(at, entry, key);
        } else {
            siftDown(at, entry, key);
        }
    }

    void remove(int entry) {
        int at = places.of(entry);
        int last = entries[--size];
        long key = keys[size];
        if (at == size) {
            return;
        }
        if (at > 0 && key < keys[at - 1 >>> ARITY_SHIFT]) {
            siftUp(at, last, key);
        } else {
            siftDown(at, last, key);
        }
    }

    private void siftUp(int from, int entry, long key) {
        int at = from;
        while (at > 0) {
            int parent = at - 1 >>> ARITY_SHIFT;
            if (keys[parent] <= key) {
                break;
            }
            place(at, entries[parent], keys[parent]);
            at = parent;
        }
        place(at, entry, key);
    }

    private void siftDown(int from, int entry, long key) {
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
            place(at, entries[least], keys[least]);
            at = least;
        }
        place(at, entry, key);
    }

    private void place(int at, int entry, long key) {
        keys[at] = key;
        entries[at] = entry;
        places.set(entry, at);
    }
}
