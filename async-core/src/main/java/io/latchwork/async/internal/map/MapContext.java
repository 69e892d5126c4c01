// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.CallbackErrorHandler;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.async.internal.timer.BpfHrtimer;
import io.latchwork.async.internal.timer.BpfWork;
import io.latchwork.async.internal.timer.TimeLine;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.async.internal.timer.Workqueue;
import io.latchwork.rcu.Rcu;

/**
 * What the maps of a runtime share.
 *
 * @param owner the runtime itself, to tell foreign programs by
 * @param rcu the domain that guards elements and blocks
 * @param time where deadlines are measured
 * @param bases the bases, at least one
 * @param threads which threads are bound to which base
 * @param blockCap the cap on control blocks of all maps and timers together
 * @param works who runs works
 * @param errors told what callbacks throw
 */
public record MapContext(Object owner, Rcu rcu, TimeLine time, TimerBase[] bases, BoundThreads threads, Quota blockCap,
        Workqueue works, CallbackErrorHandler errors) {
    /**
     * A context in which no thread is bound, for tests of the engine.
     *
     * @param owner the runtime itself
     * @param rcu the domain
     * @param time where deadlines are measured
     * @param bases the bases
     * @param blockCap the cap on control blocks
     * @param works who runs works
     * @param errors told what callbacks throw
     */
    public MapContext(Object owner, Rcu rcu, TimeLine time, TimerBase[] bases, Quota blockCap, Workqueue works,
            CallbackErrorHandler errors) {
        this(owner, rcu, time, bases, new BoundThreads(0), blockCap, works, errors);
    }

    /**
     * A context in which no thread is bound and works are never run, for tests of the engine.
     *
     * @param owner the runtime itself
     * @param rcu the domain
     * @param time where deadlines are measured
     * @param bases the bases
     * @param blockCap the cap on control blocks
     * @param errors told what callbacks throw
     */
    public MapContext(Object owner, Rcu rcu, TimeLine time, TimerBase[] bases, Quota blockCap, CallbackErrorHandler errors) {
        this(owner, rcu, time, bases, blockCap, new NoWorks(), errors);
    }

    /** Nobody runs works. */
    private static final class NoWorks extends Workqueue {
        @Override
        public void queue(BpfWork work) {
            throw new UnsupportedOperationException("works");
        }

        @Override
        public boolean isOnlyKworker() {
            return false;
        }
    }

    /** The base on which the timer of an element with this hash expires. */
    TimerBase homeBase(int hash) {
        return bases.length == 1 ? bases[0] : bases[(hash >>> 1 & 0x7fff_ffff) % bases.length];
    }

    /**
     * The base that the calling thread is bound to: the one whose duty cycle it is in, or the one it named.
     *
     * @return null if there is none
     */
    public TimerBase boundBase() {
        for (TimerBase base : bases) {
            if (base.isOwnDutyCycle()) {
                return base;
            }
        }
        int index = threads.find(Thread.currentThread());
        return index < 0 ? null : bases[index];
    }

    /**
     * The block whose callback the calling thread is in.
     *
     * @return null outside of callbacks; in NMI also inside of a work's, where nothing may wait anyway
     */
    public BpfAsyncCb callingBlock() {
        for (TimerBase base : bases) {
            BpfAsyncCb running = base.runningHere();
            if (running != null) {
                return running;
            }
        }
        return rcu.inNmi() ? null : works.runningHere();
    }

    /**
     * Tells whether a call that may wait is to be refused.
     *
     * @param caller the block whose callback is calling, or null
     * @return true in NMI, and in a read section that is not the base's own
     */
    boolean mustNotWait(BpfAsyncCb caller) {
        return rcu.inNmi() || !(caller instanceof BpfHrtimer) && rcu.isReadHeld();
    }

    /**
     * Tells whether a call that may wait for a work is to be refused.
     *
     * @return true in NMI, and in any read section: a base waits for no work
     */
    boolean mustNotWaitForWork() {
        return rcu.inNmi() || rcu.isReadHeld();
    }
}
