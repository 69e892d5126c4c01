// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import java.util.Arrays;

/**
 * A 4-ary heap of intrusive entries, earliest first, equal deadlines in the order of arming. The deadlines are copied
 * into an array of their own, so that looking at four children touches one or two cache lines. Guarded by the lock of
 * the base.
 */
final class TimerHeap {
    private static final int SHIFT = 2;
    private static final int MIN_CAPACITY = 64;

    private long[] deadlines = new long[MIN_CAPACITY];
    private HeapEntry[] entries = new HeapEntry[MIN_CAPACITY];
    private int size;

    /** Makes room for timers, so that arming does not allocate. */
    void reserve(int capacity) {
        if (capacity > entries.length) {
            deadlines = Arrays.copyOf(deadlines, capacity);
            entries = Arrays.copyOf(entries, capacity);
        }
    }

    HeapEntry first() {
        return size == 0 ? null : entries[0];
    }

    /** Queues an entry, or moves it if it is queued, to the place of its deadline. True if it is the first now. */
    boolean put(HeapEntry entry, long deadline) {
        int at = entry.index;
        entry.deadline = deadline;
        if (at == HeapEntry.NOT_QUEUED) {
            if (size == entries.length) { // only after pinned starts: there is room for all that live here
                reserve(size * 2);
            }
            at = siftUp(size++, entry);
        } else if (deadline >= deadlines[at]) {
            at = siftDown(at, entry);
        } else {
            at = siftUp(at, entry);
        }
        return at == 0;
    }

    void remove(HeapEntry entry) {
        int at = entry.index;
        int last = --size;
        HeapEntry moved = entries[last];
        entries[last] = null;
        entry.index = HeapEntry.NOT_QUEUED;
        if (moved != entry && siftUp(at, moved) == at) {
            siftDown(at, moved);
        }
    }

    private int siftUp(int from, HeapEntry entry) {
        long[] keys = deadlines;
        HeapEntry[] all = entries;
        long deadline = entry.deadline;
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> SHIFT;
            long above = keys[parent];
            if (deadline > above || deadline == above && entry.order > all[parent].order) {
                break;
            }
            set(keys, all, at, above, all[parent]);
            at = parent;
        }
        set(keys, all, at, deadline, entry);
        return at;
    }

    private int siftDown(int from, HeapEntry entry) {
        long[] keys = deadlines;
        HeapEntry[] all = entries;
        long deadline = entry.deadline;
        int count = size;
        int at = from;
        for (int child; (child = (at << SHIFT) + 1) < count; ) {
            int best = child;
            int end = Math.min(child + (1 << SHIFT), count);
            while (++child < end) {
                if (before(keys, all, child, best)) {
                    best = child;
                }
            }
            long below = keys[best];
            if (deadline < below || deadline == below && entry.order < all[best].order) {
                break;
            }
            set(keys, all, at, below, all[best]);
            at = best;
        }
        set(keys, all, at, deadline, entry);
        return at;
    }

    private static boolean before(long[] keys, HeapEntry[] all, int a, int b) {
        return keys[a] < keys[b] || keys[a] == keys[b] && all[a].order < all[b].order;
    }

    private static void set(long[] keys, HeapEntry[] all, int at, long deadline, HeapEntry entry) {
        keys[at] = deadline;
        all[at] = entry;
        entry.index = at;
    }
}
