// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.concurrent.atomic.AtomicBoolean;

/** The one thread that publishes items. Keeps the pauses by itself: that is when all items must come home. */
final class Writer extends Worker {
    private static final int QUESTIONS = 3;

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
            state = "QUIET";
            askInQuiet();
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

    /** With nobody else about, one callback and one cookie: each must wake a domain that sleeps, which nothing else does now. */
    private void askInQuiet() throws InterruptedException {
        for (int i = 0; i < QUESTIONS; i++) {
            final AtomicBoolean ran = new AtomicBoolean();
            rest(1 + random.nextInt(2));
            flavour.callRcu(new Callback() {
                @Override
                void run() {
                    ran.set(true);
                }
            });
            await(ran::get, "a callback was queued in a quiet domain and is not run");
            rest(1 + random.nextInt(2));
            final long cookie = flavour.startPoll();
            await(() -> flavour.poll(cookie), "a cookie was made in a quiet domain and is not done");
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
