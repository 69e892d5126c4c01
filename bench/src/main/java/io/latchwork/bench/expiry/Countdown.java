// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.expiry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The cheapest callback that still tells when all have run: one counter a thread, so that several expiring threads do not disturb
 * each other.
 */
final class Countdown implements Runnable {
    private static final long LOOK_NS = 50_000;
    private static final int MAX_THREADS = 1024;
    /** Longs of a cache line and of the one that the prefetcher brings with it. */
    private static final int STRIDE = 16;

    private final AtomicLongArray counts = new AtomicLongArray((MAX_THREADS + 1) * STRIDE);
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadLocal<Integer> mine = ThreadLocal.withInitial(() -> threads.incrementAndGet() * STRIDE);

    @Override
    public void run() {
        final int at = mine.get();
        counts.lazySet(at, counts.getPlain(at) + 1); // only its thread writes
    }

    /**
     * How often it has run.
     *
     * @return exact, once nothing runs
     */
    long count() {
        long sum = 0;
        for (int i = threads.get(); i > 0; i--) {
            sum += counts.get(i * STRIDE);
        }
        return sum;
    }

    /**
     * Waits until it has run so often.
     *
     * @param until how often
     * @param limitNs for how long at most
     * @param poll called again and again meanwhile; null: the thread sleeps in between
     * @return the time when that was seen
     * @throws IllegalStateException if the time is over
     */
    long await(final long until, final long limitNs, final Runnable poll) {
        final long began = System.nanoTime();
        while (count() < until) {
            if (System.nanoTime() - began > limitNs) {
                throw new IllegalStateException(until - count() + " timers did not fire");
            }
            if (poll == null) {
                LockSupport.parkNanos(LOOK_NS);
            } else {
                poll.run();
            }
        }
        return System.nanoTime();
    }
}
