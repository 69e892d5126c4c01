// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/**
 * Numbered bags of queue entries, unordered: adding and removing are O(1), and so is, nearly, finding the next bag that is
 * not empty. An entry knows its place ({@link BpfHrtimer#heapIndex}); its bag is the caller's to know.
 *
 * <p>Owner thread only. Keys lie beside each other, so that going through a bag reads no entry.
 */
final class EntryBags {
    /** What {@link #next} answers if all are empty. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 8;
    /** Larger arrays are not kept by an empty bag. */
    private static final int KEPT_CAPACITY = 1024;
    private static final int WORD_SHIFT = 6;

    private final long[][] keys;
    private final BpfHrtimer[][] blocks;
    private final int[] sizes;
    private final long[] used;
    private int size;

    /**
     * Empty bags.
     *
     * @param bags how many, a power of two from 64
     */
    EntryBags(int bags) {
        keys = new long[bags][];
        blocks = new BpfHrtimer[bags][];
        sizes = new int[bags];
        used = new long[bags >>> WORD_SHIFT];
    }

    /** Entries in all bags. */
    int size() {
        return size;
    }

    int sizeOf(int bag) {
        return sizes[bag];
    }

    long key(int bag, int at) {
        return keys[bag][at];
    }

    BpfHrtimer block(int bag, int at) {
        return blocks[bag][at];
    }

    void add(int bag, BpfHrtimer block, long key) {
        int at = sizes[bag]++;
        if (at == 0) {
            used[bag >>> WORD_SHIFT] |= 1L << bag;
            if (keys[bag] == null) {
                keys[bag] = new long[FIRST_CAPACITY];
                blocks[bag] = new BpfHrtimer[FIRST_CAPACITY];
            }
        } else if (at == keys[bag].length) {
            keys[bag] = Arrays.copyOf(keys[bag], at * 2);
            blocks[bag] = Arrays.copyOf(blocks[bag], at * 2);
        }
        size++;
        keys[bag][at] = key;
        blocks[bag][at] = block;
        block.heapIndex = at;
    }

    /** Takes out the entry at a place; the last one of the bag moves there. */
    void removeAt(int bag, int at) {
        int last = --sizes[bag];
        size--;
        BpfHrtimer[] of = blocks[bag];
        of[at].heapIndex = ExpiryHeap.NOT_QUEUED;
        if (at != last) {
            keys[bag][at] = keys[bag][last];
            of[at] = of[last];
            of[at].heapIndex = at;
        }
        of[last] = null;
        if (last == 0) {
            used[bag >>> WORD_SHIFT] &= ~(1L << bag);
            if (of.length > KEPT_CAPACITY) {
                keys[bag] = null;
                blocks[bag] = null;
            }
        }
    }

    /** The least key in a bag; MAX_VALUE if it is empty. */
    long least(int bag) {
        long least = Long.MAX_VALUE;
        long[] of = keys[bag];
        for (int i = 0; i < sizes[bag]; i++) {
            least = Math.min(least, of[i]);
        }
        return least;
    }

    /** The first bag from a number on, around the end, that is not empty. */
    int next(int from) {
        int words = used.length;
        int word = from >>> WORD_SHIFT;
        long bits = used[word] & -1L << from;
        for (int i = 0; i <= words; i++) {
            if (bits != 0) {
                return (word << WORD_SHIFT) + Long.numberOfTrailingZeros(bits);
            }
            word = word + 1 & words - 1;
            bits = used[word];
        }
        return NONE;
    }
}
