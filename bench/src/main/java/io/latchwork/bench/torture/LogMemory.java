// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.ArrayDeque;
import java.util.Deque;

/** The arrays that logs are written to, kept from round to round. */
final class LogMemory {
    private final int events;
    private final Deque<long[]> free = new ArrayDeque<>();

    /**
     * Memory for logs of one size.
     *
     * @param events how many events fit into a log
     */
    LogMemory(int events) {
        this.events = events;
    }

    synchronized long[] take() {
        long[] kept = free.poll();
        return kept != null ? kept : new long[events * ThreadLog.WIDTH];
    }

    synchronized void giveBack(long[] data) {
        free.push(data);
    }
}
