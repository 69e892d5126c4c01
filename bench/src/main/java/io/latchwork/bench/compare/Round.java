// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** One turn of one variant: a table of its own, all threads at once, first up to speed, then measured. */
final class Round {
    private static final long RAMP_MS = 100;

    private final Variant variant;
    private final Traffic traffic;
    private final Timeouts timeouts;
    private final Deal deal;
    private final int burst;

    Round(Variant variant, Traffic traffic, Timeouts timeouts, Deal deal, int burst) {
        this.variant = variant;
        this.traffic = traffic;
        this.timeouts = timeouts;
        this.deal = deal;
        this.burst = burst;
    }

    /** Runs the round and adds what was measured to a tally. */
    void run(long measuredMs, Tally tally) throws InterruptedException {
        System.gc(); // what the round before left is not collected in this one
        LongAdder expiries = new LongAdder();
        List<Replayer> replayers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        long measured;
        try (FlowTable table = variant.table(traffic.keys(), timeouts, flow -> expiries.increment())) {
            RoundControl control = new RoundControl();
            for (int i = 0; i < deal.threads(); i++) {
                Replayer replayer = new Replayer(control, table, deal, i, burst);
                replayers.add(replayer);
                threads.add(DaemonThreads.named("replay-" + i).newThread(replayer));
            }
            threads.forEach(Thread::start);
            Thread.sleep(RAMP_MS);
            long before = expiries.sum();
            control.measure();
            Thread.sleep(measuredMs);
            measured = expiries.sum() - before;
            control.stop();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        replayers.forEach(replayer -> replayer.addTo(tally));
        tally.addExpiries(measured);
    }
}
