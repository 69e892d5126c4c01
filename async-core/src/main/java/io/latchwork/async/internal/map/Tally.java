// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

/** Counts what was taken back while a container was emptied. One thread's own. */
public final class Tally {
    private long timers;
    private long works;

    /** Counts from zero. */
    public Tally() {
        // nothing was taken back yet
    }

    void timer(boolean wasArmed) {
        if (wasArmed) {
            timers++;
        }
    }

    void work(boolean wasPending) {
        if (wasPending) {
            works++;
        }
    }

    /**
     * Armed timers.
     *
     * @return how many
     */
    public long timers() {
        return timers;
    }

    /**
     * Pending works.
     *
     * @return how many
     */
    public long works() {
        return works;
    }
}
