// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.SplittableRandom;

/** What a read section is made of. */
enum Segment {
    /** The next protection is taken before the last one is dropped. */
    EXCHANGE(500),
    /** Some levels more, given back in order. */
    NEST(200),
    /** Some levels more, given back the other way round. */
    CROSSED(150),
    /** Marked as NMI, one level more. */
    NMI(60),
    /** Not a level: a callback is queued. */
    CALL(20),
    /** Not a level: a cookie is made. */
    COOKIE(20),
    /** Time passes. */
    SPIN(25),
    /** The processor is given away. */
    YIELD(25);

    private static final Segment[] ALL = values();
    private static final int SUM = sum();

    private final int weight;

    Segment(final int weight) {
        this.weight = weight;
    }

    private static int sum() {
        int sum = 0;
        for (final Segment segment : ALL) {
            sum += segment.weight;
        }
        return sum;
    }

    static Segment choose(final SplittableRandom random) {
        int left = random.nextInt(SUM);
        for (final Segment segment : ALL) {
            left -= segment.weight;
            if (left < 0) {
                return segment;
            }
        }
        throw new AssertionError(left);
    }
}
