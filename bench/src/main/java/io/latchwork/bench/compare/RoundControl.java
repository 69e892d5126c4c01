// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

/** Tells the threads of a round what to do: first run up to speed, then be measured, then stop. */
final class RoundControl {
    static final int RAMP = 0;
    static final int MEASURE = 1;
    static final int STOP = 2;

    private final long startNs = System.nanoTime();
    private volatile int phase = RAMP;

    /** When the round began. */
    long startNs() {
        return startNs;
    }

    int phase() {
        return phase;
    }

    void measure() {
        if (phase == RAMP) {
            phase = MEASURE;
        }
    }

    void stop() {
        phase = STOP;
    }
}
