// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/**
 * The owned and the leased slots: where a thread finds, claims or leases one.
 *
 * <p>A thread's id says where to look and nothing more: safety rests on the identity of the owner, so a thread that overrides
 * {@code getId()} is at worst slow. Every search looks at no more than {@link #PROBES} neighbours and is wait-free.
 */
final class SlotTable {
    /** Neighbours looked at, in either table. */
    static final int PROBES = 8;

    /** Length is a power of two, at least 1; a table of size 0 has one slot that nobody may claim. */
    final RcuSlot[] owned;
    final RcuSlot[] leased;
    private final int ownedProbes;
    private final int leasedProbes;

    SlotTable(final int ownedSlots, final int leasedSlots) {
        owned = slots(ownedSlots, SlotFields.OWNED);
        leased = slots(leasedSlots, SlotFields.LEASED);
        ownedProbes = ownedSlots == 0 ? 0 : Math.min(PROBES, owned.length);
        leasedProbes = leasedSlots == 0 ? 0 : Math.min(PROBES, leased.length);
    }

    private static RcuSlot[] slots(final int wanted, final int kind) {
        final RcuSlot[] slots = new RcuSlot[powerOfTwo(wanted)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new RcuSlot(kind, null);
        }
        return slots;
    }

    static int powerOfTwo(final int wanted) {
        return wanted <= 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
    }

    /** Where the leases of a thread begin: mixed, since virtual thread ids come in long runs. */
    static int leaseStart(final int id) {
        return (id * 0x9E3779B1) >>> 15;
    }

    /** The slot the calling thread owns, or null. */
    RcuSlot find(final Thread self, final int id) {
        for (int k = 0; k < ownedProbes; k++) {
            final RcuSlot slot = ownedAt(id + k);
            if (slot.isOwner(self)) {
                return slot;
            }
        }
        return null;
    }

    /** The slot the calling platform thread owns, claimed now if need be; null if there is no room. */
    RcuSlot findOrClaim(final Thread self, final int id) {
        final RcuSlot found = find(self, id);
        if (found != null) {
            return found;
        }
        for (int k = 0; k < ownedProbes; k++) {
            final RcuSlot slot = ownedAt(id + k);
            if (slot.ownerOpaque() == null && slot.tryOwn(self)) {
                return slot;
            }
        }
        return null;
    }

    /** A slot leased for one section of the calling thread, or null if none of those it may use is free. */
    RcuSlot lease(final Thread self, final int id, final EpochLine epochs) {
        final int start = leaseStart(id);
        for (int k = 0; k < leasedProbes; k++) {
            final RcuSlot slot = leasedAt(start + k);
            if (slot.tryLease(self, epochs.current())) {
                return slot;
            }
        }
        return null;
    }

    /** Whether the calling thread is inside a section on any slot of its own. */
    boolean isHeld(final Thread self, final int id) {
        // all of them: a call that interrupts a claim may leave a thread with two owned slots, both good
        for (int k = 0; k < ownedProbes; k++) {
            final RcuSlot slot = ownedAt(id + k);
            if (slot.isOwner(self) && slot.nest() != 0) {
                return true;
            }
        }
        final int start = leaseStart(id);
        for (int k = 0; k < leasedProbes; k++) {
            if (leasedAt(start + k).isOwner(self)) {
                return true;
            }
        }
        return false;
    }

    /** The owned slot of the calling thread that carries NMI marks, or null. */
    RcuSlot findMarked(final Thread self, final int id) {
        for (int k = 0; k < ownedProbes; k++) {
            final RcuSlot slot = ownedAt(id + k);
            if (slot.isOwner(self) && slot.marks() != 0) {
                return slot;
            }
        }
        return null;
    }

    private RcuSlot ownedAt(final int index) {
        return owned[index & (owned.length - 1)];
    }

    private RcuSlot leasedAt(final int index) {
        return leased[index & (leased.length - 1)];
    }
}
