// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/**
 * The expiry queue of a base: control blocks in exact deadline order, at a cost that does not grow with their number.
 *
 * <p>Owner thread only. What is due, or nearly, is in a heap, which is small and gives the exact order. Everything later lies
 * unordered in bags: those of 16 µs for the next 8 to 17 ms, and behind them bags of 8 ms, which are used again every
 * 34 s. An entry moves from bag to finer bag to heap, once each, only if it is still queued when that time comes.
 */
final class ExpiryQueue {
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
    /** Where a block is that is in the heap; else the number of its slot, or of its far bag behind the slots. */
    private static final int NEAR = -1;

    private final ExpiryHeap near = new ExpiryHeap();
    private EntryBags slots;
    private EntryBags far;
    /** No far bag holds a key below its entry here; it may be lower than its least key. */
    private long[] farLeast;
    private long nearEnd;
    private long window;
    private long reached;
    /** No key that is not in the heap is below; 0 if that has to be found out. */
    private long laterLeast = Long.MAX_VALUE;

    /** Entries in all. */
    int size() {
        return slots == null ? near.size() : near.size() + slots.size() + far.size();
    }

    /**
     * Says what time it is: entries up to it are due.
     *
     * @param now a time; one before the last is taken for what it is
     */
    void advance(long now) {
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
    long firstKey() {
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

    /** The entry of {@link #firstKey()}, if that is not later than the time given to advance. */
    BpfHrtimer first() {
        firstKey();
        return near.first();
    }

    void insert(BpfHrtimer block, long key) {
        long slot = key >>> SLOT_SHIFT;
        if (slot < nearEnd) {
            insertNear(block, key);
            return;
        }
        if (slots == null) {
            slots = new EntryBags(SLOTS);
            far = new EntryBags(FAR_BAGS);
            farLeast = new long[FAR_BAGS];
            Arrays.fill(farLeast, Long.MAX_VALUE);
        }
        laterLeast = Math.min(laterLeast, key);
        long inWindow = key >>> WINDOW_SHIFT;
        if (inWindow < window + WINDOWS) {
            insertSlot(block, key);
        } else {
            int bag = (int) inWindow & FAR_BAGS - 1;
            farLeast[bag] = far.sizeOf(bag) == 0 ? key : Math.min(farLeast[bag], key);
            block.heapBag = SLOTS + bag;
            far.add(bag, block, key);
        }
    }

    private void insertNear(BpfHrtimer block, long key) {
        block.heapBag = NEAR;
        near.insert(block, key);
    }

    private void insertSlot(BpfHrtimer block, long key) {
        int slot = (int) (key >>> SLOT_SHIFT) & SLOTS - 1;
        block.heapBag = slot;
        slots.add(slot, block, key);
    }

    /** Moves a queued block to another key. */
    void move(BpfHrtimer block, long key) {
        if (block.heapBag == NEAR && key >>> SLOT_SHIFT < nearEnd) {
            near.move(block, key);
        } else {
            remove(block);
            insert(block, key);
        }
    }

    void remove(BpfHrtimer block) {
        int bag = block.heapBag;
        if (bag == NEAR) {
            near.remove(block);
        } else if (bag < SLOTS) {
            slots.removeAt(bag, block.heapIndex);
        } else {
            far.removeAt(bag - SLOTS, block.heapIndex);
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
        for (int i = slots.sizeOf(slot) - 1; i >= 0; i--) {
            BpfHrtimer block = slots.block(slot, i);
            long key = slots.key(slot, i);
            slots.removeAt(slot, i);
            insertNear(block, key);
        }
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
        for (int i = far.sizeOf(bag) - 1; i >= 0; i--) {
            long key = far.key(bag, i);
            if (key >>> WINDOW_SHIFT == of) {
                BpfHrtimer block = far.block(bag, i);
                far.removeAt(bag, i);
                insertSlot(block, key);
            } else {
                least = Math.min(least, key);
            }
        }
        farLeast[bag] = least;
    }
}
