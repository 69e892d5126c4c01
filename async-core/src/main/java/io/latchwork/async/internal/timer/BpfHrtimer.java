// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.irqwork.IrqWorkQueue;
import io.latchwork.rcu.Rcu;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The control block behind a timer: where it is queued, and on which base. */
public final class BpfHrtimer extends BpfAsyncCb {
    /*
     * Algorithm. The state word says what is wanted; queued says when the base will look at it: the place (line and
     * deadline) of the entry in the base's queue, or NONE. Arming is one compare-and-set; only if the new place is not
     * behind the queued one must the base be told. The base, whenever it takes the block out of its queue, first declares
     * that (queued = NONE) and then looks at the state: Dekker's handshake, so of a start and a removal that meet, one
     * always sees the other. Cancelling leaves the entry where it is; it is dropped when it surfaces.
     *
     * destroy hands the map's reference to the run it queues, or, when one is pending already, drops it: that run begins
     * later and sees DESTROY.
     *
     * base is the one whose owner may touch the block's entry. Only that owner changes it, when it finds that a pinned start
     * wants the block elsewhere (target); a run that finds itself on the wrong base queues the block on to the right one.
     */
    static final long NONE = Long.MAX_VALUE;

    private static final VarHandle QUEUED;
    private static final VarHandle BASE;
    private static final VarHandle TARGET;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            QUEUED = lookup.findVarHandle(BpfHrtimer.class, "queued", long.class);
            BASE = lookup.findVarHandle(BpfHrtimer.class, "base", TimerBase.class);
            TARGET = lookup.findVarHandle(BpfHrtimer.class, "target", TimerBase.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static final int NOT_QUEUED = -1;
    private static final long AT_ONCE = 0;

    /** The number of the block's entry in its base's expiry queue; the base's owner alone reads and writes it. */
    int entry = NOT_QUEUED;
    /** Which of the base's queues that is; as entry. */
    int line;

    private int leeway; // in steps of the cached clock; as clock
    private ClockId clock; // written before the block is published, and not again before a grace period has passed
    private long queued = NONE;
    private TimerBase base;
    private TimerBase target;

    /**
     * A block in its pool.
     *
     * @param home where it goes back to
     * @param poolIndex its place there
     * @param rcu the domain whose grace periods it waits for
     * @param slots slots of the binding cell
     */
    public BpfHrtimer(CbHome home, int poolIndex, Rcu rcu, int slots) {
        super(home, poolIndex, rcu, slots);
    }

    /**
     * Begins a life on the monotonic clock; see {@link #begin(TimerBase, ClockId, long, Object, Object)}.
     *
     * @param homeBase the base that it will expire on
     * @param ofKey the key for the callback
     * @param ofValue the value for the callback
     */
    public void begin(TimerBase homeBase, Object ofKey, Object ofValue) {
        begin(homeBase, ClockId.MONOTONIC, 0, ofKey, ofValue);
    }

    /**
     * Begins a life: the map's reference, no callback, not armed. The caller publishes the block, and then confirms it.
     *
     * @param homeBase the base that it will expire on
     * @param onClock the clock of its deadlines
     * @param leewayNs how much later than its deadline it may fire, 0 to {@link io.latchwork.async.BpfTimer#MAX_LEEWAY_NS}
     * @param ofKey the key for the callback
     * @param ofValue the value for the callback
     */
    public void begin(TimerBase homeBase, ClockId onClock, long leewayNs, Object ofKey, Object ofValue) {
        BASE.set(this, homeBase); // plain: not published yet; the publishing compare-and-set orders it
        TARGET.set(this, null); // plain: as above
        clock = onClock;
        leeway = (int) (leewayNs >>> CachedClock.TAG_BITS);
        begin(ofKey, ofValue);
    }

    @Override
    void endLife() {
        entry = NOT_QUEUED;
        QUEUED.set(this, NONE); // plain: the pool's hand-over orders it
    }

    TimerBase base() {
        return (TimerBase) BASE.getAcquire(this); // AC33 <- AC32: sees the entry's fields as the last owner left them
    }

    ClockId clock() {
        return clock;
    }

    /** How much later than the deadline that was asked for the state's deadline is. */
    long leewayNs() {
        return (long) leeway << CachedClock.TAG_BITS;
    }

    // ------------------------------------------------------------------------------------------------ callers

    /**
     * Arms or re-arms, on the base where the block is.
     *
     * @param time where deadlines are measured
     * @param nsec nanoseconds from now, or the time on the block's clock
     * @param flags TIMER_ABS or 0
     * @return OK, REARMED, EINVAL without a callback, ENOENT or ECANCELED
     */
    public Status start(TimeLine time, long nsec, int flags) {
        return arm(StateWord.later(time.armed(nsec, flags, clock), leewayNs()));
    }

    /**
     * Arms or re-arms at a time that is given as a deadline.
     *
     * @param deadline nanoseconds since the runtime's origin, 0 to {@link StateWord#NEVER}
     * @return OK, REARMED, EINVAL without a callback, ENOENT or ECANCELED
     */
    public Status start(long deadline) {
        return arm(StateWord.later(StateWord.armed(deadline), leewayNs()));
    }

    /**
     * Arms or re-arms, on a base of the caller's choice.
     *
     * @param time where deadlines are measured
     * @param nsec nanoseconds from now, or the time on the block's clock
     * @param flags TIMER_ABS or 0
     * @param wanted the base
     * @return as {@link #start(TimeLine, long, int)}
     */
    public Status startOn(TimeLine time, long nsec, int flags, TimerBase wanted) {
        Status refused = refusalToArm(); // a refusal changes nothing
        if (refused != null) {
            return refused;
        }
        boolean moves = base() != wanted;
        // relaxed: carried by the compare-and-set of arm(); before it, lest the old base fires what was meant for the new one
        TARGET.setOpaque(this, wanted);
        Status status = arm(StateWord.later(time.armed(nsec, flags, clock), leewayNs()));
        if (moves && !status.isRefusal()) {
            queueToBase(AT_ONCE); // whenever it would have looked by itself
        }
        return status;
    }

    @Override
    void told(long armed) {
        long wanted = StateWord.place(armed);
        // AC7 <-> AC8: after the state was written; else a removal that just began is missed and the start is lost
        long seen = (long) QUEUED.getVolatile(this);
        // earlier, or on the other line
        if (wanted < seen || ((wanted ^ seen) & 1) != 0 && clock == ClockId.REALTIME && seen != NONE) {
            queueToBase(TimeLine.line(armed, clock) == TimeLine.MONO ? StateWord.deadline(armed) : AT_ONCE);
        }
    }

    /** The base will look at the block, by a deadline of its monotonic line at the latest. */
    private void queueToBase(long by) {
        if (tryGet() && base().queue(this, by) != IrqWorkQueue.Outcome.QUEUED) {
            put(); // the pending run, which begins later, sees the new state; a closed base runs nothing any more
        }
    }

    @Override
    public boolean destroy() {
        boolean armed = StateWord.isArmed(end(StateWord.DESTROY));
        if (base().queue(this) != IrqWorkQueue.Outcome.QUEUED) {
            put(); // a pending run begins later and sees DESTROY; a closed base runs nothing any more
        }
        return armed;
    }

    /**
     * What the block waits for, as of now.
     *
     * @param time where deadlines are measured
     * @return null if it is not armed
     */
    public ArmedEntry armedEntry(TimeLine time) {
        long seen = stateNow();
        if (!StateWord.isArmed(seen)) {
            return null;
        }
        int line = TimeLine.line(seen, clock);
        long armed = StateWord.deadline(seen);
        long deadline = armed == StateWord.NEVER ? armed : armed - leewayNs();
        ClockId on = line == TimeLine.WALL ? ClockId.REALTIME : line == TimeLine.BOOT ? ClockId.BOOTTIME : ClockId.MONOTONIC;
        return new ArmedEntry(on, time.toOwnClock(line, deadline), time.toClock(line, deadline));
    }

    @Override
    boolean isCallingHere() {
        return base().runningHere() == this; // while it calls back it stays on its base
    }

    // --------------------------------------------------------------------------------------- the base's owner

    @Override
    protected void run() {
        try {
            TimerBase at = base();
            if (at.isOwnDutyCycle()) {
                at.look(this);
            } else {
                queueToBase(AT_ONCE); // it moved after it was queued here
            }
        } finally {
            put();
        }
    }

    /** See {@link #prefetchLife()}. */
    int prefetch() {
        return line + prefetchLife();
    }

    /** Where a pinned start wants it, or null if it is to stay. */
    TimerBase target() {
        TimerBase wanted = (TimerBase) TARGET.getOpaque(this); // relaxed: a start that came later queues the block once more
        return wanted == base() ? null : wanted;
    }

    /** Hands an entry that is in no queue over to another base, which is told if the block is armed. */
    void moveTo(TimerBase other) {
        BASE.setRelease(this, other); // AC32 -> AC33: hands over the entry's fields
        if (StateWord.isArmed(state())) {
            queueToBase(AT_ONCE);
        }
    }

    /** The place of the entry in the base's queue. */
    long queuedPlace() {
        return (long) QUEUED.get(this); // plain: the owner reads its own store, or one that the hand-over ordered
    }

    /** The base will look at this block at the given place, or before. */
    void queuedAt(long place) {
        QUEUED.setOpaque(this, place); // relaxed: seen late it costs a needless queueing, never a lost start
    }

    /** The base no longer has this block in its queue. Followed by {@link #state()}. */
    void unqueued() {
        QUEUED.setVolatile(this, NONE); // AC8 <-> AC7: before the look at the state; else a start is lost
    }
}
