// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;

/** How late something was, over many times. */
final class Lateness {
    private static final long MOST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;
    private static final double NS_OF_US = 1e3;

    private final Histogram histogram = new Histogram(MOST_NS, DIGITS);
    private long early;

    /**
     * Adds one.
     *
     * @param ns how late it was; negative: early, and counted apart from not being late
     */
    void add(final long ns) {
        if (ns < 0) {
            early++;
        }
        histogram.recordValue(Math.min(MOST_NS, Math.max(0, ns)));
    }

    /** One was early that does not count otherwise. */
    void addEarly() {
        early++;
    }

    /** Adds all of another. */
    void addAll(final Lateness other) {
        histogram.add(other.histogram);
        early += other.early;
    }

    long early() {
        return early;
    }

    long count() {
        return histogram.getTotalCount();
    }

    /**
     * A percentile.
     *
     * @param percent 0 to 100
     * @return in microseconds
     */
    double us(final double percent) {
        return histogram.getValueAtPercentile(percent) / NS_OF_US;
    }

    double maxUs() {
        return histogram.getMaxValue() / NS_OF_US;
    }

    /** Hands on the percentiles of the tables, in microseconds, by name. */
    void forEach(final BiConsumer<String, Double> to) {
        to.accept("p50", us(50));
        to.accept("p90", us(90));
        to.accept("p99", us(99));
        to.accept("p99.9", us(99.9));
        to.accept("max", maxUs());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f us, early %d, of %d",
            us(50), us(90), us(99), us(99.9), maxUs(), early, count());
    }
}
