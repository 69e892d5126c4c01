// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.CloseHandler.StillArmed;
import io.latchwork.rcu.Rcu;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How a runtime is taken apart, once it is marked as closed. */
final class Closing {
    private static final long FIRST_LATE_POLL_NS = 1_000_000;
    private static final long LAST_LATE_POLL_NS = 128_000_000;
    private static final VarHandle STILL_ARMED;

    static {
        try {
            STILL_ARMED = MethodHandles.lookup().findVarHandle(Closing.class, "stillArmed", List.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final RuntimeConfig config;
    private final ThreadCensus threads;
    private final Workers workers;
    private final Kworkers kworkers;
    private final Rcu rcu;
    private final Holdings holdings;
    private final Pins pins;
    private final Runnable onStep;
    private List<StillArmed> stillArmed = List.of();

    Closing(RuntimeConfig config, ThreadCensus threads, Workers workers, Kworkers kworkers, Rcu rcu, Holdings holdings, Pins pins,
            Runnable onStep) {
        this.config = config;
        this.threads = threads;
        this.workers = workers;
        this.kworkers = kworkers;
        this.rcu = rcu;
        this.holdings = holdings;
        this.pins = pins;
        this.onStep = onStep;
    }

    /** Cancels everything; then, unless the calling context must not wait, sees it through. */
    void close(boolean mustNotWait) {
        tell(holdings.closeAll());
        pins.closeAll();
        if (!mustNotWait) {
            finish();
        } else if (workers.isLaunched()) {
            inBackground(this::finish);
        } // else whoever runs the agents is in one of them, and frees the rest by running them on
    }

    private void tell(List<StillArmed> told) {
        STILL_ARMED.setRelease(this, told); // AC36 -> AC37: publishes the list
        try {
            config.closeHandler().stillArmed(told);
        } catch (Throwable dropped) {
            // as CloseHandler says
        }
    }

    /** What was cancelled; empty before. */
    @SuppressWarnings("unchecked")
    List<StillArmed> stillArmed() {
        return (List<StillArmed>) STILL_ARMED.getAcquire(this); // AC37 <- AC36: sees the list
    }

    private void inBackground(Runnable task) {
        Thread closer = threads.newThread(task);
        closer.setName("latchwork-closer");
        closer.start();
    }

    /** Everything is cancelled and nothing new can come: runs what is left and stops the workers. */
    private void finish() {
        pins.closeAll(); // once more: it could not if close was called in NMI
        CloseBudget budget = new CloseBudget(config.closeHandler(), config.closeTimeoutNs());
        long cookie = rcu.startPoll(); // who found something open did so inside a section, and takes things until it ends
        boolean drained = workers.drain(() -> rcu.poll(cookie) && holdings.isDrained(), budget);
        boolean stopped = workers.stop(budget);
        config.clock().offStep(onStep);
        if (drained && stopped) {
            rcu.close();
        } else { // a callback, or a caller inside a read section, is stuck: only the last step waits for it
            inBackground(this::finishLate);
        }
    }

    /** Waits for whatever is stuck, until it has given back everything. */
    private void finishLate() {
        workers.join();
        kworkers.awaitElsewhere();
        giveBack();
        long pollNs = FIRST_LATE_POLL_NS;
        while (!holdings.isDrained()) { // a call that is in no read section is in the middle of giving back
            LockSupport.parkNanos(this, pollNs);
            pollNs = Math.min(2 * pollNs, LAST_LATE_POLL_NS);
            giveBack();
        }
        rcu.close();
    }

    /** Waits for every read section; blocks go back then, and with them the last references on programs. */
    private void giveBack() {
        rcu.reclaim();
        kworkers.runRest(); // hooks of programs that were held up
    }
}
