// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import java.util.SplittableRandom;

/**
 * When to arm numbered timers and when they are to fire, both from the beginning of the run. Made before it, and never changed by
 * what happens.
 *
 * @param armNs when each is to be armed, ascending
 * @param deadlineNs when each is to fire
 */
record TimerPlan(long[] armNs, long[] deadlineNs) {
    private static final long SHORTEST_NS = 100_000;
    private static final long LONGEST_NS = 20_000_000;

    /**
     * Timers of 0.1 to 20 ms, armed one after another.
     *
     * @param timers how many
     * @param periodNs the time between two arms; 0: all at once
     * @param seed of the delays
     * @return a plan
     */
    static TimerPlan random(final int timers, final long periodNs, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final long[] arm = new long[timers];
        final long[] deadline = new long[timers];
        for (int i = 0; i < timers; i++) {
            arm[i] = i * periodNs;
            deadline[i] = arm[i] + random.nextLong(SHORTEST_NS, LONGEST_NS + 1);
        }
        return new TimerPlan(arm, deadline);
    }

    /**
     * Timers of one delay, armed one after another.
     *
     * @param timers how many
     * @param periodNs the time between two arms
     * @param delayNs the delay
     * @return a plan
     */
    static TimerPlan regular(final int timers, final long periodNs, final long delayNs) {
        final long[] arm = new long[timers];
        final long[] deadline = new long[timers];
        for (int i = 0; i < timers; i++) {
            arm[i] = i * periodNs;
            deadline[i] = arm[i] + delayNs;
        }
        return new TimerPlan(arm, deadline);
    }

    int timers() {
        return armNs.length;
    }
}
