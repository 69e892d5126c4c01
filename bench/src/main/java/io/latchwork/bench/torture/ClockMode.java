// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

/** Who moves the clock of a round. */
enum ClockMode {
    /** A manual clock that is advanced by random steps, as fast as they can be made. */
    RANDOM(3_000),
    /** A manual clock that is made to follow the machine's. */
    FOLLOWING(400_000),
    /** The machine's. */
    SYSTEM(400_000);

    /** How far off deadlines are, at most. */
    final int horizonNs;

    ClockMode(int horizonNs) {
        this.horizonNs = horizonNs;
    }
}
