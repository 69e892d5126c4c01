// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.function.LongSupplier;

/**
 * The distance of a clock from the monotonic one, as last sampled. The clock is looked at between two looks at the monotonic
 * one, so the true distance at that moment lies between {@link #offset()} and that plus the width of the sample.
 *
 * <p>Confined to one thread at a time, which its user orders. What a clock throws leaves the sample as it was.
 */
final class ClockSample {
    /** A sample that is wider than this, in nanoseconds, is taken again, a few times at most; the tightest counts. */
    static final long TIGHT_NS = 20_000L;

    private static final int TRIES = 5;

    private final LongSupplier mono;
    private final LongSupplier clock;
    private boolean taken;
    private long offset;
    private long width;

    /**
     * Not taken yet.
     *
     * @param mono the monotonic clock, in nanoseconds
     * @param clock the other one
     */
    ClockSample(LongSupplier mono, LongSupplier clock) {
        this.mono = mono;
        this.clock = clock;
    }

    /**
     * The distance, never more than it was when the sample was taken.
     *
     * @return nanoseconds, saturated; 0 before the first sample
     */
    long offset() {
        return offset;
    }

    /** Takes a new sample. */
    void take() {
        sample(false);
    }

    /**
     * Takes a new sample of a clock whose distance never shrinks, and keeps it only if the distance has certainly grown: if the
     * old sample, at its upper end, is still below it.
     */
    void takeIfGrown() {
        sample(taken);
    }

    private void sample(boolean onlyIfGrown) {
        long best = 0;
        long leastWidth = 0;
        for (int i = 0; i < TRIES && (i == 0 || leastWidth > TIGHT_NS); i++) {
            long before = mono.getAsLong();
            long value = clock.getAsLong();
            long after = mono.getAsLong();
            long tried = difference(after, before);
            if (i == 0 || tried < leastWidth) {
                leastWidth = tried;
                best = difference(value, after);
            }
        }
        if (!onlyIfGrown || best > offset && difference(best, offset) > width) {
            offset = best;
            width = leastWidth;
            taken = true;
        }
    }

    private static long difference(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) >= 0 ? difference : a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
