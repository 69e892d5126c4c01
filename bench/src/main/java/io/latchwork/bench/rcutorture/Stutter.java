// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.concurrent.locks.LockSupport;

/** Pauses: everybody stops between two rounds, so that a domain at rest is met, and the start after it. */
final class Stutter {
    private static final long POLL_NS = 500_000;

    private volatile boolean paused;

    boolean isPaused() {
        return paused;
    }

    void pause(final boolean on) {
        paused = on;
    }

    /** Waits while there is a pause. */
    void pass(final Run run) {
        while (paused && !run.isStopping()) {
            LockSupport.parkNanos(this, POLL_NS);
        }
    }
}
