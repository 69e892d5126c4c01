// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.irqwork.IrqWorkQueue;
import io.latchwork.rcu.Rcu;
import io.latchwork.seqlatch.LatchCell;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The reference-counted control block behind a timer. It is its own irq_work item: queued to the base whenever the base
 * has to look at the state word.
 *
 * <p>Blocks are pooled and recycled only after a grace period, so a caller that found one in a read section may touch it
 * until the section ends. Every method that callers reach expects to be called inside such a section.
 */
public final class BpfAsyncCb extends CbLifetime {
    /*
     * Algorithm. The state word says what is wanted; queuedDeadline says when the base will look at it. Arming is one
     * compare-and-set; only if the new deadline is before queuedDeadline must the base be told. The base, whenever it
     * takes the block out of its queue, first declares that (queuedDeadline = NONE) and then looks at the state: Dekker's
     * handshake, so of a start and a removal that meet, one always sees the other. Cancelling leaves the entry where
     * it is; it is dropped when it surfaces.
     *
     * destroy hands the map's reference to the run it queues, or, when one is pending already, drops it: that run begins
     * later and sees DESTROY.
     *
     * Invariants, by the numbers of docs/design.md: I1 (nothing starts after CANCELLED), I2 (fires once), I3 (a destroyed
     * block is not touched), I5 (references balance), I7 (no start is lost).
     */
    static final long NONE = Long.MAX_VALUE;

    private static final int SPINS = 200;
    private static final int YIELDS = 50;
    private static final long PARK_NS = 50_000;

    private static final VarHandle STATE;
    private static final VarHandle QUEUED_DEADLINE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(BpfAsyncCb.class, "state", long.class);
            QUEUED_DEADLINE = lookup.findVarHandle(BpfAsyncCb.class, "queuedDeadline", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where the block sits in its base's heap; the base's owner alone reads and writes it. */
    int heapIndex = ExpiryHeap.NOT_QUEUED;

    private long state = StateWord.DESTROYED;
    private long queuedDeadline = NONE;

    /**
     * A block in its pool.
     *
     * @param home where it goes back to
     * @param poolIndex its place there
     * @param rcu the domain whose grace periods it waits for
     * @param slots slots of the binding cell
     */
    public BpfAsyncCb(CbHome home, int poolIndex, Rcu rcu, int slots) {
        super(home, poolIndex, rcu, slots);
    }

    /**
     * Begins a life: the map's reference, no callback, not armed. The caller publishes the block, and then confirms it.
     *
     * @param homeBase the base that it will expire on
     * @param ofKey the key for the callback
     * @param ofValue the value for the callback
     */
    public void begin(TimerBase homeBase, Object ofKey, Object ofValue) {
        beginLife(homeBase, ofKey, ofValue);
        STATE.set(this, StateWord.INIT); // plain: not published yet; the publishing compare-and-set orders it
    }

    /**
     * Makes a published block usable. Until then every call on it answers EINVAL.
     *
     * @return false if it was destroyed meanwhile
     */
    public boolean confirm() {
        return STATE.compareAndSet(this, StateWord.INIT, StateWord.UNBOUND); // AC5 -> AC6: a destroyed block stays so
    }

    @Override
    void endLife() {
        heapIndex = ExpiryHeap.NOT_QUEUED;
        QUEUED_DEADLINE.set(this, NONE); // plain: the pool's hand-over orders it
    }

    // ------------------------------------------------------------------------------------------------ callers

    /**
     * Binds a program and its callback.
     *
     * @param prog the program
     * @param callback its callback
     * @return OK, EINVAL, ENOENT or EBUSY
     */
    public Status bind(ProgImpl prog, TimerCallback<Object, Object> callback) {
        long before = (long) STATE.getAcquire(this); // AC6 <- AC5: what it says was so
        if (!isUsable(before)) {
            return refusal(before);
        }
        for (;;) {
            if (!prog.tryGet()) {
                return Status.ENOENT;
            }
            int replaced = binding.exchange(prog, callback);
            if (replaced == LatchCell.BUSY) {
                prog.put();
                return Status.EBUSY;
            }
            dropReplaced(replaced);
            // destroyed since: it was set before, may have been called, and its reference is dropped by recycle()
            if (!markBound() || !binding.isEmpty()) { // after the state was written: a cancel that emptied the cell is seen here
                return Status.OK;
            }
        }
    }

    private static boolean isUsable(long state) {
        return !StateWord.isGone(state) && state != StateWord.INIT;
    }

    private static Status refusal(long state) {
        return StateWord.isGone(state) ? Status.ENOENT : Status.EINVAL;
    }

    /** UNBOUND becomes IDLE. False if the block is being destroyed. */
    private boolean markBound() {
        for (;;) {
            long seen = (long) STATE.getAcquire(this); // AC6 <- AC5: what it says was so
            if (StateWord.isGone(seen)) {
                return false;
            }
            if (seen != StateWord.UNBOUND) {
                if (StateWord.isArmed(seen)) {
                    tellBase(StateWord.deadline(seen)); // it may have surfaced while a cancel had emptied the cell
                }
                return true;
            }
            if (STATE.compareAndSet(this, seen, StateWord.IDLE)) { // AC9 <-> AC10: before the look at the cell
                return true;
            }
        }
    }

    /**
     * Arms or re-arms.
     *
     * @param deadline nanoseconds since the runtime's origin, 0 to {@link StateWord#NEVER}
     * @return OK, EINVAL without a callback, or ENOENT
     */
    public Status start(long deadline) {
        for (;;) {
            long seen = (long) STATE.getOpaque(this); // relaxed: only the compare-and-set below decides
            if (!StateWord.isArmed(seen) && seen != StateWord.IDLE) {
                return refusal(seen);
            }
            // AC7 <-> AC8: before the look at queuedDeadline. AC5 -> AC6: the callback sees what the starter did
            if (STATE.compareAndSet(this, seen, StateWord.armed(deadline))) {
                tellBase(deadline);
                return Status.OK;
            }
        }
    }

    /** Queues the block to its base if the base would look too late. */
    private void tellBase(long deadline) {
        // AC7 <-> AC8: after the state was written; else a removal that just began is missed and the start is lost
        if (deadline < (long) QUEUED_DEADLINE.getVolatile(this) && tryGet()
                && base().queue(this) != IrqWorkQueue.Outcome.QUEUED) {
            put(); // the pending run, which begins later, sees the new state; a closed base runs nothing any more
        }
    }

    /**
     * Disarms without waiting.
     *
     * @return CANCELLED, IDLE, RUNNING, EINVAL or ENOENT
     */
    public Status cancelAsync() {
        for (;;) {
            long seen = (long) STATE.getAcquire(this); // AC6 <- AC5: if it expired, base.running is visible
            if (!isUsable(seen)) {
                return refusal(seen);
            }
            if (!StateWord.isArmed(seen)) {
                return base().isRunning(this) ? Status.RUNNING : Status.IDLE;
            }
            if (STATE.compareAndSet(this, seen, StateWord.IDLE)) { // AC5 -> AC6: the expiry's own swap fails now
                return Status.CANCELLED;
            }
        }
    }

    /**
     * Disarms, waits for a running callback, and drops callback and program. Called outside of any section of the
     * caller's own, with a reference held.
     *
     * @param caller the base whose callback is calling, or null
     * @return CANCELLED, IDLE, ENOENT or EDEADLK
     */
    public Status cancelAndWait(TimerBase caller) {
        if (caller != null && !caller.mayWaitFor(this)) {
            return Status.EDEADLK;
        }
        try {
            boolean cancelled = false;
            for (;;) {
                long seen = (long) STATE.getVolatile(this); // AC10 <-> AC9: after the cell was emptied in the last round
                if (!isUsable(seen)) {
                    return cancelled ? Status.CANCELLED : refusal(seen);
                }
                if (seen != StateWord.UNBOUND && !STATE.compareAndSet(this, seen, StateWord.UNBOUND)) { // AC5 -> AC6: as start
                    continue;
                }
                cancelled |= StateWord.isArmed(seen);
                dropReplaced(binding.clear());
                if (caller != base()) {
                    awaitCallback();
                }
                if ((long) STATE.getVolatile(this) == StateWord.UNBOUND) { // AC10 <-> AC9: after the cell was emptied
                    return cancelled ? Status.CANCELLED : Status.IDLE;
                }
            }
        } finally {
            if (caller != null) {
                caller.waitsNoMore();
            }
        }
    }

    private void awaitCallback() {
        boolean interrupted = false;
        for (int i = 0; base().isRunning(this); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else if (i < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, PARK_NS);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the block's life. Called once, by the one who detached it from its element, whose reference it consumes.
     */
    public void destroy() {
        STATE.getAndSet(this, StateWord.DESTROY); // AC5 -> AC6: from here on no start, no cancel and no expiry succeeds
        if (base().queue(this) != IrqWorkQueue.Outcome.QUEUED) {
            put(); // a pending run begins later and sees DESTROY; a closed base runs nothing any more
        }
    }

    // --------------------------------------------------------------------------------------- the base's owner

    @Override
    protected void run() {
        try {
            base().look(this);
        } finally {
            put();
        }
    }

    /** The state, with everything that was done before it was written; not read before {@link #unqueued()} was. */
    long state() {
        return (long) STATE.getVolatile(this); // AC8 <-> AC7: after queuedDeadline; else a start that just came is missed
    }

    /** One run only gets true: the one that unqueues the block for good. */
    boolean tryDestroyed() {
        // relaxed: picks one winner among the runs of one thread; the reference count orders the rest
        return STATE.compareAndSet(this, StateWord.DESTROY, StateWord.DESTROYED);
    }

    /** Takes the armed expiry. False if a start, a cancel or a destroy was faster. */
    boolean tryExpire(long armed) {
        // AC5 -> AC6: who sees IDLE sees base.running. AC6 <- AC5: the callback sees what the starter did
        return STATE.compareAndSet(this, armed, StateWord.IDLE);
    }

    long queuedDeadline() {
        return (long) QUEUED_DEADLINE.get(this); // plain: the owner reads its own store
    }

    /** The base will look at this block at the given time, or earlier. */
    void queuedUntil(long deadline) {
        QUEUED_DEADLINE.setOpaque(this, deadline); // relaxed: seen late it costs a needless queueing, never a lost start
    }

    /** The base no longer has this block in its queue. Followed by {@link #state()}. */
    void unqueued() {
        QUEUED_DEADLINE.setVolatile(this, NONE); // AC8 <-> AC7: before the look at the state; else a start is lost
    }
}
