// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.TimeLine;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.rcu.Rcu;

/**
 * A real map of one element on a real base: the parts of a runtime that was built and not launched, with small reader
 * tables, because jcstress makes very many of them.
 */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public abstract class MapRig {
    static final Integer KEY = 1;

    final Rcu rcu = Rcu.builder().manual().ownedSlots(4).leasedSlots(0).counterStripes(1).build();
    final TimeLine time = new TimeLine(new ManualClock());
    final TimerBase base = new TimerBase("base", time, rcu, () -> { });
    final HashMapImpl<Integer, String> map = new HashMapImpl<>(
        new MapContext(this, rcu, time, new TimerBase[] {base}, new Quota(Long.MAX_VALUE), MapRig::failed), "m", 1, 1);
    final ProgImpl prog = new ProgImpl(this, "program", this::unloaded, rcu, ProgImpl::unload);
    final BpfTimer<Integer, String> timer;
    int fired;
    int unloads;

    MapRig() {
        check(map.update(KEY, "value"));
        timer = map.lookup(KEY).timer();
    }

    private static void failed(String program, String map, Throwable error) {
        throw new AssertionError(program, error);
    }

    private void unloaded() {
        unloads++;
    }

    static void check(Status status) {
        if (status != Status.OK) {
            throw new AssertionError(status);
        }
    }

    final Status init() {
        return timer.init(map, ClockId.MONOTONIC);
    }

    final Status bind() {
        return timer.setCallback(prog, (ofMap, key, value) -> fired++);
    }

    /** One duty cycle of the base's owner. */
    final void work() {
        try {
            base.agent().doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Runs all that is left, then tells whether every block and element is back in its pool. */
    final boolean settles() {
        work();
        rcu.reclaim();
        rcu.reclaim();
        return map.isDrained() && map.poolsAreFull();
    }
}
