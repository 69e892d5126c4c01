// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** 120 bytes before the fields of a slot. */
class SlotPadLeft {
    long l00, l01, l02, l03, l04, l05, l06, l07, l08, l09, l10, l11, l12, l13, l14;
}

/**
 * The shared fields of one slot and every access to them.
 *
 * <pre>
 * word, OWNED and LEASED: (epoch &lt;&lt; 16) | nest
 * nest    meaning                              next
 * 0       nobody inside                        -&gt; 1 (outermost lock: new epoch and nest by one store or CAS)
 * 1..n    the owner is inside, n levels deep   -&gt; n + 1 (inner lock), n - 1 (unlock)
 * word, COUNTER: a plain count that only grows
 * </pre>
 */
class SlotFields extends SlotPadLeft {
    static final int OWNED = 0;
    static final int LEASED = 1;
    static final int COUNTER = 2;
    static final int NEST_BITS = 16;
    static final long NEST_MASK = (1L << NEST_BITS) - 1;

    private static final VarHandle WORD = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "word", VarHandle.class, SlotFields.class, long.class);
    private static final VarHandle OWNER = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "owner", VarHandle.class, SlotFields.class, Thread.class);
    private static final VarHandle MARKS = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "marks", VarHandle.class, SlotFields.class, int.class);

    final int kind;
    private int marks;      // OWNED: NMI marks of the owner, written by the owner alone
    private long word;      // OWNED: written by the owner; LEASED: by the lessee; either by the scan once that thread is dead
    private Thread owner;   // OWNED: for the life of the thread; LEASED: while a section is open

    SlotFields(final int kind) {
        this.kind = kind;
    }

    static int nestOf(final long value) {
        return (int) (value & NEST_MASK);
    }

    static long epochOf(final long value) {
        return value >>> NEST_BITS;
    }

    final boolean isOwner(final Thread self) {
        return owner == self; // plain: only self ever stores self here, and it is taken out only when self is dead
    }

    /** Claims an unowned slot for the calling thread; true as well when a nested call of the same thread was first. */
    final boolean tryOwn(final Thread self) {
        // RC12 <- RC11: the word and the marks left by a dead owner were reset before; else we would start inside its section
        return OWNER.compareAndSet(this, (Thread) null, self) || isOwner(self);
    }

    /**
     * Enters a section on an owned slot. Owner only. Wait-free: at most one load of the epoch and one store.
     *
     * @param asymmetric whether the grace periods of the domain put a barrier into this thread, which then needs no fence
     */
    final void enterOwned(final EpochLine epochs, final boolean asymmetric) {
        final long w = word; // plain: the owner is the only writer, and a nested call leaves the count as it found it
        if ((w & NEST_MASK) == 0) {
            final long open = epochs.current() << NEST_BITS | 1;
            if (asymmetric) {
                // RC29 <-> RC30: no fence here: the barrier of a grace period, run in this thread, stands in for it
                WORD.setOpaque(this, open);
            } else {
                // RC1 <-> RC2: if we come first the scan sees the section; if its fence comes first our loads see the unlink
                final long unused = (long) WORD.getAndSet(this, open); // a store and its fence in one; cheaper than setVolatile
            }
        } else {
            if ((w & NEST_MASK) == NEST_MASK) {
                throw new IllegalStateException("read sections nested deeper than " + NEST_MASK);
            }
            // relaxed: the outer level is published and covers this one; opaque keeps the store in program order with unlock
            WORD.setOpaque(this, w + 1);
        }
    }

    /** Leaves the innermost level of a section on an owned slot. Owner only. Wait-free: one store. */
    final void leaveOwned() {
        assert isOwner(Thread.currentThread()) : "I6: unlock by a thread that does not own the slot";
        final long w = word; // plain: the owner is the only writer
        if ((w & NEST_MASK) == 0) {
            throw new IllegalStateException("unlock without a matching readLock");
        }
        // RC3 -> RC4: what the section read is read before its object is reclaimed
        WORD.setRelease(this, w - 1);
    }

    /** Leases a free slot for one section; false when it is taken. Wait-free: one CAS. */
    final boolean tryLease(final Thread self, final long epoch) {
        final long w = (long) WORD.getOpaque(this); // relaxed: a guess, the CAS decides
        if ((w & NEST_MASK) != 0) {
            return false;
        }
        // RC1 <-> RC2: as for an owned slot: seen by the scan, or else we see the unlink
        if (!WORD.compareAndSet(this, w, epoch << NEST_BITS | 1)) {
            return false;
        }
        // relaxed: names the lessee for reports and for the release of a dead one; null in between only delays both
        OWNER.setOpaque(this, self);
        return true;
    }

    /** Adds a level to a lease that is held. Lessee only. */
    final void addLevel() {
        final long w = word; // plain: the lessee is the only writer
        // relaxed: only the lessee asks for the level
        WORD.setOpaque(this, w + 1);
    }

    /** Gives one level back, the lease with the last one. Lessee only. Wait-free: two stores. */
    final void leaveLeased() {
        final long w = word; // plain: the lessee is the only writer
        if (!isOwner(Thread.currentThread()) || (w & NEST_MASK) == 0) {
            throw new IllegalStateException("unlock by a thread that does not hold this section");
        }
        if ((w & NEST_MASK) == 1) {
            // relaxed: ordered before the release below, so the next lease never shows the name of this lessee
            OWNER.setOpaque(this, (Thread) null);
        }
        // RC3 -> RC4: what the section read is read before its object is reclaimed
        WORD.setRelease(this, w - 1);
    }

    /** Counts one entry of the counter tier. Wait-free: one read-modify-write. */
    final void countEntry() {
        // RC1 <-> RC2: if we come first the sum of entries has us; if the fence comes first our loads see the unlink
        final long unused = (long) WORD.getAndAdd(this, 1L);
    }

    /** Counts one exit of the counter tier. Wait-free: one read-modify-write. */
    final void countExit() {
        // RC3 -> RC4: what the section read is read before its object is reclaimed
        final long unused = (long) WORD.getAndAdd(this, 1L);
    }

    /** The word as the scan must see it. */
    final long wordAcquire() {
        // RC4 <- RC3: the reclaiming that follows the scan comes after the last read of the section
        return (long) WORD.getAcquire(this);
    }

    /** Nesting depth, for the owner or the lessee itself. */
    final int nest() {
        return nestOf(word); // plain: asked by the only writer
    }

    /** The owner or lessee as last seen; may be out of date. */
    final Thread ownerOpaque() {
        return (Thread) OWNER.getOpaque(this); // relaxed: a hint, confirmed by CAS where it matters
    }

    final int marks() {
        return marks; // plain: asked by the owner, the only writer
    }

    final void addMarks(final int delta) {
        final int m = marks; // plain: the owner is the only writer, and a nested call leaves the count as it found it
        MARKS.setOpaque(this, m + delta); // relaxed: only the owner reads it
    }

    /**
     * Takes the slot from a thread that has ended. Owner of the grace period only.
     *
     * @return nesting depth the thread died at, or -1 if the slot is free or its thread is alive
     */
    final int releaseIfDead() {
        final Thread dead = ownerOpaque();
        if (dead == null || dead.isAlive()) {
            return -1;
        }
        if (kind == OWNED) {
            final long w = wordAcquire();
            MARKS.setOpaque(this, 0); // relaxed: ordered by the release of the owner below
            WORD.setOpaque(this, w & ~NEST_MASK); // relaxed: ordered by the release of the owner below
            // RC11 -> RC12: word and marks are reset before the slot can be claimed again
            OWNER.setRelease(this, (Thread) null);
            return nestOf(w);
        }
        // relaxed: succeeds only while the dead thread still holds the lease; then nobody else writes the word
        if (!OWNER.compareAndSet(this, dead, (Thread) null)) {
            return -1;
        }
        final long w = wordAcquire();
        // RC3 -> RC4: frees the slot in the name of the dead lessee, whose last act was seen by isAlive
        WORD.setRelease(this, w & ~NEST_MASK);
        return nestOf(w);
    }
}
