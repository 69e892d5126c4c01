// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An executor that refuses now and then, where that is a fault to inject. */
final class RefusingExecutor implements Executor {
    private static final int THREADS = 2;
    private static final int ONE_IN = 16;

    private final Faults faults;
    private final SplittableRandom random;
    private final ExecutorService of = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    RefusingExecutor(Faults faults, long seed) {
        this.faults = faults;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void execute(Runnable task) {
        if (faults.has(Fault.REFUSE) && isRefused()) {
            faults.count(Fault.REFUSE);
            throw new RejectedExecutionException("on purpose");
        }
        of.execute(task);
    }

    private synchronized boolean isRefused() {
        return random.nextInt(ONE_IN) == 0;
    }

    /** Ends its threads, when nothing is given to it any more. */
    void shutdown() {
        of.shutdown();
        try {
            of.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
