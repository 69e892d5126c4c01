// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.Agent;

/** A base: one queue of armed timers under one lock, and the thread that runs what is due. */
final class LockedBase implements Agent {
    private static final VarHandle FINISHED;
    private static final long AWAKE = Long.MIN_VALUE;
    private static final int WAIT_SPINS = 200;
    private static final int WAIT_YIELDS = 100;
    private static final long WAIT_PARK_NS = 20_000;

    static {
        try {
            FINISHED = MethodHandles.lookup().findVarHandle(LockedBase.class, "finished", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final BaseLock lock;
    private final TimeBase time;
    private final String name;
    private final TimerHeap heap = new TimerHeap();
    private int reserved;
    /** Counts arms; see {@link HeapEntry#order}. */
    private long order;
    /** When the owner means to wake up, or {@link #AWAKE}. */
    private long sleepsUntil = AWAKE;
    /** The block whose callback runs, or null. */
    private TimerBlock<?, ?> running;
    /** Counts callbacks that were started; the number of the one that runs. */
    private long started;
    /** Counts callbacks that returned. Written under the lock, read by anybody. */
    private long finished;
    private volatile boolean stopped;

    LockedBase(BaseLockKind kind, TimeBase time, String name) {
        this.lock = new BaseLock(kind);
        this.time = time;
        this.name = name;
    }

    /** Makes room for so many more timers. */
    void reserve(int timers) {
        lock.lock();
        try {
            heap.reserve(reserved + timers);
            reserved += timers;
        } finally {
            lock.unlock();
        }
    }

    /** Arms or re-arms in place. The caller holds the slot lock. OK, REARMED or ECANCELED. */
    Status arm(TimerBlock<?, ?> block, long deadline) {
        lock.lock();
        boolean queued = block.index != HeapEntry.NOT_QUEUED;
        if (block.stopped && !queued && isOwnCallback(block)) {
            lock.unlock();
            return Status.ECANCELED;
        }
        block.stopped = false;
        block.order = ++order;
        if (heap.put(block, deadline) && deadline < sleepsUntil) {
            sleepsUntil = AWAKE;
            lock.unlockAndWake();
        } else {
            lock.unlock();
        }
        return queued ? Status.REARMED : Status.OK;
    }

    /** Disarms without waiting, and stops a running callback from starting itself. The caller holds the slot lock. */
    Status disarm(TimerBlock<?, ?> block) {
        Status outcome = Status.CANCELLED;
        lock.lock();
        boolean runs = running == block;
        boolean queued = block.index != HeapEntry.NOT_QUEUED;
        if (queued) {
            heap.remove(block);
        } else {
            outcome = runs ? Status.RUNNING : Status.IDLE;
        }
        block.stopped |= runs && block.callback != null && !isOwnCallback(block);
        lock.unlock();
        return outcome;
    }

    /** Whether the calling thread is in the callback of a block. */
    private boolean isOwnCallback(TimerBlock<?, ?> block) {
        return running == block && CallbackContext.ofThread().current == block;
    }

    /**
     * Takes a block out, to be armed on another base, unless its callback is running here. The caller holds the slot lock.
     * REARMED if it was queued, OK if not, null if it stays.
     */
    Status leave(TimerBlock<?, ?> block) {
        lock.lock();
        Status before = running == block ? null : Status.OK;
        if (before != null && block.index != HeapEntry.NOT_QUEUED) {
            heap.remove(block);
            before = Status.REARMED;
        }
        lock.unlock();
        return before;
    }

    /** The deadline of a queued block, or -1. The caller holds the slot lock. */
    long deadlineOf(TimerBlock<?, ?> block) {
        lock.lock();
        long deadline = block.index == HeapEntry.NOT_QUEUED ? -1 : block.deadline;
        lock.unlock();
        return deadline;
    }

    /** Sets what to call back. The caller holds the slot lock. */
    <K, V> void bind(TimerBlock<K, V> block, LockedProgram program, TimerCallback<K, V> callback) {
        lock.lock();
        block.program = program;
        block.callback = callback;
        lock.unlock();
    }

    /**
     * Disarms and unbinds. The caller holds the slot lock and takes over the reference on the program. The result is for
     * {@link #wasQueued} and {@link #run}.
     */
    long unbind(TimerBlock<?, ?> block) {
        lock.lock();
        long queued = unbindLocked(block) ? 1 : 0;
        long run = running == block ? started : 0;
        lock.unlock();
        return run << 1 | queued;
    }

    /** Whether an expiry was taken back. */
    static boolean wasQueued(long unbound) {
        return (unbound & 1) != 0;
    }

    /** The number of the run that was going on, or 0. */
    static long run(long unbound) {
        return unbound >>> 1;
    }

    /** Disarms, unbinds and frees, at once or when the running callback returned. The caller holds the slot lock. */
    <K, V> void detach(TimerBlock<K, V> block) {
        lock.lock();
        unbindLocked(block);
        boolean free = running != block;
        block.detached = !free;
        lock.unlock();
        if (free) {
            block.map.pool().free(block);
        }
    }

    private boolean unbindLocked(TimerBlock<?, ?> block) {
        block.stopped = false;
        block.program = null;
        block.callback = null;
        boolean queued = block.index != HeapEntry.NOT_QUEUED;
        if (queued) {
            heap.remove(block);
        }
        return queued;
    }

    /** The number of the callback run that is going on, or 0 if there is none. */
    long currentRun() {
        lock.lock();
        long run = running == null ? 0 : started;
        lock.unlock();
        return run;
    }

    boolean isFinished(long run) {
        return (long) FINISHED.getAcquire(this) >= run; // LK4 <- LK3: sees what the callback did
    }

    void awaitFinished(long run) {
        for (int tries = 0; !isFinished(run); tries++) {
            if (tries < WAIT_SPINS) {
                Thread.onSpinWait();
            } else if (tries < WAIT_SPINS + WAIT_YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(this, WAIT_PARK_NS);
            }
        }
    }

    /** The first deadline, or {@link TimeBase#NEVER}. */
    long firstDeadline() {
        lock.lock();
        HeapEntry first = heap.first();
        long deadline = first == null ? TimeBase.NEVER : first.deadline;
        lock.unlock();
        return deadline;
    }

    @Override
    public String roleName() {
        return name;
    }

    /** Runs what is due now; what was armed since this call began waits for the next one. */
    @Override
    public int doWork() {
        long now = time.now();
        int done = 0;
        lock.lock();
        long lastOrder = order;
        for (TimerBlock<?, ?> block; (block = firstDue(now, lastOrder)) != null; done++) {
            heap.remove(block);
            runUnlocked(block);
        }
        lock.unlock();
        return done;
    }

    private TimerBlock<?, ?> firstDue(long now, long lastOrder) {
        HeapEntry first = heap.first();
        boolean due = first != null && first.deadline <= now && first.deadline != TimeBase.NEVER && first.order <= lastOrder;
        return due ? (TimerBlock<?, ?>) first : null;
    }

    private <K, V> void runUnlocked(TimerBlock<K, V> block) {
        TimerCallback<K, V> callback = block.callback; // not null: a queued block is bound
        LockedProgram program = block.program;
        running = block;
        started++;
        lock.unlock();
        CallbackContext context = CallbackContext.ofThread();
        TimerBlock<?, ?> outer = context.current;
        LockedBase outerBase = context.base;
        context.current = block;
        context.base = this;
        block.run(callback, program);
        context.current = outer;
        context.base = outerBase;
        lock.lock();
        running = null;
        FINISHED.setRelease(this, started); // LK3 -> LK4: hands what the callback did to who waited for it
        if (block.detached) {
            block.map.pool().free(block);
        }
    }

    /** What the owner thread of a launched runtime does. */
    void runUntilStopped() {
        while (!stopped) {
            if (doWork() == 0) {
                sleep();
            }
        }
    }

    private void sleep() {
        lock.lock();
        long now = time.now();
        HeapEntry first = heap.first();
        long deadline = first == null ? TimeBase.NEVER : first.deadline;
        if (!stopped && deadline > now) {
            sleepsUntil = deadline;
            lock.sleep(deadline - now);
            sleepsUntil = AWAKE;
        }
        lock.unlock();
    }

    /** Makes the owner look again. */
    void wake() {
        lock.lock();
        sleepsUntil = AWAKE;
        lock.unlockAndWake();
    }

    void stop() {
        stopped = true;
        wake();
    }
}
