// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * NMI marks: "this thread is inside a hook that interrupted something". A platform thread keeps them in its owned slot; any other
 * thread leases an entry here for as long as it is marked, and finds it again by its owner. When no entry can be had the mark is
 * counted without a name, and until that count is zero again every thread of that sort without a mark of its own counts as marked.
 *
 * <p>Entries follow the protocol of a leased slot, with the number of marks as nest. They are not scanned by grace periods, so a
 * mark holds nothing back. Everything here is wait-free: at most two searches of {@link SlotTable#PROBES} entries.
 */
final class NmiMarks {
    private static final VarHandle UNNAMED_VIRTUAL = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "unnamedVirtual", VarHandle.class, NmiMarks.class, int.class);
    private static final VarHandle UNNAMED_PLATFORM = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "unnamedPlatform", VarHandle.class, NmiMarks.class, int.class);

    private final SlotTable slots;
    private final SlotFields[] entries;
    private final int probes;
    private int unnamedVirtual;
    private int unnamedPlatform;

    NmiMarks(final SlotTable slots, final int size) {
        this.slots = slots;
        entries = new SlotFields[SlotTable.powerOfTwo(size)];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new SlotFields(SlotFields.LEASED);
        }
        probes = size == 0 ? 0 : Math.min(SlotTable.PROBES, entries.length);
    }

    void enter(final Thread self, final int id) {
        final boolean virtual = VirtualThreads.isVirtual(self);
        final RcuSlot slot = virtual ? null : slots.findOrClaim(self, id);
        if (slot != null) {
            slot.addMarks(1);
            return;
        }
        final SlotFields mine = find(self, id);
        if (mine != null) {
            mine.addLevel();
        } else if (!lease(self, id)) {
            addUnnamed(virtual, 1);
        }
    }

    void exit(final Thread self, final int id) {
        final RcuSlot slot = slots.findMarked(self, id);
        if (slot != null) {
            slot.addMarks(-1);
            return;
        }
        final SlotFields mine = find(self, id);
        if (mine != null) {
            mine.leaveLeased();
            return;
        }
        final boolean virtual = VirtualThreads.isVirtual(self);
        if (addUnnamed(virtual, -1) <= 0) {
            addUnnamed(virtual, 1);
            throw new IllegalStateException("nmiExit without a matching nmiEnter");
        }
    }

    boolean isMarked(final Thread self, final int id) {
        return slots.findMarked(self, id) != null
            || find(self, id) != null
            || unnamed(VirtualThreads.isVirtual(self)) > 0;
    }

    /** Takes the entries of threads that have ended. Owner of the grace period only. */
    void releaseDead() {
        for (final SlotFields entry : entries) {
            entry.releaseIfDead();
        }
    }

    private SlotFields find(final Thread self, final int id) {
        final int start = SlotTable.leaseStart(id);
        for (int k = 0; k < probes; k++) {
            final SlotFields entry = entries[start + k & entries.length - 1];
            if (entry.isOwner(self)) {
                return entry;
            }
        }
        return null;
    }

    private boolean lease(final Thread self, final int id) {
        final int start = SlotTable.leaseStart(id);
        for (int k = 0; k < probes; k++) {
            // no epoch: these words are never compared with one
            if (entries[start + k & entries.length - 1].tryLease(self, 0)) {
                return true;
            }
        }
        return false;
    }

    private int addUnnamed(final boolean virtual, final int delta) {
        if (virtual) {
            return (int) UNNAMED_VIRTUAL.getAndAdd(this, delta); // relaxed: a thread's own marks are in its program order
        }
        return (int) UNNAMED_PLATFORM.getAndAdd(this, delta); // relaxed: a thread's own marks are in its program order
    }

    private int unnamed(final boolean virtual) {
        if (virtual) {
            return (int) UNNAMED_VIRTUAL.getOpaque(this); // relaxed: a thread's own marks are in its program order
        }
        return (int) UNNAMED_PLATFORM.getOpaque(this); // relaxed: a thread's own marks are in its program order
    }
}
