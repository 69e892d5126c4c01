// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.Status;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.rcu.Rcu;
import io.latchwork.seqlatch.LatchCell;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The reference-counted control block behind a timer or a work: what both have in common, which is the state word and who
 * may change it. A work is armed when it is pending.
 *
 * <p>A block is its own irq_work item: queued to its base whenever somebody there has to look at the state word. Blocks are
 * recycled only after a grace period, so a caller that found one in a read section may touch it until the section ends.
 * Every method that callers reach expects to be called inside such a section, or with a reference held.
 */
public abstract class BpfAsyncCb extends CbLifetime {
    /*
     * Algorithm. Whatever is wanted of a block is one compare-and-set on its state, and the newest wins. Arming then tells
     * whoever carries it out, if need be (told); cancelling tells nobody. The executor takes an armed state by a
     * compare-and-set of its own, having first said that it runs (runner): so who finds the block not armed sees the run
     * that took it.
     *
     * Invariants, by the numbers of docs/design.md: I1 (nothing starts after CANCELLED), I2 (fires once), I3 (a destroyed
     * block is not touched), I5 (references balance), I7 (no start is lost).
     */
    private static final int SPINS = 200;
    private static final int YIELDS = 50;
    private static final long PARK_NS = 50_000;
    private static final int MAX_CHAIN = 1024;
    private static final int TAKING = 1;
    private static final int CALLING = 2;

    private static final VarHandle STATE;
    private static final VarHandle RUNNER;
    private static final VarHandle WAITS_FOR;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(BpfAsyncCb.class, "state", long.class);
            RUNNER = lookup.findVarHandle(BpfAsyncCb.class, "runner", int.class);
            WAITS_FOR = lookup.findVarHandle(BpfAsyncCb.class, "waitsFor", BpfAsyncCb.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long state = StateWord.DESTROYED;
    private int runner; // 0, TAKING or CALLING; which thread calls is not kept here: the garbage collector would want to know
    private BpfAsyncCb waitsFor;

    BpfAsyncCb(CbHome home, int poolIndex, Rcu rcu, int slots) {
        super(home, poolIndex, rcu, slots);
    }

    /** Begins a life: the map's reference, no callback, not armed. The caller publishes the block, and then confirms it. */
    final void begin(Object ofKey, Object ofValue) {
        beginLife(ofKey, ofValue);
        STATE.set(this, StateWord.INIT); // plain: not published yet; the publishing compare-and-set orders it
    }

    /**
     * Makes a published block usable. Until then every call on it answers EINVAL.
     *
     * @return false if it was destroyed meanwhile
     */
    public final boolean confirm() {
        return STATE.compareAndSet(this, StateWord.INIT, StateWord.UNBOUND); // AC5 -> AC6: a destroyed block stays so
    }

    // ------------------------------------------------------------------------------------------------ callers

    /**
     * Binds a program and its callback.
     *
     * @param prog the program
     * @param callback its callback
     * @return OK, EINVAL, ENOENT or EBUSY
     */
    public final Status bind(ProgImpl prog, Object callback) {
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
                    told(seen); // it may have surfaced while a cancel had emptied the cell
                }
                return true;
            }
            if (STATE.compareAndSet(this, seen, StateWord.IDLE)) { // AC9 <-> AC10: before the look at the cell
                return true;
            }
        }
    }

    /** Whether a call other than init would be refused now, and how; null if not. */
    final Status refusalToUse() {
        long seen = stateNow();
        return isUsable(seen) ? null : refusal(seen);
    }

    /** Whether a start would be refused now, and how; null if not. */
    final Status refusalToArm() {
        long seen = (long) STATE.getOpaque(this); // relaxed: a look ahead; the compare-and-set of arm() decides
        return mayArm(seen) ? null : refusalToArm(seen);
    }

    private boolean mayArm(long seen) {
        return StateWord.isArmed(seen) || seen == StateWord.IDLE || seen == StateWord.STOPPED && !isOwnCallback();
    }

    private static Status refusalToArm(long seen) {
        return seen == StateWord.STOPPED ? Status.ECANCELED : refusal(seen);
    }

    /**
     * Arms, or arms again.
     *
     * @param armed an armed state
     * @return OK, REARMED, EINVAL without a callback, ENOENT or ECANCELED
     */
    final Status arm(long armed) {
        for (;;) {
            long seen = (long) STATE.getOpaque(this); // relaxed: only the compare-and-set below decides
            if (!mayArm(seen)) {
                return refusalToArm(seen);
            }
            // AC7 <-> AC8: before the look at what the executor will see. AC5 -> AC6: the callback sees what the starter did
            if (STATE.compareAndSet(this, seen, armed)) {
                told(armed);
                return StateWord.isArmed(seen) ? Status.REARMED : Status.OK;
            }
        }
    }

    /** The state was armed: lets the executor know, unless it will look in time by itself. */
    abstract void told(long armed);

    /**
     * Disarms without waiting.
     *
     * @return CANCELLED, IDLE, RUNNING, EINVAL or ENOENT
     */
    public final Status cancelAsync() {
        for (;;) {
            long seen = (long) STATE.getAcquire(this); // AC6 <- AC5: if it was taken, the runner is visible
            if (!isUsable(seen)) {
                return refusal(seen);
            }
            boolean armed = StateWord.isArmed(seen);
            boolean own = isOwnCallback();
            if (!armed && (own || seen != StateWord.IDLE)) {
                return runningOrIdle();
            }
            // AC5 -> AC6: the executor's own swap fails now. Also if nothing is armed, and before the look at the runner: STOPPED
            // speaks to a callback that may be running, and which else could start itself before it is seen to have returned
            if (STATE.compareAndSet(this, seen, own ? StateWord.IDLE : StateWord.STOPPED)) {
                return armed ? Status.CANCELLED : runningOrIdle();
            }
        }
    }

    private Status runningOrIdle() {
        return isRunning() ? Status.RUNNING : Status.IDLE;
    }

    /**
     * Disarms, waits for a running callback, and drops callback and program. Called outside of any section of the
     * caller's own, with a reference held.
     *
     * @param caller the block whose callback is calling, or null
     * @return CANCELLED, IDLE, ENOENT or EDEADLK
     */
    public final Status cancelAndWait(BpfAsyncCb caller) {
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
                if (isRunning()) { // before the cell is emptied: who took an armed state finds the pair that belongs to it
                    awaitWhile(this::isRunning);
                }
                dropReplaced(binding.clear());
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

    /**
     * Ends the block's life. Called once, by the one who detached it from its element, whose reference it consumes.
     *
     * @return true if it was armed
     */
    public abstract boolean destroy();

    /** Writes a last state. Returns the one before. */
    final long end(long last) {
        return (long) STATE.getAndSet(this, last); // AC5 -> AC6: from here on no start, no cancel and no expiry succeeds
    }

    /**
     * Whether it is armed, or pending, and how; a snapshot.
     *
     * @return a state
     */
    final long stateNow() {
        return (long) STATE.getAcquire(this); // AC6 <- AC5: what it says was so
    }

    /**
     * Tells whether the block was made usable; until then it is not initialised, to all but its maker.
     *
     * @return true for ever once it is
     */
    public final boolean isConfirmed() {
        return stateNow() != StateWord.INIT;
    }

    // ------------------------------------------------------------------------------------------------ running

    /** The state, with everything that was done before it was written; not read before what the executor wrote last. */
    final long state() {
        return (long) STATE.getVolatile(this); // AC8 <-> AC7: after the executor's own word; else a start is missed
    }

    /** One run only gets true: the one that unqueues the block for good. */
    final boolean tryDestroyed() {
        // relaxed: picks one winner among the runs of one thread; the reference count orders the rest
        return STATE.compareAndSet(this, StateWord.DESTROY, StateWord.DESTROYED);
    }

    /** Says that the calling thread is about to take an armed state and to call back. */
    final void runBegins() {
        RUNNER.setOpaque(this, TAKING); // AC11 -> AC12: carried by the swap of tryTake, whose effect a canceller sees first
    }

    /**
     * Takes the armed state. False if a start, a cancel or a destroy was faster. Only then is the calling thread in the
     * callback: what interrupted it before is a caller like any other, and not to be refused as the callback is.
     */
    final boolean tryTake(long armed) {
        // AC5 -> AC6: who sees IDLE sees that it runs. AC6 <- AC5: the callback sees what the starter did
        if (!STATE.compareAndSet(this, armed, StateWord.IDLE)) {
            return false;
        }
        RUNNER.setOpaque(this, CALLING); // relaxed: others see only that it runs, a thread looks for its own store
        return true;
    }

    /** The callback has returned, or there was none to call. */
    final void runEnds() {
        RUNNER.setRelease(this, 0); // AC11 -> AC12: who sees it ended sees all the callback did
    }

    /** Whether the callback is running. */
    final boolean isRunning() {
        // AC12 <- AC11: after the state that the run left. AC15 <-> AC15: and after an announcement, hence volatile
        return (int) RUNNER.getVolatile(this) != 0;
    }

    private boolean isOwnCallback() {
        return (int) RUNNER.getOpaque(this) == CALLING && isCallingHere(); // relaxed: a thread looks for its own store
    }

    /** Whether the calling thread is the one that calls back, if the block says that one does. */
    abstract boolean isCallingHere();

    // ------------------------------------------------------------------------------------------------ waiting

    /**
     * Asks, from this block's running callback, whether it may wait for another's. If so, the wait is announced until
     * {@link #waitsNoMore()}. Of callbacks that would wait for each other, in a circle of any length, at least one is told
     * no; a callback that is waited for by somebody outside of the circle is not.
     *
     * @param block the block to wait for
     * @return false if the wait would lead back to this block's callback
     */
    public final boolean mayWaitFor(BpfAsyncCb block) {
        if (block == this) {
            return false;
        }
        WAITS_FOR.setVolatile(this, block); // AC15 <-> AC15: announced before the others' announcements are read
        BpfAsyncCb awaited = block;
        for (int i = 0; i < MAX_CHAIN; i++) {
            if (awaited == null || !awaited.isRunning()) {
                return true;
            }
            awaited = (BpfAsyncCb) WAITS_FOR.getVolatile(awaited); // AC15 <-> AC15: one of them sees all the others
            if (awaited == this) {
                break;
            }
        }
        waitsNoMore();
        return false;
    }

    /** Takes the announcement back. */
    public final void waitsNoMore() {
        WAITS_FOR.setRelease(this, null); // relaxed: seen late, a wait is refused that would have been short
    }

    /**
     * Waits: spins, yields, then sleeps in between.
     *
     * @param condition what must become false by itself
     */
    static void awaitWhile(BooleanSupplier condition) {
        boolean interrupted = false;
        for (int i = 0; condition.getAsBoolean(); i++) {
            if (i < SPINS) {
                Thread.onSpinWait();
            } else if (i < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(PARK_NS);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
