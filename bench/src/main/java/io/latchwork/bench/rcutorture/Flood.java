// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Very many callbacks at once, each of which queues itself again. Forward progress: a hundred of them must come round
 * three times. Afterwards they stop, and none may be missing.
 */
final class Flood extends Worker {
    private static final int SURVIVORS = 100;
    private static final int SURVIVALS = 3;

    private final AtomicInteger survivors = new AtomicInteger();
    private final AtomicInteger outstanding = new AtomicInteger();
    private volatile boolean ebb;

    Flood(final Run run) {
        super(run, "flood");
    }

    private final class Drop extends Callback {
        private int rounds;

        @Override
        void run() {
            tally.floodCallbacks.increment();
            if (++rounds == SURVIVALS) {
                survivors.incrementAndGet();
            }
            if (ebb) {
                outstanding.decrementAndGet();
            } else {
                flavour.callRcu(this);
            }
        }
    }

    @Override
    void round() throws InterruptedException {
        ebb = false;
        survivors.set(0);
        outstanding.set(0);
        final long before = flavour.gracePeriods();
        for (int i = 0; i < run.knobs.flood && !run.isStopping(); i++) {
            outstanding.incrementAndGet();
            flavour.callRcu(new Drop());
        }
        final boolean progressed = await(() -> survivors.get() >= SURVIVORS, "no forward progress in a flood of callbacks");
        final long passed = flavour.gracePeriods() - before;
        ebb = true;
        flavour.barrier(); // a callback that just missed the ebb is queued once more
        flavour.barrier();
        if (outstanding.get() != 0) {
            run.fail("flood: " + outstanding.get() + " callbacks were lost");
        }
        if (progressed && passed < SURVIVALS) {
            run.fail("flood: callbacks came round " + SURVIVALS + " times in " + passed + " grace periods");
        }
        if (progressed) {
            tally.floods.increment();
        }
        rest(2L * run.knobs.periodMs);
    }
}
