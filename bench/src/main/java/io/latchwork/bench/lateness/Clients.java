// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import io.latchwork.bench.peers.Peer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/** Threads that arm and cancel a timer each without pause, for one to two hours ahead. */
final class Clients {
    private static final long NEAR_NS = TimeUnit.HOURS.toNanos(1);
    private static final int DELAYS = 4096;
    /** Longs of a cache line and of the one that the prefetcher brings with it. */
    private static final int STRIDE = 16;

    private final Thread[] threads;
    private final AtomicLongArray pairs;
    private volatile boolean isEnding;

    /**
     * Starts threads that only compute.
     *
     * @param count how many
     */
    Clients(final int count) {
        this(count, () -> new Peer.Client() {
            @Override
            public void arm(final int timer, final long delayNs) {
                // nothing is armed
            }

            @Override
            public boolean cancel(final int timer) {
                return false;
            }
        });
    }

    /**
     * Starts them.
     *
     * @param service the peer
     * @param count how many
     */
    Clients(final Peer service, final int count) {
        this(count, () -> service.client(1, () -> { }));
    }

    private Clients(final int count, final Supplier<Peer.Client> makeClient) {
        pairs = new AtomicLongArray((count + 1) * STRIDE);
        threads = new Thread[count];
        for (int i = 0; i < count; i++) {
            final int number = i + 1;
            final Peer.Client client = makeClient.get();
            threads[i] = new Thread(() -> run(client, number), "client-" + i);
            threads[i].setDaemon(true);
        }
        for (final Thread thread : threads) {
            thread.start();
        }
    }

    private void run(final Peer.Client client, final int number) {
        final long[] delaysNs = new SplittableRandom(number).longs(DELAYS, NEAR_NS, 2 * NEAR_NS).toArray();
        int next = 0;
        while (!isEnding) {
            client.arm(0, delaysNs[next]);
            client.cancel(0);
            next = (next + 1) % DELAYS;
            pairs.lazySet(number * STRIDE, pairs.getPlain(number * STRIDE) + 1);
        }
    }

    /** How many pairs all threads have done. */
    long pairs() {
        long sum = 0;
        for (int i = 1; i <= threads.length; i++) {
            sum += pairs.get(i * STRIDE);
        }
        return sum;
    }

    /** Ends them and waits for them. */
    void end() throws InterruptedException {
        isEnding = true;
        for (final Thread thread : threads) {
            thread.join();
        }
    }
}
