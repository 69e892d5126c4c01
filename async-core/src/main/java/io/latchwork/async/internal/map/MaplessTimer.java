// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.AsyncTimer;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ExpiryCallback;
import io.latchwork.async.Status;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.async.internal.timer.BpfHrtimer;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.rcu.RcuSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A timer without a map: a place for one control block, which it holds until it is closed. */
public final class MaplessTimer implements AsyncTimer {
    private static final int FLAGS = BpfTimer.TIMER_ABS | BpfTimer.TIMER_CPU_PIN;
    private static final VarHandle BLOCK;

    static {
        try {
            BLOCK = MethodHandles.lookup().findVarHandle(MaplessTimer.class, "block", BpfHrtimer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MaplessTimers store;
    private final MapContext context;
    private BpfHrtimer block;

    MaplessTimer(MaplessTimers store, BpfHrtimer block) {
        this.store = store;
        this.context = store.context;
        BLOCK.setRelease(this, block); // AC34 -> AC35: publishes the block, to whom the timer is handed by a race too
    }

    private BpfHrtimer block() {
        return (BpfHrtimer) BLOCK.getAcquire(this); // AC35 <- AC34: sees the fields of the block
    }

    @Override
    public Status setCallback(BpfProg prog, ExpiryCallback callback) {
        if (callback == null || !(prog instanceof ProgImpl) || !((ProgImpl) prog).belongsTo(context.owner())) {
            return Status.EINVAL;
        }
        RcuSlot section = context.rcu().readLock();
        try {
            BpfHrtimer at = block();
            return at == null ? Status.ENOENT : at.bind((ProgImpl) prog, callback);
        } finally {
            section.unlock();
        }
    }

    @Override
    public Status start(long nsec, int flags) {
        if ((flags & ~FLAGS) != 0) {
            return Status.EINVAL;
        }
        TimerBase pinned = (flags & BpfTimer.TIMER_CPU_PIN) == 0 ? null : context.boundBase();
        RcuSlot section = context.rcu().readLock();
        try {
            BpfHrtimer at = block();
            if (at == null) {
                return Status.ENOENT;
            }
            return pinned == null ? at.start(context.time(), nsec, flags) : at.startOn(context.time(), nsec, flags, pinned);
        } finally {
            section.unlock();
        }
    }

    @Override
    public Status cancelAsync() {
        RcuSlot section = context.rcu().readLock();
        try {
            BpfHrtimer at = block();
            return at == null ? Status.ENOENT : at.cancelAsync();
        } finally {
            section.unlock();
        }
    }

    @Override
    public Status cancel() {
        BpfAsyncCb caller = context.callingBlock();
        if (context.mustNotWait(caller)) {
            return Status.EOPNOTSUPP;
        }
        BpfHrtimer at;
        RcuSlot section = context.rcu().readLock();
        try {
            at = block();
            if (at == null || !at.tryGet()) {
                return Status.ENOENT;
            }
        } finally {
            section.unlock();
        }
        try {
            return at.cancelAndWait(caller);
        } finally {
            at.put();
        }
    }

    @Override
    public void close() {
        close(null);
    }

    /**
     * {@link #close()}, counted.
     *
     * @param tally counts it if it was armed; or null
     */
    public void close(Tally tally) {
        RcuSlot section = context.rcu().readLock();
        try {
            BpfHrtimer last = (BpfHrtimer) BLOCK.getAndSet(this, null); // relaxed: picks one winner; the state word does the rest
            if (last != null) {
                boolean armed = store.destroy(last);
                if (tally != null) {
                    tally.timer(armed);
                }
            }
        } finally {
            section.unlock();
        }
    }

    /**
     * Tells whether the timer is closed.
     *
     * @return true for ever once it is
     */
    public boolean isGone() {
        return block() == null;
    }

    /**
     * Tells whether the timer is armed now.
     *
     * @return a snapshot
     */
    public boolean isArmed() {
        RcuSlot section = context.rcu().readLock();
        try {
            BpfHrtimer at = block();
            return at != null && at.armedEntry(context.time()) != null;
        } finally {
            section.unlock();
        }
    }
}
