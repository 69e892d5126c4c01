// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.LincheckSizes;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The life of a work on the real engine against a plain model, through the public calls. Passing on and running are one
 * operation, since what is passed on when is nobody's business; starts are in one group for the same reason as a timer's. RUNNING
 * is taken for IDLE: in a sequential world nothing runs.
 */
public class WorkLifeLincheckTest {

    @BeforeAll
    static void linkOnce() {
        final Life life = new Life();
        life.init();
        life.setCallback();
        life.start();
        life.run();
        life.cancelAsync();
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

    private static Status quiet(final Status status) {
        return status == Status.RUNNING ? Status.IDLE : status;
    }

    /** An element that lives. */
    public static class Life {
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> map = LincheckSizes.unobserved(rig::newMap);
        private final MapElement<Integer, Integer> element = LincheckSizes.unobserved(() -> rig.elementOf(map));

        /** One thread only: a second init is answered EBUSY while the first is between its steps and others see EINVAL. */
        @Operation(nonParallelGroup = "initialiser")
        public Status init() {
            return EngineRig.initWork(element, map);
        }

        @Operation(nonParallelGroup = "starter")
        public Status setCallback() {
            return rig.setWork(element);
        }

        @Operation(nonParallelGroup = "starter")
        public Status start() {
            return element.wq().start();
        }

        @Operation
        public Status cancelAsync() {
            return quiet(element.wq().cancelAsync());
        }

        @Operation(nonParallelGroup = "starter", blocking = true)
        public Status cancel() {
            return element.wq().cancel();
        }

        @Operation(nonParallelGroup = "workers")
        public int run() {
            final int before = rig.fired();
            rig.cycle();
            rig.kworker();
            return rig.fired() - before;
        }
    }

    /** A work with a callback, in an element that is deleted. */
    public static class LifeAndDeath {
        private static final int GONE = -1;
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> map = LincheckSizes.unobserved(rig::newMap);
        private final MapElement<Integer, Integer> element = LincheckSizes.unobserved(() -> rig.elementOf(map));

        public LifeAndDeath() {
            EngineRig.initWork(element, map);
            rig.setWork(element);
        }

        @Operation(nonParallelGroup = "starter")
        public Status setCallback() {
            return rig.setWork(element);
        }

        /** A run that a delete overtakes took place, though run says GONE: whether it did is not told by a start here. */
        @Operation(nonParallelGroup = "starter")
        public Status start() {
            final Status status = element.wq().start();
            return status == Status.PENDING ? Status.OK : status;
        }

        @Operation
        public Status cancelAsync() {
            return quiet(element.wq().cancelAsync());
        }

        @Operation
        public Status delete() {
            return map.delete(1);
        }

        /** While a delete is under way, others are told that the element is gone, and the work may still run. */
        @Operation(nonParallelGroup = "workers")
        public int run() {
            final int before = rig.fired();
            rig.cycle();
            rig.kworker();
            final int ran = rig.fired() - before;
            return element.key() == null ? GONE : ran;
        }

        @Operation(nonParallelGroup = "workers", blocking = true)
        public void reclaim() {
            rig.rcu().reclaim();
        }
    }

    /** The plain work. */
    public static class LifeSpec {
        boolean initialised;
        boolean bound;
        boolean deleted;
        private boolean pending;

        public Status init() {
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

        public Status start() {
            if (usable() == Status.OK && !bound) {
                return Status.EINVAL;
            }
            final boolean was = pending;
            pending = bound;
            return usable() == Status.OK && was ? joined() : usable();
        }

        Status joined() {
            return Status.PENDING;
        }

        public Status cancelAsync() {
            if (usable() != Status.OK) {
                return usable();
            }
            final boolean was = pending;
            pending = false;
            return was ? Status.CANCELLED : Status.IDLE;
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

        public int run() {
            if (deleted) {
                return LifeAndDeath.GONE;
            }
            final boolean was = pending;
            pending = false;
            return was ? 1 : 0;
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
        Status joined() {
            return Status.OK;
        }
    }
}
