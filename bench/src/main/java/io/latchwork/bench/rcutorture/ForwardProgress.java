// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/** A reader that hardly pauses and a callback that queues itself again and again: neither may keep grace periods from ending. */
final class ForwardProgress extends Worker {
    private static final long SECTION_NS = 10_000;
    private static final int GRACE_PERIODS = 2;

    private volatile boolean enough;

    ForwardProgress(final Run run) {
        super(run, "forward-progress");
    }

    private final class Again extends Callback {
        private volatile int rounds;
        private volatile boolean ended;

        @Override
        void run() {
            rounds = rounds + 1;
            if (enough) {
                ended = true;
            } else {
                flavour.callRcu(this);
            }
        }
    }

    @Override
    void round() throws InterruptedException {
        enough = false;
        final Again again = new Again();
        final long wanted = flavour.gracePeriods() + GRACE_PERIODS;
        final long began = System.nanoTime();
        flavour.callRcu(again);
        boolean progressed = false;
        while (!progressed && !run.isStopping()) {
            final Object token = flavour.readLock();
            final long end = System.nanoTime() + SECTION_NS;
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            flavour.readUnlock(token);
            progressed = again.rounds >= GRACE_PERIODS && flavour.gracePeriods() >= wanted;
            if (!progressed && System.nanoTime() - began > run.hangNs()) {
                run.fail("no forward progress against a reader that hardly pauses: " + again.rounds + " rounds of a callback");
            }
        }
        enough = true;
        flavour.barrier(); // it may just have missed that it is enough
        flavour.barrier();
        if (!again.ended) {
            run.fail("a callback that queued itself again and again was lost");
        }
        if (progressed) {
            tally.progressRounds.increment();
        }
        rest(run.knobs.periodMs);
    }
}
