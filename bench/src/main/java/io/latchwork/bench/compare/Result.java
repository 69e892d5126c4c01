// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

/**
 * One line of the report.
 *
 * @param name the variant as it was asked for
 * @param baseLock the lock of the base, for the locked variant; null for others
 * @param threads how many threads replayed
 * @param tally what was measured
 * @param differences from the reference model; null for a variant that takes no manual clock
 * @param ratioToLocked operations per second by those of the better locked variant; null if there is none
 */
record Result(String name, String baseLock, int threads, Tally tally, Long differences, Double ratioToLocked) {
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;
    private static final double P9999 = 99.99;

    double opsPerSecond() {
        return tally.opsPerSecond(threads);
    }

    long p50() {
        return tally.percentile(P50);
    }

    long p99() {
        return tally.percentile(P99);
    }

    long p999() {
        return tally.percentile(P999);
    }

    long p9999() {
        return tally.percentile(P9999);
    }
}
