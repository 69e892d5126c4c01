// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

/** How much is checked. */
enum Tier {
    /** Every checker, at the sizes of the default build. */
    QUICK(1),
    /** Every checker, at sizes for a night. */
    FULL(20),
    /** The checkers that go on for as long as they are told: the torture of RCU, the soak, the suspended threads. */
    TORTURE(60);

    private final int minutes;

    Tier(final int minutes) {
        this.minutes = minutes;
    }

    /** Minutes that the checkers without an end of their own share, unless told otherwise. */
    int defaultMinutes() {
        return minutes;
    }
}
