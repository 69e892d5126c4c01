// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import org.HdrHistogram.Histogram;

/** What was measured of one variant, over all its threads and rounds. */
final class Tally {
    private static final double NS_PER_SECOND = 1e9;

    private final Histogram latency = Latency.histogram();
    private long ops;
    private long threadNs;
    private long bytes;
    private long expiries;

    /** One thread of one round. */
    void add(long moreOps, long elapsedNs, long moreBytes, Histogram moreLatency) {
        ops += moreOps;
        threadNs += elapsedNs;
        bytes += moreBytes;
        latency.add(moreLatency);
    }

    void addExpiries(long more) {
        expiries += more;
    }

    long ops() {
        return ops;
    }

    /** Operations of all threads together in a second. */
    double opsPerSecond(int threads) {
        return threadNs == 0 ? 0 : ops * NS_PER_SECOND * threads / threadNs;
    }

    double bytesPerOp() {
        return ops == 0 ? 0 : (double) bytes / ops;
    }

    long expiries() {
        return expiries;
    }

    long percentile(double percent) {
        return latency.getValueAtPercentile(percent);
    }

    long max() {
        return latency.getMaxValue();
    }
}
