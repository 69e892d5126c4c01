// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import java.util.Locale;

/** How the arms are spread over time. */
enum Shape {
    /** One a millisecond: about ten timers are armed at any time. */
    PACED(1_000_000, 1_000, 200),
    /** 10 000 a second. */
    STEADY(100_000, 10_000, 2_000),
    /** As fast as the caller can, all planned for the same moment. */
    BURST(0, 10_000, 0);

    private final long periodNs;
    private final int timers;
    private final int settling;

    Shape(final long periodNs, final int timers, final int settling) {
        this.periodNs = periodNs;
        this.timers = timers;
        this.settling = settling;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many timers of a slice count, unless told otherwise. */
    int timers() {
        return timers;
    }

    /** How many timers fire before those that count: the peer has just been started. */
    int settling() {
        return settling;
    }

    /**
     * A plan of this shape.
     *
     * @param count how many timers
     * @param seed of their delays
     * @return the plan
     */
    TimerPlan plan(final int count, final long seed) {
        return TimerPlan.random(count, periodNs, seed);
    }
}
