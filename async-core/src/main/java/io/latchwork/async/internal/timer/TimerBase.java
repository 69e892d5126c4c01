// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.irqwork.DeadlineSource;
import io.latchwork.irqwork.IrqWorkQueue;
import io.latchwork.irqwork.IrqWorker;
import io.latchwork.irqwork.Raiser;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.Agent;

/**
 * One expiry queue with its one owner thread: the hrtimer base of a CPU, in the kernel's terms.
 *
 * <p>The owner's duty cycle runs the queued control blocks, then fires what is due, in exact deadline order, inside one
 * read section.
 */
public final class TimerBase implements DeadlineSource {
    private static final VarHandle RUNNING;
    private static final VarHandle WAITS_FOR;
    private static final VarHandle OWNER;
    private static final VarHandle NEXT_DEADLINE;
    private static final int MAX_CHAIN = 64;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RUNNING = lookup.findVarHandle(TimerBase.class, "running", BpfAsyncCb.class);
            WAITS_FOR = lookup.findVarHandle(TimerBase.class, "waitsFor", BpfAsyncCb.class);
            OWNER = lookup.findVarHandle(TimerBase.class, "owner", Thread.class);
            NEXT_DEADLINE = lookup.findVarHandle(TimerBase.class, "nextDeadline", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TimeLine time;
    private final Rcu rcu;
    private final IrqWorkQueue works;
    private final IrqWorker worker;
    private final ExpiryHeap heap = new ExpiryHeap();
    private final CbLifetime.Bound bound = new CbLifetime.Bound();
    private RcuSlot section;
    private BpfAsyncCb running;
    private BpfAsyncCb waitsFor;
    private Thread owner;
    private long nextDeadline = Long.MAX_VALUE;

    /**
     * A base with nothing in it.
     *
     * @param name the role name of its agent
     * @param time where deadlines are measured
     * @param rcu the domain of its read sections
     * @param raiser wakes the owner
     */
    public TimerBase(String name, TimeLine time, Rcu rcu, Raiser raiser) {
        this.time = time;
        this.rcu = rcu;
        this.works = new IrqWorkQueue(raiser, (work, error) -> {
            throw new AssertionError("a control block never throws", error);
        });
        this.worker = new IrqWorker(name, works, this);
    }

    /**
     * What the owner thread runs.
     *
     * @return the same agent always
     */
    public Agent agent() {
        return worker;
    }

    /**
     * Tells whether nothing waits for the owner's next duty cycle.
     *
     * @return false if a block is queued
     */
    public boolean isQuiet() {
        return works.isEmpty();
    }

    /**
     * Queues a block for the owner to look at, and raises the owner whatever the outcome: a caller that returns has
     * not left that to one who may be stalled.
     *
     * @param block the block; a reference travels with it when the outcome is QUEUED
     * @return the outcome
     */
    IrqWorkQueue.Outcome queue(BpfAsyncCb block) {
        return works.queueHard(block);
    }

    // -------------------------------------------------------------------------------------------------- owner

    @Override
    public void onEnter() {
        OWNER.setOpaque(this, Thread.currentThread()); // relaxed: a thread only looks for itself here
        section = rcu.readLock();
    }

    @Override
    public void onExit() {
        publishNextDeadline();
        section.unlock();
    }

    @Override
    public int runDue() {
        if (heap.size() == 0) {
            return 0;
        }
        long now = time.now();
        int work = 0;
        while (heap.firstKey() <= now) {
            surfaced(heap.first(), now);
            work++;
        }
        return work;
    }

    @Override
    public long nextDeadlineNs() {
        return works.isEmpty() ? time.toClock((long) NEXT_DEADLINE.getAcquire(this)) // AC14 <- AC13: a snapshot
            : time.clock().nanoTime();
    }

    /** A queued block: make the expiry queue agree with its state. */
    void look(BpfAsyncCb block) {
        long state = block.state();
        if (StateWord.isArmed(state)) {
            enqueueBy(block, StateWord.deadline(state));
        } else if (state == StateWord.DESTROY && block.tryDestroyed() && block.heapIndex != ExpiryHeap.NOT_QUEUED) {
            heap.remove(block);
            block.unqueued();
        }
    }

    private void enqueueBy(BpfAsyncCb block, long deadline) {
        if (deadline >= block.queuedDeadline()) {
            return; // the entry surfaces in time
        }
        if (block.heapIndex == ExpiryHeap.NOT_QUEUED) {
            heap.insert(block, deadline);
        } else {
            heap.move(block, deadline);
        }
        block.queuedUntil(deadline);
    }

    /** The first entry is due: fire it, or put it where its state wants it, or drop it. */
    private void surfaced(BpfAsyncCb block, long now) {
        heap.remove(block);
        block.unqueued();
        for (;;) {
            long state = block.state();
            if (!StateWord.isArmed(state)) {
                return;
            }
            long deadline = StateWord.deadline(state);
            if (deadline > now || deadline > heap.firstKey()) {
                enqueueBy(block, deadline); // pushed out meanwhile, or others come first
                return;
            }
            if (!block.readBinding(bound)) {
                return; // a cancel is dropping the callback: it, or the bind after it, deals with the armed state
            }
            if (fire(block, state)) {
                return;
            }
        }
    }

    private boolean fire(BpfAsyncCb block, long armed) {
        RUNNING.setOpaque(this, block); // AC11 -> AC12: carried by the swap below, whose effect a canceller sees first
        boolean taken = block.tryExpire(armed);
        if (taken) {
            block.readBinding(bound); // again: a setCallback may have returned since; a cancel since then waits for this call
            block.call(bound);
        }
        RUNNING.setRelease(this, null); // AC11 -> AC12: who sees it ended sees all the callback did
        return taken;
    }

    private void publishNextDeadline() {
        long first = heap.firstKey();
        if (first != (long) NEXT_DEADLINE.get(this)) { // plain: the owner reads its own store
            NEXT_DEADLINE.setRelease(this, first); // AC13 -> AC14: what was queued at that time is visible
        }
    }

    // ----------------------------------------------------------------------------------------------- cancellers

    /**
     * Tells whether a block's callback is running.
     *
     * @param block the block
     * @return true if it is
     */
    boolean isRunning(BpfAsyncCb block) {
        return (BpfAsyncCb) RUNNING.getAcquire(this) == block; // AC12 <- AC11: after the state that expiry left
    }

    /**
     * Tells whether the calling thread is inside a callback of this base.
     *
     * @return true if it is
     */
    public boolean isCallingThread() {
        return (Thread) OWNER.getOpaque(this) == Thread.currentThread() // relaxed: a thread looks for its own store
            && (BpfAsyncCb) RUNNING.getOpaque(this) != null; // relaxed: as above
    }

    /**
     * Asks, for this base's running callback, whether it may wait for a block's callback. If so, the wait is announced
     * until {@link #waitsNoMore()}. Of two callbacks that would wait for each other at least one is told no.
     *
     * @param block the block to wait for
     * @return false if the wait would lead back to this base's callback
     */
    boolean mayWaitFor(BpfAsyncCb block) {
        BpfAsyncCb self = (BpfAsyncCb) RUNNING.getOpaque(this); // relaxed: the owner reads its own store
        if (block == self) {
            return false;
        }
        WAITS_FOR.setVolatile(this, block); // AC15 <-> AC15: announced before the others' announcements are read
        BpfAsyncCb awaited = block;
        for (int i = 0; i < MAX_CHAIN && awaited != null && awaited.base().isRunning(awaited); i++) {
            awaited = (BpfAsyncCb) WAITS_FOR.getVolatile(awaited.base()); // AC15 <-> AC15: one of two sees the other
            if (awaited == self) {
                waitsNoMore();
                return false;
            }
        }
        return true;
    }

    void waitsNoMore() {
        WAITS_FOR.setRelease(this, null); // relaxed: seen late, a wait is refused that would have been short
    }
}
