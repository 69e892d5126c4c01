// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.Status;
import io.latchwork.irqwork.IrqWorkQueue;
import io.latchwork.rcu.Rcu;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The control block behind a work: who has it in hand, and how often it ran. */
public final class BpfWork extends BpfAsyncCb {
    /*
     * exec word
     * bits 63..2  runs that are over
     * bit  1      RUNNING: the pending state was taken, the callback is being called
     * bit  0      OWNED: the item is in the kworkers' queue, with an executor, or being run
     *
     * Algorithm. The state word says what is wanted: armed means pending. A start that finds the item owned does no more: the
     * owner, when it lets go, first clears OWNED and then looks at the state (Dekker: one sees the other). Else the start
     * queues the block to its home base, which claims OWNED and passes the item on to the kworkers: their queue is not one
     * that a caller, who may have interrupted another one, could touch.
     *
     * A run: announce it (runner), read the pair, state pending -> IDLE, RUNNING, read the pair again, call, runner = null,
     * count. The announcement comes first, so that who finds the state taken sees the run; and before the first reading, so
     * that a cancel that comes later waits before it empties the cell. If the cell is found empty, an earlier cancel is
     * emptying it: the item stays pending and is let go; that cancel takes it back, or a setCallback that comes after it tells.
     *
     * Invariants
     *   W1  whoever has the item in hand has claimed OWNED, and holds a reference: so no two runs at once.
     *   W2  while OWNED is set its owner alone writes exec.
     *   W3  pending and not owned: a start, or a bind, is about to tell; or a cancel, about to take it back.
     */
    private static final long OWNED = 1;
    private static final long RUNNING = 2;
    private static final long PENDING = StateWord.armed(0);

    private static final VarHandle EXEC;
    private static final VarHandle CALLER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            EXEC = lookup.findVarHandle(BpfWork.class, "exec", long.class);
            CALLER = lookup.findVarHandle(BpfWork.class, "caller", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Workqueue workqueue;
    private TimerBase base; // written before the block is published, and not again before a grace period has passed
    private long exec;
    private Thread caller;

    /**
     * A block in its pool.
     *
     * @param home where it goes back to
     * @param poolIndex its place there
     * @param rcu the domain whose grace periods it waits for
     * @param slots slots of the binding cell
     * @param workqueue who runs it
     */
    public BpfWork(CbHome home, int poolIndex, Rcu rcu, int slots, Workqueue workqueue) {
        super(home, poolIndex, rcu, slots);
        this.workqueue = workqueue;
    }

    /**
     * Begins a life: the map's reference, no callback, not pending. The caller publishes the block, and then confirms it.
     *
     * @param homeBase the base that passes it on
     * @param ofKey the key for the callback
     * @param ofValue the value for the callback
     */
    public void begin(TimerBase homeBase, Object ofKey, Object ofValue) {
        base = homeBase;
        begin(ofKey, ofValue);
    }

    @Override
    void endLife() {
        // nobody owns it, since an owner has a reference; runs are counted on
    }

    // ------------------------------------------------------------------------------------------------ callers

    /**
     * Makes the work pending.
     *
     * @return OK, PENDING, EINVAL without a callback, ENOENT or ECANCELED
     */
    public Status start() {
        Status status = arm(PENDING); // also when it is pending: the run to come must see what this caller wrote
        return status == Status.REARMED ? Status.PENDING : status;
    }

    @Override
    void told(long armed) {
        // AC82 <-> AC83: after the state was written; else an owner that is letting go and this start miss each other
        if (((long) EXEC.getVolatile(this) & OWNED) == 0 && tryGet() && base.queue(this) != IrqWorkQueue.Outcome.QUEUED) {
            put(); // a pending run begins later and sees the new state; a closed base runs nothing any more
        }
    }

    @Override
    public boolean destroy() {
        boolean pending = StateWord.isArmed(end(StateWord.DESTROYED));
        put(); // whoever has the item in hand has a reference of his own
        return pending;
    }

    /**
     * Tells whether it is pending and not running as well; a snapshot.
     *
     * @return true if only pending
     */
    public boolean isOnlyPending() {
        return StateWord.isArmed(stateNow()) && !isRunning();
    }

    // ------------------------------------------------------------------------------------------------ flushing

    /** What a flush waits for. One thread's own. */
    private static final class Awaited {
        private boolean running;
        private boolean pending;
        private long runs;
    }

    /**
     * Waits until what is pending or running at some moment of the call is over, or was taken back. Called outside of any
     * section of the caller's own, with a reference held.
     *
     * @param caller the block whose callback is calling, or null
     * @return OK, IDLE, EINVAL, ENOENT or EDEADLK
     */
    public Status flush(BpfAsyncCb caller) {
        Status refused = refusalToUse();
        if (refused != null) {
            return refused;
        }
        if (caller != null && !caller.mayWaitFor(this)) {
            return Status.EDEADLK;
        }
        try {
            return flush(new Awaited());
        } finally {
            if (caller != null) {
                caller.waitsNoMore();
            }
        }
    }

    private Status flush(Awaited awaited) {
        awaitWhile(() -> !snapshot(awaited));
        if (!awaited.running && !awaited.pending) {
            return Status.IDLE;
        }
        if (awaited.pending && workqueue.isOnlyKworker()) {
            return Status.EDEADLK; // its turn comes after the caller's
        }
        awaitWhile(() -> !isOver(awaited.runs));
        return Status.OK;
    }

    /**
     * Takes down whether it is running, whether it is pending, and how many runs will be over when both are. False if a run is
     * between its announcement and its taking, so that it can not be told which of the two it is. The order of the four reads
     * matters: a run that took before the state was read, and is not in exec yet, is seen in runner.
     */
    private boolean snapshot(Awaited awaited) {
        long before = exec();
        awaited.running = (before & RUNNING) != 0;
        awaited.pending = StateWord.isArmed(state());
        boolean announced = isRunning();
        if (exec() != before || announced && !awaited.running) {
            return false;
        }
        awaited.runs = runsOver(before) + (awaited.running ? 1 : 0) + (awaited.pending ? 1 : 0);
        return true;
    }

    /** True if that many runs are over, or nothing is pending or running any more. */
    private boolean isOver(long runs) {
        if (runsOver(exec()) >= runs) {
            return true;
        }
        // in this order: who took the pending state had announced itself, and counts after it takes that back
        return !StateWord.isArmed(state()) && !isRunning() && (exec() & RUNNING) == 0;
    }

    private long exec() {
        return (long) EXEC.getVolatile(this); // AC85 <- AC84: who sees a run counted sees all it did
    }

    private static long runsOver(long exec) {
        return exec >>> 2;
    }

    // ------------------------------------------------------------------------------------------------ the base's owner

    @Override
    protected void run() {
        if (!StateWord.isArmed(state()) || !passOn()) {
            put();
        }
    }

    /** Claims the item and queues it, with the caller's reference. False if somebody else has it in hand. */
    private boolean passOn() {
        long seen = exec();
        // AC85 <- AC84: the next run sees what the last one did
        if ((seen & OWNED) != 0 || !EXEC.compareAndSet(this, seen, seen | OWNED)) {
            return false; // the owner looks at the state after it lets go
        }
        try {
            workqueue.queue(this);
            return true;
        } catch (Throwable noMemory) {
            EXEC.setVolatile(this, seen); // AC84 -> AC85: as letGo, but for the look: the next start tries again
            put();
            throw noMemory;
        }
    }

    // ------------------------------------------------------------------------------------------------ kworkers

    /** Runs the callback if that is still wanted, and lets go of the item. Called once for each queueing, by any thread. */
    public void execute() {
        try {
            if (StateWord.isArmed(state())) {
                BpfWork outer = workqueue.enter(this);
                try {
                    Workqueue.Room room = workqueue.takeRoom();
                    runOnce(room.bound, room.seen);
                    workqueue.giveBack(room); // what a run that throws leaves in it is the collector's
                } finally {
                    workqueue.leave(outer);
                }
            }
        } finally {
            letGo();
        }
    }

    private void runOnce(Bound bound, Bound room) {
        runBegins();
        try {
            if (holdBinding(bound, room) && tryTake(PENDING)) {
                long owned = (long) EXEC.get(this); // plain: the owner alone writes it
                EXEC.setOpaque(this, owned | RUNNING); // relaxed: who sees the run ended sees this, by AC11 -> AC12
                holdBinding(bound, room); // again: a setCallback may have returned since
                CALLER.setOpaque(this, Thread.currentThread()); // relaxed: a thread looks for its own store
                callHeld(bound);
            }
        } finally {
            CALLER.setOpaque(this, null); // relaxed: as above
            dropHeld(bound);
            runEnds();
        }
    }

    private void letGo() {
        long owned = (long) EXEC.get(this); // plain: the owner alone writes it
        long over = owned & RUNNING; // adding it clears it and counts the run
        EXEC.setVolatile(this, owned + over & ~OWNED); // AC83 <-> AC82: before the look at the state. AC84 -> AC85: the run
        // an empty cell: whoever fills it, or is cancelling, deals with the pending state
        if (!StateWord.isArmed(state()) || binding.isEmpty() || !passOn()) {
            put();
        }
    }

    @Override
    boolean isCallingHere() {
        return (Thread) CALLER.getOpaque(this) == Thread.currentThread(); // relaxed: a thread looks for its own store
    }

    /**
     * Reports that an executor refused the item.
     *
     * @param error what it threw
     */
    public void refused(Throwable error) {
        report(boundProgram(), error);
    }
}
