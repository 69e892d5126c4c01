// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A sequence counter that guards two copies of some data, so that one copy is always complete. Readers use the copy
 * that the counter names and retry only if the counter moved. A reader that interrupts the writer, on the writer's
 * own thread or because that thread is suspended, therefore finishes in one pass.
 *
 * <p>The latch holds no data; both copies belong to the user. Sketch, with {@code offset} an AtomicLongArray of two:
 * <pre>{@code
 * long read() {                                 void write(long value) {       // one writer at a time
 *     long seq;                                     latch.writeBegin();        // readers go to copy 1
 *     long value;                                   offset.setOpaque(0, value);
 *     do {                                          latch.writeMiddle();       // readers go to copy 0
 *         seq = latch.readBegin();                  offset.setOpaque(1, value);
 *         value = offset.getOpaque(copyOf(seq));    latch.writeEnd();
 *     } while (latch.readRetry(seq));           }
 *     return value;
 * }
 * }</pre>
 *
 * <p><b>How the data is to be accessed:</b> copy 0 is stored between {@link #writeBegin()} and {@link #writeMiddle()},
 * copy 1 between {@code writeMiddle()} and {@link #writeEnd()}, and both copies are to be equal at the end and at
 * the start. Readers and the writer use opaque accesses of {@code long} or narrower. Plain accesses do as well for
 * references and for primitives other than {@code long} and {@code double}, if nothing is done with the values before
 * {@link #readRetry(long)} answered {@code false}: before that they may be torn, mixed, or from two different
 * writes, and must not be used as an index, a divisor or a loop bound. What references point to is not protected.
 *
 * <p><b>Not for:</b> more than one writer at a time (see {@link LatchCell}), data that is written more often than read.
 * <b>Source of the idea:</b> seqcount_latch_t in Linux Documentation/locking/seqlock.
 */
public final class SeqcountLatch {

    /*
     * Algorithm: seq starts at 0 and grows by two with each write. The low bit names the copy that readers use.
     *
     *   seq        readers use   the writer stores to
     *   2n         copy 0        nothing, or copy 1 (after writeMiddle)
     *   2n + 1     copy 1        copy 0
     *
     * Invariants
     *   I1  seq only grows.
     *   I2  the copy named by the low bit of seq is complete, and no store goes to it until seq moves on.
     *   I3  one writer at a time, in the order begin, middle, end (checked when assertions are on).
     *   I4  a reader that was told not to retry used one copy, at one value of seq, and no store of a later write.
     *
     * Why the edges suffice. SL1 -> SL2: stores to the copy that is about to be named come before the store of seq
     * that names it; a reader that saw this seq sees them. SL3 -> SL4: the store of seq that abandons a copy comes
     * before all stores to the abandoned copy. A reader whose data load met one of those stores has, after its
     * acquire fence, a load of seq that cannot be older than the abandoning store, so it retries. Both fences are
     * needed although SL1 is a release: a release store lets later stores move ahead of it. A full fence is not
     * needed: no thread stores and then looks at what another one stored.
     */

    private static final VarHandle SEQ = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "seq", VarHandle.class, SeqcountLatch.class, long.class);

    private static final int OUTSIDE = 0;
    private static final int IN_COPY_0 = 1;
    private static final int IN_COPY_1 = 2;

    private long seq;
    /** The writer's own note for I3; touched only when assertions are on. */
    private int phase = OUTSIDE;

    /** A latch whose readers start with copy 0. Publish it to other threads safely, as any object. */
    public SeqcountLatch() {
    }

    /**
     * Opens a read section.
     *
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> any thread, any nesting, also inside a write.
     * <b>Ordering:</b> acquire: all stores to the copy that {@link #copyOf(long)} names are visible afterwards.
     *
     * @return the sequence number to hand to {@link #copyOf(long)} and {@link #readRetry(long)}
     */
    public long readBegin() {
        return (long) SEQ.getAcquire(this); // SL2 <- SL1: else the named copy could be read half written
    }

    /**
     * The copy to read under a sequence number.
     *
     * @param seq what {@link #readBegin()} answered
     * @return 0 or 1
     */
    public static int copyOf(final long seq) {
        return (int) (seq & 1);
    }

    /**
     * Closes a read section and says whether its data must be thrown away.
     *
     * <p><b>Progress:</b> wait-free, 1 fence and 1 load; a loop around the section is lock-free: it repeats only when
     * a writer has made progress. <b>Context:</b> as {@link #readBegin()}.
     * <b>Ordering:</b> the loads of the section come before the answer.
     *
     * @param seq what {@link #readBegin()} answered
     * @return {@code true}: the copy was abandoned meanwhile, read again; {@code false}: the data is of one write
     */
    public boolean readRetry(final long seq) {
        VarHandle.acquireFence(); // SL4 <- SL3: else seq could be read before the data, and a torn copy be accepted
        return (long) SEQ.getOpaque(this) != seq; // relaxed: the fence above orders it
    }

    /**
     * Sends readers to copy 1. Afterwards the writer may store to copy 0.
     *
     * <p><b>Progress:</b> wait-free, 2 accesses and 1 fence. <b>Context:</b> one writer at a time; not inside another
     * write of this latch. With assertions on, a writer that enters while another is inside is refused by an
     * {@link AssertionError}. <b>Ordering:</b> no later store becomes visible before readers are sent away.
     */
    public void writeBegin() {
        assert moved(OUTSIDE, IN_COPY_0) : "I3: a write began inside a write";
        turn();
    }

    /**
     * Sends readers to copy 0. Afterwards the writer may store to copy 1.
     *
     * <p><b>Progress:</b> wait-free, 2 accesses and 1 fence. <b>Context:</b> the writer, after {@link #writeBegin()}.
     * <b>Ordering:</b> the stores to copy 0 become visible before readers are sent to it; no later store becomes
     * visible before.
     */
    public void writeMiddle() {
        assert moved(IN_COPY_0, IN_COPY_1) : "I3: writeMiddle without writeBegin";
        turn();
    }

    /**
     * Ends a write. Nothing is stored that readers see: the stores to copy 1 are published by the next
     * {@link #writeBegin()}. With assertions on, the order of the three calls is checked.
     *
     * <p><b>Progress:</b> wait-free. <b>Context:</b> the writer, after {@link #writeMiddle()}.
     */
    public void writeEnd() {
        assert moved(IN_COPY_1, OUTSIDE) : "I3: writeEnd without writeMiddle";
    }

    private void turn() {
        final long next = (long) SEQ.get(this) + 1; // plain: writers are serialised, so this is the latest value
        SEQ.setRelease(this, next); // SL1 -> SL2: the copy that readers are sent to is complete before they come
        VarHandle.releaseFence(); // SL3 -> SL4: else a store to the abandoned copy could be seen under the old seq
    }

    private boolean moved(final int from, final int to) {
        final boolean inOrder = phase == from;
        phase = to;
        return inOrder;
    }
}
