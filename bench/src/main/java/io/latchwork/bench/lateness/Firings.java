// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** The callback of all timers: notes when each fired. On any number of threads. */
final class Firings implements IntConsumer {
    private static final long LOOK_NS = 200_000;
    private static final long NOT_YET = Long.MIN_VALUE;

    private final long[] firedNs;
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();

    /**
     * @param timers the most timers
     */
    Firings(final int timers) {
        firedNs = new long[timers];
    }

    /**
     * Forgets what fired, before a run.
     *
     * @param timers how many will fire
     */
    void expect(final int timers) {
        Arrays.fill(firedNs, NOT_YET);
        left.set(timers);
    }

    @Override
    public void accept(final int timer) {
        fired(timer, System.nanoTime());
    }

    /**
     * A timer fired.
     *
     * @param timer its number
     * @param nowNs when
     */
    void fired(final int timer, final long nowNs) {
        if (firedNs[timer] == NOT_YET) {
            firedNs[timer] = nowNs;
            left.getAndDecrement();
        } else {
            again.getAndIncrement();
        }
    }

    /**
     * Waits until all have fired.
     *
     * @param limitNs for how long at most
     * @throws IllegalStateException if some did not, or one did twice
     */
    void await(final long limitNs) {
        final long began = System.nanoTime();
        while (left.get() > 0) {
            if (System.nanoTime() - began > limitNs) {
                throw new IllegalStateException(left.get() + " timers did not fire");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        if (again.get() > 0) {
            throw new IllegalStateException(again.get() + " timers fired twice");
        }
    }

    /**
     * Adds what came of a plan, after {@link #await}.
     *
     * @param plan the plan
     * @param startNs when it began
     * @param from the first timer that counts: of the ones before it, which were for warming up, only early ones do
     * @param to where to
     */
    void addTo(final TimerPlan plan, final long startNs, final int from, final Lateness to) {
        for (int i = 0; i < plan.timers(); i++) {
            final long late = firedNs[i] - (startNs + plan.deadlineNs()[i]);
            if (i >= from) {
                to.add(late);
            } else if (late < 0) {
                to.addEarly();
            }
        }
    }
}
