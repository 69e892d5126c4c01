// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncClock;

/** A clock in whose {@link #nanoTime} interrupts come. */
record InterruptedClock(AsyncClock of, Interrupts interrupts) implements AsyncClock {
    @Override
    public long nanoTime() {
        interrupts.chance();
        return of.nanoTime();
    }

    @Override
    public long epochNanos() {
        return of.epochNanos();
    }

    @Override
    public long bootNanos() {
        return of.bootNanos();
    }

    @Override
    public void onStep(Runnable listener) {
        of.onStep(listener);
    }

    @Override
    public void offStep(Runnable listener) {
        of.offStep(listener);
    }
}
