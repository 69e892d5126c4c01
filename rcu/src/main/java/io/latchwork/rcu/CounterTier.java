// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The last tier, which always has room: two sets of striped entry and exit counts, one of them current.
 *
 * <p>Readers are anonymous here. A set is empty when its exits, summed first, equal its entries, summed after a fence. A reader
 * may count itself in a set that has just been left (it read {@code phase} before the flip), so a grace period empties both.
 */
final class CounterTier {
    private static final VarHandle PHASE = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "phase", VarHandle.class, CounterTier.class, int.class);

    private final RcuSlot[][] entries;
    private int phase;

    CounterTier(final int stripes) {
        final int size = SlotTable.powerOfTwo(stripes);
        entries = new RcuSlot[2][size];
        for (final RcuSlot[] set : entries) {
            for (int i = 0; i < size; i++) {
                set[i] = new RcuSlot(SlotFields.COUNTER, new RcuSlot(SlotFields.COUNTER, null));
            }
        }
    }

    /** Enters a section. Wait-free: one load, one read-modify-write. */
    RcuSlot enter(final int id) {
        // RC14 <- RC13: a reader sent to the new set sees every unlink before the flip; the second drain skips that set
        final int current = (int) PHASE.getVolatile(this);
        final RcuSlot[] set = entries[current];
        final RcuSlot slot = set[SlotTable.leaseStart(id) & (set.length - 1)];
        slot.countEntry();
        return slot;
    }

    /** Waits until both sets have been empty once. Owner of the grace period only; false when the wait ran out of time. */
    boolean drain(final long target, final Waiting waiting, final StallWatch watch) throws InterruptedException {
        final int old = phase; // plain: the owner of the grace period is the only writer, owners follow each other by RC9
        if (!drain(entries[old ^ 1], target, waiting, watch)) {
            return false;
        }
        // RC13 -> RC14: new readers go to the set just emptied, so the old one empties even if readers never pause
        PHASE.setVolatile(this, old ^ 1);
        return drain(entries[old], target, waiting, watch);
    }

    private static boolean drain(final RcuSlot[] set, final long target, final Waiting waiting, final StallWatch watch)
        throws InterruptedException {
        waiting.reset();
        while (true) {
            final long left = sumExits(set);
            // RC2 <-> RC1: exits before entries, and entries after the flip; else a reader is counted out but not in
            VarHandle.fullFence();
            final long inside = sumEntries(set) - left;
            if (inside == 0) {
                return true;
            }
            watch.checkCounters(inside, target);
            if (!waiting.step()) {
                return false;
            }
        }
    }

    private static long sumExits(final RcuSlot[] set) {
        long sum = 0;
        for (final RcuSlot slot : set) {
            sum += slot.exits().wordAcquire();
        }
        return sum;
    }

    private static long sumEntries(final RcuSlot[] set) {
        long sum = 0;
        for (final RcuSlot slot : set) {
            sum += slot.wordAcquire();
        }
        return sum;
    }
}
