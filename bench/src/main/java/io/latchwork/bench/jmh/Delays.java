// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Delays of one to two hours, at random: among those of the others, and nothing expires while it is measured. */
final class Delays {
    /** The shortest. */
    static final long NEAR_NS = TimeUnit.HOURS.toNanos(1);
    /** How much longer the longest is. */
    static final long SPREAD_NS = TimeUnit.HOURS.toNanos(1);

    private static final int TIMES = 4096;

    private final long[] times = new long[TIMES];
    private int last;

    Delays(final long seed) {
        final Random random = new Random(seed);
        for (int i = 0; i < TIMES; i++) {
            times[i] = random(random);
        }
    }

    static long random(final Random random) {
        return NEAR_NS + (long) (random.nextDouble() * SPREAD_NS);
    }

    long next() {
        last = last + 1 & TIMES - 1;
        return times[last];
    }
}
