// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/** The slots of a {@link LatchCell} and the single steps on them. A superclass, so that a cell stays one object. */
abstract class LatchSlots {

    /*
     * Algorithm: control = sequence << 8 | active slot, or NO_SLOT when there is no pair. freeSlots has a bit for each
     * slot that nobody owns. A writer claims a free slot by CAS, stores the pair there and swings control to it by CAS;
     * the slot that was active before is its own from then on, until it gives it back. Clearing swings control to
     * NO_SLOT, so it needs no slot and is never refused.
     *
     * Invariants
     *   I1  each slot is in one state: free (its bit is set), owned by one writer, or active.
     *   I2  stores go only to slots that the storing thread owns.
     *   I3  the sequence grows with each swing, so a control word never comes back (2^56 exchanges).
     *   I4  a reader that was told not to retry saw exactly the pair of the swing that made its control word.
     *   I5  a free slot holds two nulls.
     *
     * Why the edges suffice. LC1 -> LC2: a pair is stored before control names its slot; the next writer to swing
     * acquires it the same way. LC3 -> LC4: a slot is stored to (by its owner, or by the next one) only after control
     * moved away from it. The store of control and the store to the slot may be by different threads; then the first
     * happens before the second through freeSlots (LC5 -> LC6), and the release fence just before the stores carries
     * it on to the reader that met one of them: its load of control, after its acquire fence, cannot be older. The
     * CAS alone would not do: its release lets later stores move ahead of its own store.
     */

    static final int BUSY_SLOT = -1;
    static final int NO_SLOT = 255;

    private static final int MIN_SLOTS = 4;
    private static final int MAX_SLOTS = 32;
    private static final int SLOT_BITS = 8;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    private static final VarHandle CONTROL = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "control", VarHandle.class, LatchSlots.class, long.class);
    private static final VarHandle FREE_SLOTS = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "freeSlots", VarHandle.class, LatchSlots.class, int.class);
    private static final VarHandle CELLS = ConstantBootstraps.arrayVarHandle(
        MethodHandles.lookup(), "cells", VarHandle.class, Object[].class);

    /** Slot s keeps its pair at 2s and 2s + 1. */
    private final Object[] cells;
    private long control;
    private int freeSlots;

    LatchSlots(final int slots) {
        if (slots < MIN_SLOTS || slots > MAX_SLOTS || Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("slots must be 4, 8, 16 or 32: " + slots);
        }
        cells = new Object[2 * slots];
        control = NO_SLOT;
        freeSlots = -1 >>> (MAX_SLOTS - slots);
    }

    static int activeSlot(final long controlWord) {
        return (int) controlWord & SLOT_MASK;
    }

    final long controlAcquire() {
        return (long) CONTROL.getAcquire(this); // LC2 <- LC1: else the slot could be read before it was filled
    }

    /** For readers: the fence, then whether control is another one than {@code token}. */
    final boolean controlMoved(final long token) {
        VarHandle.acquireFence(); // LC4 <- LC3: else control could be read before the slot, and a mixed pair pass
        return (long) CONTROL.getOpaque(this) != token; // relaxed: the fence above orders it
    }

    final long controlVolatile() {
        return (long) CONTROL.getVolatile(this); // LC7 <-> LC8: see clear(); else two who store, then look, both miss
    }

    /** A half, 0 or 1, of a slot that may be stored to meanwhile; null for NO_SLOT. */
    final Object halfOpaque(final int slot, final int half) {
        if (slot == NO_SLOT) {
            return null;
        }
        return CELLS.getOpaque(cells, 2 * slot + half); // relaxed: ordered by LC2 or LC7 before and by LC4 after
    }

    /** A half, 0 or 1, of an owned slot; null for NO_SLOT. */
    final Object halfPlain(final int slot, final int half) {
        if (slot == NO_SLOT) {
            return null;
        }
        return CELLS.get(cells, 2 * slot + half); // plain: the caller owns the slot, nobody else stores to it
    }

    /** Takes a free slot, or answers {@link #BUSY_SLOT}. */
    final int claim() {
        int free = (int) FREE_SLOTS.getOpaque(this); // relaxed: the CAS decides
        while (free != 0) {
            final int rest = free & (free - 1);
            // LC6 <- LC5: else the nulls of the last owner could land on the new pair
            final int seen = (int) FREE_SLOTS.compareAndExchange(this, free, rest);
            if (seen == free) {
                return Integer.numberOfTrailingZeros(free);
            }
            free = seen;
        }
        return BUSY_SLOT;
    }

    /** Stores a pair to an owned slot. */
    final void fill(final int slot, final Object first, final Object second) {
        VarHandle.releaseFence(); // LC3 -> LC4: else a reader of the slot's former pair could take this for it
        CELLS.setOpaque(cells, 2 * slot, first); // relaxed: ordered by LC3 before and by LC1 or LC5 after
        CELLS.setOpaque(cells, 2 * slot + 1, second); // relaxed: ordered by LC3 before and by LC1 or LC5 after
    }

    /** Makes an owned slot, or NO_SLOT, the active one; answers the slot that was active before, now owned instead. */
    final int swing(final int slot) {
        long now = controlVolatile();
        while (slot != NO_SLOT || activeSlot(now) != NO_SLOT) {
            final long next = ((now >>> SLOT_BITS) + 1) << SLOT_BITS | slot;
            // LC1 -> LC2: else a reader could be sent to a slot that is not filled yet
            final long seen = (long) CONTROL.compareAndExchange(this, now, next); // LC8 <-> LC7: see controlVolatile
            if (seen == now) {
                return activeSlot(now);
            }
            now = seen;
        }
        return NO_SLOT;
    }

    /** Throws if a slot is free or active, so nobody's. For an owner that is exact: only it could have changed it. */
    final void checkOwned(final int slot) {
        Objects.checkIndex(slot, cells.length >> 1);
        final long word = (long) CONTROL.getOpaque(this); // relaxed: the owner's own swing is the oldest it can see
        final int free = (int) FREE_SLOTS.getOpaque(this); // relaxed: only the owner could have set its bit
        if (activeSlot(word) == slot || (free >>> slot & 1) != 0) {
            throw new IllegalStateException("not an owned slot: " + slot);
        }
    }

    /** Returns an owned slot, emptied before, to the free ones. */
    final void release(final int slot) {
        // LC5 -> LC6: the swing that abandoned the slot, and the nulls, come before the stores of the next owner
        FREE_SLOTS.getAndBitwiseOr(this, 1 << slot);
    }
}
