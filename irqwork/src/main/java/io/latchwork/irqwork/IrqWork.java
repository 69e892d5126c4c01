// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * An item of deferred work. It exists beforehand, so queueing it allocates nothing; it may be queued again at any
 * time, also from its own {@link #run()}. One run may serve many calls of {@code queue}, so a run looks at data and
 * does not count calls.
 *
 * <p>All calls that queue one item name the same {@link IrqWorkQueue}. Then its runs never overlap.
 *
 * <p>The worker touches the item once more <em>after</em> {@link #run()} returned. An item that its own run recycles
 * must therefore be recycled behind a grace period that covers the duty cycle; see {@link DeadlineSource#onEnter()}.
 *
 * <p><b>Source of the idea:</b> Linux include/linux/irq_work.h, kernel/irq_work.c.
 */
public abstract class IrqWork extends LlistNode {

    /*
     * flags   state           moves
     * 00      idle            -> pending (claim)
     * 01      pending         -> running (begin) | idle (unclaim: the queue is closed)
     * 10      running         -> idle (finish) | claimed again (claim)
     * 11      claimed again   -> pending (finish) | running (unclaim)
     *
     * Each move is one read-modify-write. PENDING belongs to the claim, BUSY to the run.
     *
     * Invariants
     *   I1  one claim at a time: only the call that set PENDING pushes the item, so the item is on one list.
     *   I2  PENDING is cleared before run() looks at anything, so a claim that a run might miss is a new claim.
     *   I3  from claim to finish at least one bit is set, without a gap; sync waits for none.
     *
     * The original sets both bits in a claim, and lets a claim stand when the run that it overtook ends. Here a claim
     * can be undone, since a closed queue refuses; then BUSY could be the claim's or the run's, and nobody could
     * tell which. So a claim sets PENDING alone, and begin() exchanges that for BUSY in one step.
     */
    static final int PENDING = 1;
    static final int BUSY = 2;
    /** Claimed while running. */
    static final int CLAIMED = PENDING | BUSY;

    private static final int SYNC_SPINS = 100;
    private static final int SYNC_YIELDS = 100;
    private static final long SYNC_PARK_NANOS = 50_000;

    private static final VarHandle FLAGS = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "flags", VarHandle.class, IrqWork.class, int.class);

    private int flags;

    /** An item that is idle. */
    protected IrqWork() {
    }

    /**
     * Does the work. What it throws goes to the queue's error handler.
     *
     * <p><b>Context:</b> the worker's thread. It may queue any item, itself included; it must not wait for work of
     * the same queue. <b>Ordering:</b> sees all that was stored before the calls of {@code queue} that this run serves.
     */
    protected abstract void run();

    /**
     * Whether a run was asked for that has not begun.
     *
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> anywhere; a hint. <b>Ordering:</b> none.
     *
     * @return {@code true} if the item is pending
     */
    public final boolean isPending() {
        return ((int) FLAGS.getOpaque(this) & PENDING) != 0; // relaxed: a hint
    }

    /**
     * Whether a run is under way.
     *
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> anywhere; a hint. <b>Ordering:</b> none.
     *
     * @return {@code true} if the item is running
     */
    public final boolean isBusy() {
        return ((int) FLAGS.getOpaque(this) & BUSY) != 0; // relaxed: a hint
    }

    /** Answers whether the caller is the one that has to push the item. */
    final boolean claim() {
        // IW1 -> IW2: else the run that a refused claim relies on could miss what its caller stored
        return ((int) FLAGS.getAndBitwiseOr(this, PENDING) & PENDING) == 0;
    }

    /** Undoes a claim whose push was refused. */
    final void unclaim() {
        FLAGS.getAndBitwiseAnd(this, ~PENDING); // IW2 <- IW1: stands in for the run that refused claims rely on
    }

    /** Opens a run. A read-modify-write, because a release store would let a refused claim be missed, on x86-64 too. */
    final void begin() {
        FLAGS.getAndSet(this, BUSY); // IW2 <- IW1: sees what the callers stored whose claims were refused up to here
    }

    /** Closes a run; a claim made meanwhile stands. */
    final void finish() {
        FLAGS.getAndBitwiseAnd(this, ~BUSY); // IW3 -> IW4: what the run stored is visible to whoever sees it ended
    }

    /** Whether the item is neither pending nor running. */
    final boolean isIdle() {
        return (int) FLAGS.getAcquire(this) == 0; // IW4 <- IW3: else sync could return before the run's stores show
    }

    /** Waits, uninterruptibly, until the item is idle. */
    final void awaitIdle() {
        boolean interrupted = false;
        for (int rounds = 0; !isIdle(); rounds++) {
            if (rounds < SYNC_SPINS) {
                Thread.onSpinWait();
            } else if (rounds < SYNC_SPINS + SYNC_YIELDS) {
                Thread.yield();
            } else {
                rounds--;
                LockSupport.parkNanos(this, SYNC_PARK_NANOS);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
