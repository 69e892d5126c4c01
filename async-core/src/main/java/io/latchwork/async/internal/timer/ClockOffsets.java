// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.AsyncClock;

/** Placeholder. */
public final class ClockOffsets {
    /** Placeholder. */
    public static final long CHECK_NS = 100_000_000;
    private final AsyncClock clock;

    /**
     * Placeholder.
     *
     * @param clock c x
     */
    public ClockOffsets(AsyncClock clock) {
        this.clock = clock;
    }

    /** Placeholder. */
    public void refresh() {
    }

    /**
     * Placeholder.
     *
     * @param monoNow n x
     */
    public void refreshIfDue(long monoNow) {
    }

    /**
     * Placeholder.
     *
     * @return offset x
     */
    public long realOffset() {
        return clock.epochNanos() - clock.nanoTime();
    }

    /**
     * Placeholder.
     *
     * @return offset x
     */
    public long bootOffset() {
        return clock.bootNanos() - clock.nanoTime();
    }
}
