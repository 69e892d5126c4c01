// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.expiry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/** A callback that looks whether its timer is early, and whether each thread fires in order of the deadlines. */
final class OrderCheck implements IntConsumer {
    private final long[] deadlinesNs;
    private final List<Seen> threads = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Seen> mine = ThreadLocal.withInitial(this::newSeen);

    /** What one thread saw; read after it is known to have finished. */
    private static final class Seen {
        private long lastNs = Long.MIN_VALUE;
        private long inversions;
        private long early;

        private void fired(final long deadlineNs, final long nowNs) {
            if (deadlineNs < lastNs) {
                inversions++;
            }
            lastNs = deadlineNs;
            if (nowNs < deadlineNs) {
                early++;
            }
        }
    }

    /**
     * @param deadlinesNs the deadline of each timer, on the clock of {@link System#nanoTime()}; not copied
     */
    OrderCheck(final long[] deadlinesNs) {
        this.deadlinesNs = deadlinesNs;
    }

    private Seen newSeen() {
        final Seen seen = new Seen();
        threads.add(seen);
        return seen;
    }

    @Override
    public void accept(final int timer) {
        fired(timer, System.nanoTime());
    }

    /**
     * A timer fired on the calling thread.
     *
     * @param timer its number
     * @param nowNs when
     */
    void fired(final int timer, final long nowNs) {
        mine.get().fired(deadlinesNs[timer], nowNs);
    }

    /** How often a thread fired a timer whose deadline is before that of the timer it had fired just before. */
    long inversions() {
        return threads.stream().mapToLong(seen -> seen.inversions).sum();
    }

    long early() {
        return threads.stream().mapToLong(seen -> seen.early).sum();
    }
}
