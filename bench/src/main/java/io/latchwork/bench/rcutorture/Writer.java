// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/** The one thread that publishes items. Keeps the pauses by itself: that is when all items must come home. */
final class Writer extends Worker {
    private final UpdateSide updates = new UpdateSide(run, random);
    private volatile String state = "BEGIN";

    Writer(final Run run) {
        super(run, "writer");
    }

    /** What it does, for reports. */
    String state() {
        return state;
    }

    /** A number that grows unless the writer is stuck. */
    long progress() {
        return tally.updates.sum() + tally.pauses.sum();
    }

    @Override
    boolean pausesByItself() {
        return true;
    }

    @Override
    void round() throws InterruptedException {
        if (run.stutter.isPaused()) {
            state = "BRING_HOME";
            bringHome();
            state = "PAUSED";
            run.stutter.pass(run);
            return;
        }
        final Item fresh = run.pipeline.take();
        if (fresh == null) {
            tally.poolEmpty.increment();
            state = "POOL_EMPTY";
            if (updates.await(UpdateKind.SYNC)) {
                run.pipeline.growRemoved();
            }
            return;
        }
        update(fresh);
        tally.updates.increment();
    }

    private void update(final Item fresh) throws InterruptedException {
        final UpdateKind kind = updates.choose();
        state = kind.name();
        final Item old = run.pipeline.replace(fresh);
        if (kind.callsBack) {
            updates.post(kind, old);
        } else {
            run.pipeline.growByWaits(old);
            if (updates.await(kind)) {
                run.pipeline.growRemoved();
            }
        }
    }

    /** Every item but the published one must be in the pool after this. */
    void bringHome() throws InterruptedException {
        final int missing = run.pipeline.bringHome();
        if (missing != 0) {
            run.fail("leak: " + missing + " items did not come back to the pool in a pause");
        }
        tally.pauses.increment();
    }
}
