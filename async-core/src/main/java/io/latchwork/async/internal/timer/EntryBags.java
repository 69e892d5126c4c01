// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/**
 * Numbered bags of queue entries, unordered: adding and removing are O(1), and so is, nearly, finding the next bag that is
 * not empty. An entry's bag is the caller's to know.
 *
 * <p>Owner thread only. A bag is a chain of chunks, all full but the newest; chunks are used again by any bag, so what was
 * allocated for the most entries there ever were is enough for ever. Entries are numbers, and lie beside each other as their keys
 * do: going through a bag touches nothing else, and moving an entry stores no reference, which a garbage collector would want to
 * know of.
 */
final class EntryBags {
    /** What {@link #next} answers if all are empty, and {@link #before} in front of the first entry. */
    static final int NONE = -1;

    private static final int CHUNK_SHIFT = 5;
    private static final int CHUNK = 1 << CHUNK_SHIFT;
    private static final int INITIAL_CHUNKS = 16;
    private static final int WORD_SHIFT = 6;

    private final EntryPlaces places;
    private final int[] newest; // chunk of a bag
    private final int[] sizes;
    private final long[] used;
    private long[][] keys = new long[INITIAL_CHUNKS][];
    private int[][] entries = new int[INITIAL_CHUNKS][];
    private int[] older = new int[INITIAL_CHUNKS]; // chunk of the same bag, or of the free ones
    private int free = NONE;
    private int chunks;
    private int size;

    /**
     * Empty bags.
     *
     * @param bags how many, a power of two from 64
     * @param places told where each entry is
     */
    EntryBags(int bags, EntryPlaces places) {
        this.places = places;
        newest = new int[bags];
        Arrays.fill(newest, NONE);
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

    long key(int place) {
        return keys[place >>> CHUNK_SHIFT][place & CHUNK - 1];
    }

    int entry(int place) {
        return entries[place >>> CHUNK_SHIFT][place & CHUNK - 1];
    }

    /** The place of a bag's last entry, from where to go {@linkplain #before backwards}. NONE if it is empty. */
    int last(int bag) {
        return sizes[bag] == 0 ? NONE : newest[bag] << CHUNK_SHIFT | sizes[bag] - 1 & CHUNK - 1;
    }

    /** The place before another one in its bag, or NONE. */
    int before(int place) {
        if ((place & CHUNK - 1) != 0) {
            return place - 1;
        }
        int chunk = older[place >>> CHUNK_SHIFT];
        return chunk == NONE ? NONE : chunk << CHUNK_SHIFT | CHUNK - 1;
    }

    /** The entries of the chunk of a place, up to the place; to be read only. */
    int[] chunk(int place) {
        return entries[place >>> CHUNK_SHIFT];
    }

    /** How many there are in the chunk of a place, up to the place. */
    static int countInChunk(int place) {
        return (place & CHUNK - 1) + 1;
    }

    void add(int bag, int entry, long key) {
        int at = sizes[bag]++ & CHUNK - 1;
        if (at == 0) {
            addChunk(bag);
        }
        size++;
        put(newest[bag] << CHUNK_SHIFT | at, entry, key);
    }

    private void addChunk(int bag) {
        int chunk = free;
        if (chunk != NONE) {
            free = older[chunk];
        } else {
            if (chunks == keys.length) {
                keys = Arrays.copyOf(keys, chunks * 2);
                entries = Arrays.copyOf(entries, chunks * 2);
                older = Arrays.copyOf(older, chunks * 2);
            }
            chunk = chunks++;
            keys[chunk] = new long[CHUNK];
            entries[chunk] = new int[CHUNK];
        }
        older[chunk] = newest[bag];
        newest[bag] = chunk;
        used[bag >>> WORD_SHIFT] |= 1L << bag;
    }

    private void put(int place, int entry, long key) {
        keys[place >>> CHUNK_SHIFT][place & CHUNK - 1] = key;
        entries[place >>> CHUNK_SHIFT][place & CHUNK - 1] = entry;
        places.set(entry, place);
    }

    /** Takes an entry out; the last one of the bag moves to its place. */
    void remove(int bag, int entry) {
        int place = places.of(entry);
        int last = last(bag);
        size--;
        sizes[bag]--;
        if (place != last) {
            put(place, entry(last), key(last));
        }
        if ((last & CHUNK - 1) == 0) {
            dropChunk(bag);
        }
    }

    /** Takes out all entries of a bag. */
    void clear(int bag) {
        size -= sizes[bag];
        sizes[bag] = 0;
        while (newest[bag] != NONE) {
            dropChunk(bag);
        }
    }

    private void dropChunk(int bag) {
        int chunk = newest[bag];
        newest[bag] = older[chunk];
        older[chunk] = free;
        free = chunk;
        if (newest[bag] == NONE) {
            used[bag >>> WORD_SHIFT] &= ~(1L << bag);
        }
    }

    /** The least key in a bag; MAX_VALUE if it is empty. */
    long least(int bag) {
        long least = Long.MAX_VALUE;
        for (int place = last(bag); place != NONE; place = before(place)) {
            least = Math.min(least, key(place));
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
