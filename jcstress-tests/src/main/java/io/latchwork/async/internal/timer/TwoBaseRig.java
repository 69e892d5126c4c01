// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;

/** Two real bases with one real control block, bound and idle, whose home is the first of them; else as {@link TimerRig}. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public abstract class TwoBaseRig {
    final ManualClock clock = new ManualClock();
    final Rcu rcu = Rcu.builder().manual().ownedSlots(4).leasedSlots(0).counterStripes(1).build();
    final TimeLine time = new TimeLine(clock);
    final TimerBase oldBase = new TimerBase("old", time, rcu, () -> { });
    final TimerBase newBase = new TimerBase("new", time, rcu, () -> { });
    final BpfHrtimer block = new BpfHrtimer(new Home(), 0, rcu, 4);
    /** Callbacks; each is written by the owner of its base. */
    int firedOnOld;
    int firedOnNew;
    int recycled;

    private final class Home implements CbHome {
        @Override
        public String name() {
            return "no map";
        }

        @Override
        public void call(Object callback, Object key, Object value) {
            if (oldBase.isOwnDutyCycle()) {
                firedOnOld++;
            } else {
                firedOnNew++;
            }
        }

        @Override
        public void onError(String program, Throwable error) {
            throw new AssertionError(program, error);
        }

        @Override
        public void recycled(int poolIndex) {
            recycled++;
        }
    }

    TwoBaseRig() {
        block.begin(oldBase, "key", "value");
        block.confirm();
        RcuSlot section = rcu.readLock();
        Status bound = block.bind(new ProgImpl(this, "program", () -> { }, rcu, prog -> { }), "callback");
        section.unlock();
        if (bound != Status.OK) {
            throw new AssertionError(bound);
        }
    }

    /** One duty cycle of a base's owner. */
    static void work(TimerBase base) {
        try {
            base.agent().doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    final Status start(long deadline) {
        RcuSlot section = rcu.readLock();
        Status status = block.start(deadline);
        section.unlock();
        return status;
    }

    final Status startOnNew(long deadline) {
        RcuSlot section = rcu.readLock();
        Status status = block.startOn(time, deadline, BpfTimer.TIMER_ABS, newBase);
        section.unlock();
        return status;
    }

    final void destroy() {
        RcuSlot section = rcu.readLock();
        block.destroy();
        section.unlock();
    }

    /** Steps the clock and lets both owners work until everything due has fired. */
    final void workUntil(long at) {
        clock.set(at);
        for (int i = 0; i < 3; i++) {
            work(oldBase);
            work(newBase);
        }
    }

    /** Runs what is left, and the grace periods. */
    final void reclaim() {
        workUntil(Long.MAX_VALUE);
        rcu.reclaim();
        rcu.reclaim();
    }
}
