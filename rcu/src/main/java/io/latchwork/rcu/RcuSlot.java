// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/** 120 bytes after the fields of a slot. */
class SlotPadRight extends SlotFields {
    long r00, r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r11, r12, r13, r14;

    SlotPadRight(final int kind) {
        super(kind);
    }
}

/**
 * The token of an open read section, returned by {@link Rcu#readLock()} and given back by {@link #unlock()}.
 *
 * <p>Tokens are pooled: the same object serves many sections, and all levels of a nest of one thread may share one. So a token
 * means nothing after its {@code unlock()}, must not be compared, stored or locked, and must be given back by the thread
 * that took it, once for each {@code readLock()} that returned it. Between its two ends a section may span anything,
 * including parking and, on a virtual thread, a change of carrier; it only makes grace periods longer.
 *
 * <p>Source of the idea: the per-thread reader word of liburcu, and the per-CPU pair of counters of the kernel's sleepable RCU.
 */
public final class RcuSlot extends SlotPadRight implements AutoCloseable {
    /** COUNTER only: where the exits that belong to the entries counted here are counted. */
    private final RcuSlot exits;

    RcuSlot(final int kind, final RcuSlot exits) {
        super(kind);
        this.exits = exits;
    }

    RcuSlot exits() {
        return exits;
    }

    /**
     * Ends the section, or one level of it.
     *
     * <p><b>Progress:</b> wait-free; one release store (owned slot), two stores (leased slot) or one atomic add (counter). Allocates nothing.
     * <b>Context:</b> the thread that called {@code readLock()}; any place, nested calls and NMI-like hooks included.
     * <b>Ordering:</b> every read made in the section happens before the callbacks, and before the return of the waits, of any
     * grace period that waited for the section.
     *
     * @throws IllegalStateException if no section is open on this token, or a leased token belongs to another thread; nothing
     *     changes. A surplus {@code unlock()} of the counter tier cannot be detected; an owned token used by another thread is
     *     detected only when assertions are on
     */
    public void unlock() {
        if (kind == OWNED) {
            leaveOwned();
        } else if (kind == LEASED) {
            leaveLeased();
        } else {
            exits.countExit();
        }
    }

    /** The same as {@link #unlock()}, for try-with-resources. Wait-free; throws nothing but what {@code unlock()} throws. */
    @Override
    public void close() {
        unlock();
    }
}
