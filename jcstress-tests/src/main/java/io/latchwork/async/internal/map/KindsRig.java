// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.TimeLine;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.rcu.Rcu;

/** A real base for maps of any kind; as {@link MapRig}, without a map of its own. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public abstract class KindsRig {
    final Rcu rcu = Rcu.builder().manual().ownedSlots(4).leasedSlots(0).counterStripes(1).build();
    final TimeLine time = new TimeLine(new ManualClock());
    final TimerBase base = new TimerBase("base", time, rcu, () -> { });
    final MapContext context =
        new MapContext(this, rcu, time, new TimerBase[] {base}, new Quota(Long.MAX_VALUE), KindsRig::failed);
    final ProgImpl prog = new ProgImpl(this, "program", () -> { }, rcu, ProgImpl::unload);
    int fired;

    private static void failed(String program, String map, Throwable error) {
        throw new AssertionError(program, error);
    }

    /** A timer that is due at once. Returns the first refusal, or OK. */
    final <K> Status arm(BpfMap<K, String> map, BpfTimer<K, String> timer) {
        Status status = timer.init(map, ClockId.MONOTONIC);
        if (status == Status.OK) {
            status = timer.setCallback(prog, (ofMap, key, value) -> fired++);
        }
        return status == Status.OK ? timer.start(0, 0) : status;
    }

    /** Runs all that is left. */
    final void settle() {
        try {
            base.agent().doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        rcu.reclaim();
        rcu.reclaim();
    }

    /** Closes a map and tells whether all of it is back where it came from. */
    final boolean closes(MapCore<?, ?> map) {
        map.close();
        settle();
        return map.isDrained() && map.poolsAreFull();
    }

    /** Whether a map has this one user reference, and no other; it has none afterwards. */
    static boolean hasOneUser(UserRefs map) {
        return map.release() == Status.OK && map.release() == Status.ENOENT;
    }
}
