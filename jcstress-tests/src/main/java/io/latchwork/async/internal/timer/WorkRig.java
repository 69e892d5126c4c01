// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real work with its home base, bound and idle, and a queue of kworkers that knows this one item only; in other respects as
 * {@link TimerRig}.
 */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public abstract class WorkRig {
    final Rcu rcu = Rcu.builder().manual().ownedSlots(4).leasedSlots(0).counterStripes(1).build();
    final TimerBase base = new TimerBase("base", new TimeLine(new ManualClock()), rcu, () -> { });
    final BpfWork block = new BpfWork(new Home(), 0, rcu, 4, new Queue());
    private final AtomicInteger queued = new AtomicInteger();
    /** What the callback counts and sees; written by whoever runs it. */
    int runs;
    int data;
    int dataSeen;

    private final class Queue extends Workqueue {
        @Override
        public void queue(BpfWork work) {
            queued.incrementAndGet();
        }

        @Override
        public boolean isOnlyKworker() {
            return false;
        }
    }

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

    WorkRig() {
        block.begin(base, "key", "value");
        block.confirm();
        RcuSlot section = rcu.readLock();
        Status bound = block.bind(new ProgImpl(this, "program", () -> { }, rcu, prog -> { }), (Runnable) this::called);
        section.unlock();
        if (bound != Status.OK) {
            throw new AssertionError(bound);
        }
    }

    /** The callback. */
    void called() {
        runs++;
        dataSeen = data;
    }

    /** One duty cycle of the base's owner. */
    final void cycle() {
        try {
            base.agent().doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What a kworker does, if the item is in the queue. */
    final void kworker() {
        if (queued.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            block.execute();
        }
    }

    final Status start() {
        RcuSlot section = rcu.readLock();
        Status status = block.start();
        section.unlock();
        return status;
    }

    final Status cancelAsync() {
        RcuSlot section = rcu.readLock();
        Status status = block.cancelAsync();
        section.unlock();
        return status;
    }

    /** A start that found the item in nobody's hands, and is late. */
    final void tellBase() {
        if (!block.tryGet()) {
            throw new AssertionError("dead");
        }
        base.queue(block);
    }

    /** Lets everything run that is still to come. */
    final void settle() {
        for (int i = 0; i < 4; i++) {
            cycle();
            kworker();
        }
    }
}
