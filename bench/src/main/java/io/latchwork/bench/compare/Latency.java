// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How latencies are kept: nanoseconds to three digits. */
final class Latency {
    static final long MAX_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final int FLOOR_SAMPLES = 100_000;
    private static final double MEDIAN = 50.0;

    private Latency() {
    }

    static Histogram histogram() {
        return new Histogram(MAX_NS, DIGITS);
    }

    /** What timing nothing at all comes to: the median of two clock reads in a row, in nanoseconds. */
    static long floorNs() {
        Histogram floor = histogram();
        for (int i = 0; i < FLOOR_SAMPLES; i++) {
            long before = System.nanoTime();
            floor.recordValue(System.nanoTime() - before);
        }
        return floor.getValueAtPercentile(MEDIAN);
    }
}
