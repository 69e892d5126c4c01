// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/**
 * The expiry queue of a base: entries in exact deadline order, at a cost that does not grow with their number. An entry is a
 * small number that its owner chooses and knows the key of.
 *
 * <p>Owner thread only. What is due, or nearly, is in a heap, which is small and gives the exact order. Everything later lies
 * unordered in bags: those of 16 µs for the next 8 to 17 ms, and behind them bags of 8 ms, which are used again every
 * 34 s. An entry moves from bag to finer bag to heap, once each, only if it is still queued when that time comes.
 */
public final class ExpiryQueue {
    /*
     * Invariants. Keys in the heap < nearEnd (a slot number) <= keys in the slots < window + 2 (a window number) <= keys in the
     * far bags. nearEnd never passes the slot after the one of the latest time given to advance(), so the heap holds what is
     * due, what is due within a slot, and what was due when it came. A time that steps back leaves all that as it is.
     */
    private static final int SLOT_SHIFT = 14;
    private static final int WINDOW_SHIFT = 23;
    private static final int SLOTS_OF_WINDOW_SHIFT = WINDOW_SHIFT - SLOT_SHIFT;
    private static final int WINDOWS = 2;
    private static final int SLOTS = WINDOWS << SLOTS_OF_WINDOW_SHIFT;
    private static final int FAR_BAGS = 1 << 12;

    /** Told which entries are in one slot, the next to be due. */
    @FunctionalInterface
    public interface Prefetcher {
        /**
         * Brings near what the owner will need of these entries.
         *
         * @param entries numbers; to be read only
         * @param count how many
         */
        void prefetch(int[] entries, int count);
    }

    private final Prefetcher prefetcher;
    private final EntryPlaces places = new EntryPlaces();
    private final ExpiryHeap near = new ExpiryHeap(places);
    private EntryBags slots;
    private EntryBags far;
    /** No far bag holds a key below its entry here; it may be lower than its least key. */
    private long[] farLeast;
    private long nearEnd;
    private long window;
    private long reached;
    /** No key that is not in the heap is below; 0 if that has to be found out. */
    private long laterLeast = Long.MAX_VALUE;

    /**
     * An empty queue; what it needs for entries that are not nearly due is allocated with the first of them.
     *
     * @param prefetcher told what is due next
     */
    public ExpiryQueue(Prefetcher prefetcher) {
        this.prefetcher = prefetcher;
    }

    /**
     * Entries in all.
     *
     * @return how many
     */
    public int size() {
        return slots == null ? near.size() : near.size() + slots.size() + far.size();
    }

    /**
     * Says what time it is: entries up to it are due.
     *
     * @param now a time; one before the last is taken for what it is
     */
    public void advance(long now) {
        reached = now;
        if (slots == null || near.size() + slots.size() > 0) {
            return;
        }
        long to = now >>> WINDOW_SHIFT;
        if (to > window && laterLeast >>> WINDOW_SHIFT > to + 1) { // else what is in the far bags has to be looked at
            window = to;
            nearEnd = Math.max(nearEnd, to << SLOTS_OF_WINDOW_SHIFT);
        }
    }

    /**
     * The earliest key. If that is later than the time given to advance, it may be too early by an entry that was removed;
     * never too late.
     *
     * @return a key; MAX_VALUE if there is no entry
     */
    public long firstKey() {
        for (;;) {
            long first = near.firstKey();
            if (near.size() > 0 || size() == 0) {
                return first;
            }
            if (laterLeast > reached) {
                return laterLeast;
            }
            if (slots.size() > 0) {
                openSlot();
            } else {
                openWindow();
            }
        }
    }

    /**
     * The entry of {@link #firstKey()}, if that is not later than the time given to advance.
     *
     * @return an entry; of no meaning if nothing is due
     */
    public int first() {
        firstKey();
        return near.first();
    }

    /**
     * Adds an entry.
     *
     * @param entry its number, not in the queue
     * @param key its key, not negative
     */
    public void insert(int entry, long key) {
        places.reserve(entry);
        if (isNear(key)) {
            near.insert(entry, key);
            return;
        }
        if (slots == null) {
            farLeast = new long[FAR_BAGS];
            Arrays.fill(farLeast, Long.MAX_VALUE);
            far = new EntryBags(FAR_BAGS, places);
            slots = new EntryBags(SLOTS, places); // last: says that all are there, lest memory runs out in between
        }
        laterLeast = Math.min(laterLeast, key);
        if (isInSlots(key)) {
            slots.add(slot(key), entry, key);
        } else {
            int bag = farBag(key);
            farLeast[bag] = far.sizeOf(bag) == 0 ? key : Math.min(farLeast[bag], key);
            far.add(bag, entry, key);
        }
    }

    private boolean isNear(long key) {
        return key >>> SLOT_SHIFT < nearEnd;
    }

    private boolean isInSlots(long key) {
        return key >>> WINDOW_SHIFT < window + WINDOWS;
    }

    private static int slot(long key) {
        return (int) (key >>> SLOT_SHIFT) & SLOTS - 1;
    }

    private static int farBag(long key) {
        return (int) (key >>> WINDOW_SHIFT) & FAR_BAGS - 1;
    }

    /**
     * Moves an entry to another key.
     *
     * @param entry its number
     * @param from its key
     * @param to its new key
     */
    public void move(int entry, long from, long to) {
        if (isNear(from) && isNear(to)) {
            near.move(entry, to);
        } else {
            remove(entry, from);
            insert(entry, to);
        }
    }

    /**
     * Takes an entry out.
     *
     * @param entry its number
     * @param key its key
     */
    public void remove(int entry, long key) {
        if (isNear(key)) {
            near.remove(entry);
        } else if (isInSlots(key)) {
            slots.remove(slot(key), entry);
        } else {
            far.remove(farBag(key), entry);
        }
        if (slots != null && slots.size() + far.size() == 0) {
            laterLeast = Long.MAX_VALUE;
        }
    }

    /** The heap is empty and a slot may be due: puts the first one into the heap, or finds out when it is due. */
    private void openSlot() {
        int slot = slots.next((int) nearEnd & SLOTS - 1);
        long number = nearEnd + (slot - (int) nearEnd & SLOTS - 1);
        if (number << SLOT_SHIFT > reached) {
            laterLeast = slots.least(slot);
            return;
        }
        int last = slots.last(slot);
        for (int each = last; each != EntryBags.NONE;) {
            int count = EntryBags.countInChunk(each);
            prefetcher.prefetch(slots.chunk(each), count);
            each = slots.before(each - count + 1);
        }
        for (int each = last; each != EntryBags.NONE; each = slots.before(each)) {
            near.insert(slots.entry(each), slots.key(each));
        }
        slots.clear(slot);
        nearEnd = number + 1;
        while (nearEnd >>> SLOTS_OF_WINDOW_SHIFT > window) {
            toWindow(window + 1);
        }
        laterLeast = slots.size() + far.size() == 0 ? Long.MAX_VALUE : 0;
    }

    /** Heap and slots are empty and a far bag may be due: puts the first window into the slots, or finds out when it is due. */
    private void openWindow() {
        long earliest = Long.MAX_VALUE;
        int start = (int) (window + WINDOWS) & FAR_BAGS - 1;
        int bag = far.next(start);
        for (int last = -1;; bag = far.next(bag + 1 & FAR_BAGS - 1)) {
            int distance = bag - start & FAR_BAGS - 1;
            if (distance <= last) {
                break; // once around
            }
            last = distance;
            if (farLeast[bag] >>> WINDOW_SHIFT < window + WINDOWS) { // of an entry that was removed long ago
                farLeast[bag] = far.least(bag);
            }
            earliest = Math.min(earliest, farLeast[bag]);
            if (farLeast[bag] >>> WINDOW_SHIFT <= window + WINDOWS + distance) {
                break; // later bags are of later windows
            }
        }
        if (earliest > reached) {
            laterLeast = earliest;
        } else {
            toWindow(Math.max(window + 1, earliest >>> WINDOW_SHIFT));
            laterLeast = 0;
        }
    }

    /** Goes on to a window before which there is nothing in the far bags. */
    private void toWindow(long to) {
        long from = Math.max(window + WINDOWS, to);
        window = to;
        nearEnd = Math.max(nearEnd, to << SLOTS_OF_WINDOW_SHIFT);
        for (long each = from; each < to + WINDOWS; each++) {
            spread(each);
        }
    }

    /** Puts the entries of a window from its far bag into the slots. */
    private void spread(long of) {
        int bag = (int) of & FAR_BAGS - 1;
        if (far.sizeOf(bag) == 0) {
            farLeast[bag] = Long.MAX_VALUE;
            return;
        }
        long least = Long.MAX_VALUE;
        for (int each = far.last(bag); each != EntryBags.NONE;) {
            long key = far.key(each);
            int entry = far.entry(each);
            each = far.before(each);
            if (key >>> WINDOW_SHIFT == of) {
                far.remove(bag, entry); // what moves to its place was looked at before
                slots.add(slot(key), entry, key);
            } else {
                least = Math.min(least, key);
            }
        }
        farLeast[bag] = least;
    }
}
