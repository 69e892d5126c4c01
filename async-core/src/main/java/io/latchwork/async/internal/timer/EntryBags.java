// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/**
 * Numbered bags of queue entries, unordered: adding and removing are O(1), and so is, nearly, finding the next bag that is
 * not empty. An entry's bag is the caller's to know.
 *
 * <p>Owner thread only. Entries are numbers, and lie beside each other as their keys do: going through a bag touches nothing
 * else, and moving an entry stores no reference, which a garbage collector would want to know of.
 */
final class EntryBags {
    /** What {@link #next} answers if all are empty. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 8;
    /** Larger arrays are not kept by an empty bag. */
    private static final int KEPT_CAPACITY = 1024;
    private static final int WORD_SHIFT = 6;

    private final EntryPlaces places;
    private final long[][] keys;
    private final int[][] entries;
    private final int[] sizes;
    private final long[] used;
    private int size;

    /**
     * Empty bags.
     *
     * @param bags how many, a power of two from 64
     * @param places told where each entry is in its bag
     */
    EntryBags(int bags, EntryPlaces places) {
        this.places = places;
        keys = new long[bags][];
        entries = new int[bags][];
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

    /** The entries of a bag, in front of whatever else is in there; to be read only. */
    int[] entries(int bag) {
        return entries[bag];
    }

    int entry(int bag, int at) {
        return entries[bag][at];
    }

    void add(int bag, int entry, long key) {
        int at = sizes[bag]++;
        if (at == 0) {
            used[bag >>> WORD_SHIFT] |= 1L << bag;
            if (keys[bag] == null) {
                keys[bag] = new long[FIRST_CAPACITY];
                entries[bag] = new int[FIRST_CAPACITY];
            }
        } else if (at == keys[bag].length) {
            keys[bag] = Arrays.copyOf(keys[bag], at * 2);
            entries[bag] = Arrays.copyOf(entries[bag], at * 2);
        }
        size++;
        keys[bag][at] = key;
        entries[bag][at] = entry;
        places.set(entry, at);
    }

    void remove(int bag, int entry) {
        removeAt(bag, places.of(entry));
    }

    /** Takes out the entry at a place; the last one of the bag moves there. */
    void removeAt(int bag, int at) {
        int last = --sizes[bag];
        size--;
        if (at != last) {
            keys[bag][at] = keys[bag][last];
            entries[bag][at] = entries[bag][last];
            places.set(entries[bag][at], at);
        }
        if (last == 0) {
            emptied(bag);
        }
    }

    /** Takes out all entries of a bag. */
    void clear(int bag) {
        size -= sizes[bag];
        sizes[bag] = 0;
        emptied(bag);
    }

    private void emptied(int bag) {
        used[bag >>> WORD_SHIFT] &= ~(1L << bag);
        if (keys[bag].length > KEPT_CAPACITY) {
            keys[bag] = null;
            entries[bag] = null;
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
