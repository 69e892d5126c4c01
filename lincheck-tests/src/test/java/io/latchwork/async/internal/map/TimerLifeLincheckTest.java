// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.LincheckSizes;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The life of a timer on the real engine against a plain model, through the public calls.
 *
 * <p>Deadlines are absolute, because a start and a step of the clock are one moment each only then. All that queues the
 * block is in one group: a start whose queueing is refused because another call claimed the item first may be overtaken
 * by the base, see {@code IrqWorkQueue.Outcome}. RUNNING is taken for IDLE: in a sequential world nothing runs.
 */
public class TimerLifeLincheckTest {

    @BeforeAll
    static void linkOnce() {
        final Life life = new Life();
        life.init();
        life.setCallback();
        life.start(1);
        life.tick();
        life.cancel();
        new LifeAndDeath().delete();
    }

    @Test
    void initToCancel() {
        LincheckSizes.lockFree(Life::new, LifeSpec.class);
    }

    @Test
    void startToDelete() {
        LincheckSizes.lockFree(LifeAndDeath::new, BoundSpec.class);
    }

    /** An expiry that a delete overtakes took place, though the tick says GONE: whether it did is not told by a start here. */
    private static Status started(final Status status) {
        return status == Status.REARMED ? Status.OK : status;
    }

    private static Status quiet(final Status status) {
        return status == Status.RUNNING ? Status.IDLE : status;
    }

    /** An element that lives. */
    @Param(name = "deadline", gen = IntGen.class, conf = "1:3")
    public static class Life {
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> map = LincheckSizes.unobserved(rig::newMap);
        private final MapElement<Integer, Integer> element = LincheckSizes.unobserved(() -> rig.elementOf(map));
        private int now;

        /** One thread only: a second init is answered EBUSY while the first is between its steps and others see EINVAL. */
        @Operation(nonParallelGroup = "initialiser")
        public Status init() {
            return EngineRig.init(element, map);
        }

        @Operation(nonParallelGroup = "starter")
        public Status setCallback() {
            return rig.setCallback(element);
        }

        @Operation(nonParallelGroup = "starter")
        public Status start(@Param(name = "deadline") final int deadline) {
            return element.timer().start(deadline, BpfTimer.TIMER_ABS);
        }

        @Operation
        public Status cancelAsync() {
            return quiet(element.timer().cancelAsync());
        }

        @Operation(nonParallelGroup = "starter", blocking = true)
        public Status cancel() {
            return element.timer().cancel();
        }

        @Operation(nonParallelGroup = "base")
        public int tick() {
            final int before = rig.fired();
            rig.cycleAt(++now);
            return rig.fired() - before;
        }

        /** A duty cycle at the same time. */
        @Operation(nonParallelGroup = "base")
        public int drain() {
            final int before = rig.fired();
            rig.cycle();
            return rig.fired() - before;
        }
    }

    /** A timer with a callback, in an element that is deleted. */
    @Param(name = "deadline", gen = IntGen.class, conf = "1:3")
    public static class LifeAndDeath {
        private static final int GONE = -1;
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> map = LincheckSizes.unobserved(rig::newMap);
        private final MapElement<Integer, Integer> element = LincheckSizes.unobserved(() -> rig.elementOf(map));
        private int now;

        public LifeAndDeath() {
            EngineRig.init(element, map);
            rig.setCallback(element);
        }

        @Operation(nonParallelGroup = "starter")
        public Status setCallback() {
            return rig.setCallback(element);
        }

        @Operation(nonParallelGroup = "starter")
        public Status start(@Param(name = "deadline") final int deadline) {
            return started(element.timer().start(deadline, BpfTimer.TIMER_ABS));
        }

        /** Not beside a tick: its answer would tell of an expiry that a delete overtook, and the tick does not. */
        @Operation(nonParallelGroup = "base")
        public Status cancelAsync() {
            return quiet(element.timer().cancelAsync());
        }

        @Operation
        public Status delete() {
            return map.delete(1);
        }

        /** While a delete is under way, others are told that the element is gone, and the timer may still fire. */
        @Operation(nonParallelGroup = "base")
        public int tick() {
            final int before = rig.fired();
            rig.cycleAt(++now);
            final int fired = rig.fired() - before;
            return element.key() == null ? GONE : fired;
        }

        /** A duty cycle at the same time; as tick. */
        @Operation(nonParallelGroup = "base")
        public int drain() {
            final int before = rig.fired();
            rig.cycle();
            final int fired = rig.fired() - before;
            return element.key() == null ? GONE : fired;
        }

        /** Busy, or too late. */
        @Operation(nonParallelGroup = "starter")
        public Status init() {
            return EngineRig.init(element, map);
        }

        @Operation(nonParallelGroup = "base", blocking = true)
        public void reclaim() {
            rig.rcu().reclaim();
        }
    }

    /** The plain timer. */
    public static class LifeSpec {
        private static final int NEVER = Integer.MAX_VALUE;
        boolean initialised;
        boolean bound;
        boolean deleted;
        private int deadline = NEVER;
        private int now;

        public Status init() {
            if (deleted) {
                return Status.ENOENT;
            }
            if (initialised) {
                return Status.EBUSY;
            }
            initialised = true;
            return Status.OK;
        }

        private Status usable() {
            return deleted ? Status.ENOENT : initialised ? Status.OK : Status.EINVAL;
        }

        public Status setCallback() {
            bound |= initialised;
            return usable();
        }

        public Status start(final int at) {
            if (usable() == Status.OK && !bound) {
                return Status.EINVAL;
            }
            final boolean armed = deadline != NEVER;
            deadline = bound ? at : NEVER;
            return usable() == Status.OK && armed ? Status.REARMED : usable();
        }

        public Status cancelAsync() {
            if (usable() != Status.OK) {
                return usable();
            }
            final boolean armed = deadline != NEVER;
            deadline = NEVER;
            return armed ? Status.CANCELLED : Status.IDLE;
        }

        public Status cancel() {
            bound = false;
            return cancelAsync();
        }

        public Status delete() {
            final Status status = deleted ? Status.ENOENT : Status.OK;
            deleted = true;
            return status;
        }

        public int tick() {
            now++;
            return drain();
        }

        public int drain() {
            if (deleted) {
                return LifeAndDeath.GONE;
            }
            final boolean due = deadline <= now;
            deadline = due ? NEVER : deadline;
            return due ? 1 : 0;
        }

        public void reclaim() {
        }
    }

    /** The same, initialised and bound from the start. */
    public static class BoundSpec extends LifeSpec {
        public BoundSpec() {
            initialised = true;
            bound = true;
        }

        @Override
        public Status start(final int at) {
            return started(super.start(at));
        }
    }
}
