// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long one operation took, in the 28 buckets of the original: below 1 us, 100 us, then steps of 100 us to 1 ms,
 * below 10 ms, steps of 10 ms to 100 ms, of 50 ms to 250 ms, of 250 ms to 1 s, and more. For people to read: nothing is
 * asserted.
 */
final class OpStats {
    static final int BUCKETS = 28;
    private static final long US = 1_000;
    private static final long MS = 1_000_000;

    private final AtomicLongArray histogram = new AtomicLongArray(BUCKETS);
    private final LongAdder count = new LongAdder();
    private final LongAdder total = new LongAdder();

    void add(long ns) {
        histogram.getAndIncrement(bucket(ns));
        count.increment();
        total.add(ns);
    }

    static int bucket(long ns) {
        if (ns < US) {
            return 0;
        } else if (ns < MS) {
            return 1 + (int) (ns / (100 * US));
        } else if (ns < 10 * MS) {
            return 11;
        } else if (ns < 100 * MS) {
            return 11 + (int) (ns / (10 * MS));
        } else if (ns < 250 * MS) {
            return 21 + (int) ((ns - 100 * MS) / (50 * MS));
        } else if (ns < 1_000 * MS) {
            return 24 + (int) ((ns - 250 * MS) / (250 * MS));
        }
        return BUCKETS - 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(count.sum() + " calls, " + total.sum() / Math.max(1, count.sum()) + " ns each,");
        for (int i = 0; i < BUCKETS; i++) {
            if (histogram.get(i) > 0) {
                text.append(" [").append(i).append("]=").append(histogram.get(i));
            }
        }
        return text.toString();
    }
}
