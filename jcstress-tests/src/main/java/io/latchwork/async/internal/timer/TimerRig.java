// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.irqwork.Raiser;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;

/**
 * A real base with one real control block, bound and idle, on a clock that stands at 0: the parts of a runtime that was
 * built and not launched, with small reader tables, because jcstress makes very many of them.
 */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public abstract class TimerRig {
    final ManualClock clock = new ManualClock();
    final Rcu rcu = Rcu.builder().manual().ownedSlots(4).leasedSlots(0).counterStripes(1).build();
    final TimerBase base;
    final CbHome home = new Home();
    final BpfHrtimer block = new BpfHrtimer(home, 0, rcu, 4);
    /** What the callback counts and sees; written by the owner alone. */
    int fired;
    int data;
    int dataSeen;

    private static final class Home implements CbHome {
        @Override
        public String name() {
            return "no map";
        }

        @Override
        public void call(Object callback, Object key, Object value) {
            ((Runnable) callback).run();
        }

        @Override
        public void onError(String program, Throwable error) {
            throw new AssertionError(program, error);
        }

        @Override
        public void recycled(int poolIndex) {
        }
    }

    TimerRig() {
        this(() -> { });
    }

    TimerRig(Raiser raiser) {
        base = new TimerBase("base", new TimeLine(clock), rcu, raiser);
        begin(block);
    }

    final void begin(BpfHrtimer timer) {
        timer.begin(base, "key", "value");
        timer.confirm();
        bind(timer);
    }

    /** Sets the callback that counts. */
    final void bind() {
        bind(block);
    }

    private void bind(BpfHrtimer timer) {
        RcuSlot section = rcu.readLock();
        Status bound = timer.bind(new ProgImpl(this, "program", () -> { }, rcu, prog -> { }), (Runnable) () -> {
            fired++;
            dataSeen = data;
            deed();
        });
        section.unlock();
        if (bound != Status.OK) {
            throw new AssertionError(bound);
        }
    }

    /** What the callback does besides. */
    void deed() {
    }

    /** One duty cycle of the base's owner. */
    final void work() {
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

    final Status cancelAsync() {
        RcuSlot section = rcu.readLock();
        Status status = block.cancelAsync();
        section.unlock();
        return status;
    }

    /** Steps the clock and lets the owner work until everything due has fired. */
    final void workUntil(long time) {
        clock.set(time);
        work();
        work();
    }
}
