// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

/**
 * A pair of references, or none, that many writers replace and many readers read. No writer can hold up another one or
 * a reader, and the writer that replaces a pair is handed exactly that pair. So what a pair keeps alive can be
 * counted exactly: each pair that went in comes out once, to one writer.
 *
 * <pre>{@code
 * int slot = cell.exchange(program, callback);   // replace           long token;
 * if (slot == LatchCell.BUSY) { ... }            // nothing changed   do {
 * if (slot != LatchCell.NONE) {                                           token = cell.readBegin();
 *     Program old = cell.first(slot);            // ours alone            p = cell.readFirst(token);
 *     cell.free(slot);                           // give it back          c = cell.readSecond(token);
 *     old.release();                                                  } while (cell.readRetry(token));
 * }
 * }</pre>
 *
 * <p>A cell has K slots: one holds the current pair, if there is one, and each writer between {@link #exchange} and
 * {@link #free} holds one. K - 2 writers may be stalled there for good and another still gets through; when there is a
 * pair and K - 1 of them, the next is refused at once, with {@link #BUSY}. {@link #clear} is never refused. No pair
 * reads as two nulls; a half of a pair may be null too. Nothing is allocated after construction.
 *
 * <p><b>Not for:</b> keeping alive, for a reader, what it read; see the package description.
 * <b>Source of the idea:</b> the latches of Linux (Documentation/locking/seqlock), with slots that are owned in place
 * of one writer that is serialised.
 *
 * @param <A> type of the first half
 * @param <B> type of the second half
 */
public final class LatchCell<A, B> extends LatchSlots {

    /** What {@link #exchange} answers when no slot was free. The cell is unchanged. */
    public static final int BUSY = BUSY_SLOT;

    /** What {@link #exchange} and {@link #clear} answer when there was no pair. Needs no {@link #free}. */
    public static final int NONE = NO_SLOT;

    private static final int DEFAULT_SLOTS = 4;

    /*
     * Algorithm, invariants and edges: see LatchSlots. This class puts the steps together and gives them types.
     *   exchange: claim, fill, swing      clear: swing      free: fill, release      read: control, cells, control
     */

    /** A cell of 4 slots, without a pair. */
    public LatchCell() {
        this(DEFAULT_SLOTS);
    }

    /**
     * A cell of the given number of slots, without a pair. Publish it to other threads safely, as any object.
     *
     * @param slots the number K of slots: 4, 8, 16 or 32
     * @throws IllegalArgumentException if {@code slots} is none of these
     */
    public LatchCell(final int slots) {
        super(slots);
    }

    /**
     * Replaces the current pair and hands the replaced one to the caller.
     * <p><b>Progress:</b> lock-free: two CAS loops, each of which repeats only when another call has made progress.
     * <b>Context:</b> anywhere, any nesting. <b>Ordering:</b> a reader that sees the pair sees what the caller stored
     * before; the caller sees what the writer of the replaced pair stored before.
     *
     * @param a first half, may be null
     * @param b second half, may be null
     * @return the slot that holds the replaced pair and is now the caller's, until it calls {@link #free};
     *     {@link #NONE}: there was no pair; {@link #BUSY}: no slot was free, nothing changed
     */
    public int exchange(final A a, final B b) {
        final int slot = claim();
        if (slot == BUSY) {
            return BUSY;
        }
        fill(slot, a, b);
        return swing(slot);
    }

    /**
     * Takes the current pair out, so that there is none.
     * <p><b>Progress:</b> lock-free: one CAS loop, which repeats only when another call has made progress; needs no
     * free slot. <b>Context:</b> anywhere, any nesting. <b>Ordering:</b> as {@link #exchange}; both are sequentially
     * consistent with {@link #isEmpty()}.
     *
     * @return the slot that holds the pair, now the caller's, until it calls {@link #free}; or {@link #NONE}
     */
    public int clear() {
        return swing(NONE);
    }

    /**
     * The first half of a pair that the caller owns.
     *
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> the owner of the slot, before it calls {@link #free}.
     *
     * @param slot what {@link #exchange} or {@link #clear} answered
     * @return the first half; null for {@link #NONE}
     */
    @SuppressWarnings("unchecked")
    public A first(final int slot) {
        return (A) halfPlain(slot, 0);
    }

    /**
     * The second half of a pair that the caller owns; as {@link #first}.
     * @param slot what {@link #exchange} or {@link #clear} answered
     * @return the second half; null for {@link #NONE}
     */
    @SuppressWarnings("unchecked")
    public B second(final int slot) {
        return (B) halfPlain(slot, 1);
    }

    /**
     * Forgets the pair of a slot that the caller owns and gives the slot back; does nothing for {@link #NONE}. The slot
     * may have been handed on to another thread, as long as that hand-over was ordered.
     * <p><b>Progress:</b> wait-free, 1 fence, 2 loads, 2 stores, 1 read-modify-write. <b>Context:</b> the owner of the
     * slot, once; any nesting. <b>Ordering:</b> the next owner's stores come after all that the caller did to it.
     *
     * @param slot what {@link #exchange} or {@link #clear} answered
     * @throws IllegalStateException if the slot is free or holds the current pair, so cannot be the caller's; a slot
     *     that another writer owns by now is not told apart
     * @throws IndexOutOfBoundsException if there is no such slot, {@link #BUSY} included
     */
    public void free(final int slot) {
        if (slot != NONE) {
            checkOwned(slot);
            fill(slot, null, null);
            release(slot);
        }
    }

    /**
     * Opens a read section.
     *
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> anywhere, any nesting. <b>Ordering:</b> acquire: all that
     * the writer of the current pair stored before its exchange is visible afterwards.
     *
     * @return the token for {@link #readFirst}, {@link #readSecond} and {@link #readRetry}
     */
    public long readBegin() {
        return controlAcquire();
    }

    /**
     * The first half of the current pair, to be believed only after {@link #readRetry} answered {@code false}.
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> as {@link #readBegin()}.
     *
     * @param token what {@link #readBegin()} answered
     * @return the first half, or something else if the pair was replaced meanwhile
     */
    @SuppressWarnings("unchecked")
    public A readFirst(final long token) {
        return (A) halfOpaque(activeSlot(token), 0);
    }

    /**
     * The second half of the current pair; as {@link #readFirst}.
     *
     * @param token what {@link #readBegin()} answered
     * @return the second half, or something else if the pair was replaced meanwhile
     */
    @SuppressWarnings("unchecked")
    public B readSecond(final long token) {
        return (B) halfOpaque(activeSlot(token), 1);
    }

    /**
     * Closes a read section and says whether what it read must be thrown away.
     * <p><b>Progress:</b> wait-free, 1 fence and 1 load. A loop around the section is lock-free: it repeats only after
     * an exchange, so it passes at once while all writers are stopped. <b>Context:</b> as {@link #readBegin()}.
     * <b>Ordering:</b> the loads of the section come before the answer.
     *
     * @param token what {@link #readBegin()} answered
     * @return {@code true}: the pair was replaced, read again; {@code false}: both halves are of one pair
     */
    public boolean readRetry(final long token) {
        return controlMoved(token);
    }

    /**
     * Whether there is no pair, or one whose first half is null.
     * <p><b>Progress:</b> lock-free: looks again only after an exchange. <b>Context:</b> anywhere, any nesting.
     * <b>Ordering:</b> as a read section, and sequentially consistent with {@link #exchange} and {@link #clear}: of one
     * that replaces then looks at a volatile, and one that stores that volatile then calls this, one sees the other.
     *
     * @return {@code true} if it was so at one moment during the call
     */
    public boolean isEmpty() {
        long token = controlVolatile();
        boolean empty = readFirst(token) == null;
        while (readRetry(token)) {
            token = controlVolatile();
            empty = readFirst(token) == null;
        }
        return empty;
    }
}
