// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/** The read half of {@link Rcu}: sections and marks. Its public methods are the domain's. */
abstract class RcuReadSide {
    private final ReaderTables tables;
    private final RcuSlot[] owned;
    private final EpochLine epochs;
    private final boolean asymmetric;

    RcuReadSide(final ReaderTables tables) {
        this.tables = tables;
        this.owned = tables.slots().owned;
        this.epochs = tables.epochs();
        this.asymmetric = tables.barrier().mode().asymmetric();
    }

    final ReaderTables tables() {
        return tables;
    }

    /**
     * Opens a read section, or one more level of it. What is read from now on is not reclaimed before the token returned here is given
     * back; a second section that overlaps the end of this one does not prolong that, unless both are on an owned slot.
     *
     * <p>The first load of the section from a protected reference must be a volatile one; what is reached through it may be read plainly.
     *
     * <p><b>Progress:</b> wait-free: an atomic exchange, or in a domain with asymmetric readers a store, when it has its slot; at
     * most 8 + 8 + 8 slots are looked at when it has none, with one CAS each; the last tier is one atomic add. Allocates nothing,
     * from the first call on. <b>Context:</b> any thread, platform or virtual; re-entrant at any instruction; inside callbacks;
     * after {@link Rcu#close()}.
     * <b>Ordering:</b> either the section sees everything done before a grace period began, or that grace period waits for it.
     * Source of the idea: liburcu (nesting and epoch in one word), Linux sleepable RCU (counters).
     *
     * @return the token of the section; call {@link RcuSlot#unlock()} on it once, on the same thread
     * @throws IllegalStateException if this thread is 65535 levels deep already
     */
    public final RcuSlot readLock() {
        final Thread self = Thread.currentThread();
        final int id = (int) self.getId();
        final RcuSlot[] table = owned;
        RcuSlot slot = table[id & (table.length - 1)];
        if (!slot.isOwner(self)) {
            slot = table[(id + 1) & (table.length - 1)];
            if (!slot.isOwner(self)) {
                return readLockSlow(self, id);
            }
        }
        slot.enterOwned(epochs, asymmetric);
        return slot;
    }

    private RcuSlot readLockSlow(final Thread self, final int id) {
        final RcuSlot own = VirtualThreads.isVirtual(self) ? null : tables.slots().findOrClaim(self, id);
        if (own != null) {
            own.enterOwned(epochs, asymmetric);
            return own;
        }
        final RcuSlot lease = tables.slots().lease(self, id, epochs);
        return lease != null ? lease : tables.counters().enter(id);
    }

    /**
     * How readers of this domain publish a section on a slot of their own: without a fence if that was asked for and can be had
     * in this JVM, see {@link Rcu.Builder#asymmetric(boolean)}. Settled when the domain is made. Wait-free, any context.
     *
     * @return the mode, and the reason for it
     */
    public final ReaderMode readerMode() {
        return tables.barrier().mode();
    }

    /**
     * Whether the calling thread is inside a read section of this domain.
     *
     * <p><b>Limit:</b> readers of the counter tier are anonymous: for a section that found no slot the answer is {@code false}.
     * <b>Progress:</b> wait-free, at most 16 slots. <b>Context:</b> any. <b>Ordering:</b> none needed, it concerns one thread.
     *
     * @return true inside a section on an owned or leased slot
     */
    public final boolean isReadHeld() {
        final Thread self = Thread.currentThread();
        return tables.slots().isHeld(self, (int) self.getId());
    }

    /**
     * Marks the calling thread as being inside an NMI-like hook: code that has interrupted other code of the same thread. Marks nest.
     * A mark implies nothing else: it opens no section, holds no grace period back and makes no call of this class refuse.
     *
     * <p>A thread without an owned slot borrows an entry for its marks. If none can be had the mark is counted without a name, and
     * {@link #inNmi()} errs on the side of yes until it is taken back.
     *
     * <p><b>Progress:</b> wait-free, at most 32 slots. Allocates nothing. <b>Context:</b> any. <b>Ordering:</b> none.
     * Source of the idea: {@code nmi_enter()} of the Linux kernel.
     */
    public final void nmiEnter() {
        final Thread self = Thread.currentThread();
        tables.marks().enter(self, (int) self.getId());
    }

    /**
     * Takes back one mark of {@link #nmiEnter()}. <b>Progress:</b> wait-free, at most 16 slots. <b>Context:</b> the thread that marked.
     *
     * @throws IllegalStateException if there is no mark to take back; nothing changes. While unnamed marks of other threads exist a
     *     surplus call may take one of those instead
     */
    public final void nmiExit() {
        final Thread self = Thread.currentThread();
        tables.marks().exit(self, (int) self.getId());
    }

    /**
     * Whether the calling thread is marked. <b>Progress:</b> wait-free, at most 16 slots. <b>Context:</b> any.
     *
     * @return true between {@code nmiEnter} and its {@code nmiExit}; true as well on a thread without a mark of its own while an
     *     unnamed mark of a thread of the same sort (virtual, or platform without a slot) exists; false otherwise
     */
    public final boolean inNmi() {
        final Thread self = Thread.currentThread();
        return tables.marks().isMarked(self, (int) self.getId());
    }
}
