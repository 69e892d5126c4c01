// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import java.util.concurrent.locks.LockSupport;

/**
 * Arms what a plan says, on the calling thread, a little ahead of the plan: it wakes about every millisecond and arms what is
 * planned for the next two, so that its own waking up late does not make timers late.
 */
final class Pacer {
    private static final long AHEAD_NS = 2_000_000;
    private static final long PAUSE_NS = 1_000_000;

    private Pacer() {
    }

    /** How a timer is armed. */
    @FunctionalInterface
    interface Armer {
        /**
         * Arms a timer.
         *
         * @param timer its number
         * @param deadlineNs the time, on the clock of {@link System#nanoTime()}
         */
        void armAt(int timer, long deadlineNs);
    }

    /**
     * Arms all timers of a plan. Returns when the last is armed.
     *
     * @param plan the plan
     * @param startNs when it begins
     * @param armer how to arm one
     * @return how many were armed later than planned, because the calling thread did not get to run
     */
    static int run(final TimerPlan plan, final long startNs, final Armer armer) {
        int next = 0;
        int late = 0;
        while (true) {
            final long now = System.nanoTime() - startNs;
            while (next < plan.timers() && plan.armNs()[next] <= now + AHEAD_NS) {
                late += plan.armNs()[next] < now ? 1 : 0;
                armer.armAt(next, startNs + plan.deadlineNs()[next]);
                next++;
            }
            if (next == plan.timers()) {
                return late;
            }
            LockSupport.parkNanos(Math.max(PAUSE_NS, plan.armNs()[next] - AHEAD_NS - (System.nanoTime() - startNs)));
        }
    }
}
