// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OpStatsTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;

    @Test
    void theBucketsAreThoseOfTheOriginal() {
        long[] lowerBounds = {0, US, 100 * US, 200 * US, 300 * US, 400 * US, 500 * US, 600 * US, 700 * US, 800 * US, 900 * US,
            MS, 10 * MS, 20 * MS, 30 * MS, 40 * MS, 50 * MS, 60 * MS, 70 * MS, 80 * MS, 90 * MS,
            100 * MS, 150 * MS, 200 * MS, 250 * MS, 500 * MS, 750 * MS, 1_000 * MS};
        assertEquals(OpStats.BUCKETS, lowerBounds.length);
        for (int i = 0; i < lowerBounds.length; i++) {
            assertEquals(i, OpStats.bucket(lowerBounds[i]), "from " + lowerBounds[i] + " ns");
            if (i > 0) {
                assertEquals(i - 1, OpStats.bucket(lowerBounds[i] - 1), "below " + lowerBounds[i] + " ns");
            }
        }
    }

    @Test
    void aLineSaysHowManyAndWhere() {
        OpStats stats = new OpStats();
        stats.add(10);
        stats.add(30);
        stats.add(2 * US);
        assertEquals("3 calls, 680 ns each, [0]=2 [1]=1", stats.toString());
    }
}
