// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.BpfWork;
import io.latchwork.async.internal.timer.TimeLine;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.async.internal.timer.Workqueue;
import io.latchwork.rcu.Rcu;
import java.util.ArrayDeque;
import java.util.Queue;

/** A real map of two elements whose works are run by whoever calls {@link #runAll()}; in other respects as {@link KindsRig}. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public abstract class WorkKindsRig {
    final Rcu rcu = Rcu.builder().manual().ownedSlots(4).leasedSlots(0).counterStripes(1).build();
    final TimeLine time = new TimeLine(new ManualClock());
    final TimerBase base = new TimerBase("base", time, rcu, () -> { });
    private final Queue<BpfWork> queued = new ArrayDeque<>(2); // filled by the base, emptied by who runs it
    final HashMapImpl<Integer, String> map = new HashMapImpl<>(
        new MapContext(this, rcu, time, new TimerBase[] {base}, new Quota(Long.MAX_VALUE), new Works(),
            WorkKindsRig::failed), "m", 2, 2);
    final ProgImpl prog = new ProgImpl(this, "program", () -> { }, rcu, ProgImpl::unload);
    final MapElement<Integer, String> first;
    final MapElement<Integer, String> second;
    int ran;

    private final class Works extends Workqueue {
        @Override
        public void queue(BpfWork work) {
            queued.add(work);
        }

        @Override
        public boolean isOnlyKworker() {
            return false;
        }
    }

    WorkKindsRig() {
        MapRig.check(map.update(1, "value"));
        MapRig.check(map.update(2, "value"));
        first = map.lookup(1);
        second = map.lookup(2);
    }

    private static void failed(String program, String map, Throwable error) {
        throw new AssertionError(program, error);
    }

    final Status bind(MapElement<Integer, String> element) {
        return element.wq().setCallback(prog, (ofMap, key, value) -> ran++);
    }

    /** Runs all that is left. */
    final void runAll() {
        try {
            base.agent().doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        for (BpfWork work = queued.poll(); work != null; work = queued.poll()) {
            work.execute();
        }
        rcu.reclaim();
        rcu.reclaim();
    }

    /** Closes a map and tells whether all of it is back where it came from. */
    final boolean closes(MapCore<?, ?> closed) {
        closed.close();
        runAll();
        return closed.isDrained() && closed.poolsAreFull();
    }
}
