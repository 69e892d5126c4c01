// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Nothing is measured while a peer still takes in what was armed to begin with, or the collector moves it. */
final class Settling {
    /** Delay of a timer that is armed after all others: when it fires, its peer has seen them. */
    static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LIMIT_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int MANY = 500_000;

    private Settling() {
    }

    /**
     * Waits until the last timer fired; if there are many others, has the collector move them out of its way, too.
     *
     * @param fired set when it does
     * @param poll called meanwhile
     * @param pending how many others there are
     */
    static void await(final AtomicBoolean fired, final Runnable poll, final int pending) {
        final long start = System.nanoTime();
        while (!fired.get()) {
            poll.run();
            LockSupport.parkNanos(SOON_NS);
            if (System.nanoTime() - start > LIMIT_NS) {
                throw new IllegalStateException("the last timer never fired");
            }
        }
        if (pending > MANY) {
            System.gc();
        }
    }
}
