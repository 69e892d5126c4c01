// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does something with each element of a list, several at once. */
record Jobs(int threads) {
    /** What is done with one. */
    @FunctionalInterface
    interface Job<T> {
        void run(T one) throws IOException, InterruptedException;
    }

    /** Returns when all are done; what the first one threw is thrown here, and the others are ended. */
    <T> void run(final List<T> all, final Job<T> job) throws IOException, InterruptedException {
        final ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            final List<Future<?>> futures = new ArrayList<>();
            for (final T one : all) {
                futures.add(executor.submit(() -> {
                    job.run(one);
                    return null;
                }));
            }
            for (final Future<?> future : futures) {
                future.get();
            }
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw (IOException) e.getCause();
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
