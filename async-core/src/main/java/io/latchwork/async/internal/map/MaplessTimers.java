// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.AsyncTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ExpiryCallback;
import io.latchwork.async.Status;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.BpfHrtimer;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.rcu.RcuSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Where the control blocks of the timers without a map belong. They are allocated with their timers. */
public final class MaplessTimers extends BlockStore<BpfHrtimer> {
    private static final VarHandle MADE;

    static {
        try {
            MADE = MethodHandles.lookup().findVarHandle(MaplessTimers.class, "made", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int made;

    /**
     * A store without timers.
     *
     * @param context what the runtime's timers share
     */
    public MaplessTimers(MapContext context) {
        super(context, Integer.MAX_VALUE, 0);
    }

    @Override
    BpfHrtimer newBlock(int poolIndex) {
        return new BpfHrtimer(this, poolIndex, context.rcu(), LATCH_SLOTS);
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public void call(Object callback, Object key, Object value) {
        ((ExpiryCallback) callback).expired((AsyncTimer) key);
    }

    /**
     * Makes a timer that is initialised and bound.
     *
     * @param prog the program
     * @param callback its callback
     * @param clock the clock of its deadlines
     * @param leewayNs how much later it may fire
     * @return the timer
     * @throws io.latchwork.async.StatusException ENOMEM or ENOENT
     */
    public MaplessTimer newTimer(ProgImpl prog, ExpiryCallback callback, ClockId clock, long leewayNs) {
        BpfHrtimer block = take();
        if (block == null) {
            Status.ENOMEM.orThrow();
        }
        MaplessTimer timer = new MaplessTimer(this, block);
        block.begin(homeBase(), clock, leewayNs, timer, null);
        block.confirm();
        RcuSlot section = context.rcu().readLock();
        Status bound;
        try {
            bound = block.bind(prog, callback);
        } finally {
            section.unlock();
        }
        if (bound.isRefusal()) {
            timer.close();
            bound.orThrow();
        }
        return timer;
    }

    /** The base that the maker is bound to, or else each in turn. */
    private TimerBase homeBase() {
        TimerBase bound = context.boundBase();
        return bound != null ? bound : context.homeBase((int) MADE.getAndAdd(this, 1) << 1); // relaxed: spreads, orders nothing
    }

    /**
     * Adds the blocks to the books.
     *
     * @param books where to
     */
    public void count(Books books) {
        books.blocks += inUse();
    }

    /**
     * Tells whether every block has gone the whole way.
     *
     * @return false while one is in use or waits for a grace period
     */
    public boolean isDrained() {
        return inUse() == 0;
    }
}
