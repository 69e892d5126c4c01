// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.IdleMode;
import io.latchwork.irqwork.BusySpinIdle;
import io.latchwork.irqwork.HybridIdle;
import io.latchwork.irqwork.ParkIdle;
import io.latchwork.irqwork.Raiser;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * How one worker waits and how it is raised: two sides of one object, kept together.
 *
 * @param strategy for the worker's loop
 * @param raiser for whoever queues something
 */
record Idle(IdleStrategy strategy, Raiser raiser) {
    static Idle of(IdleMode mode, RuntimeConfig config) {
        AsyncClock clock = config.clock();
        return switch (mode) {
            case BUSY_SPIN -> {
                BusySpinIdle spin = new BusySpinIdle();
                yield new Idle(spin, spin);
            }
            case HYBRID -> of(new HybridIdle(HybridIdle.DEFAULT_SPINS, HybridIdle.DEFAULT_YIELDS,
                HybridIdle.DEFAULT_LAZY_TICK_NS, clock::nanoTime, config.maxSlackNs(), config.slackPercent()));
            case PARK -> of(new ParkIdle(HybridIdle.DEFAULT_LAZY_TICK_NS, clock::nanoTime));
        };
    }

    private static Idle of(HybridIdle idle) {
        return new Idle(idle, idle);
    }

    /** For a worker that somebody else runs: it needs no raising. */
    static Idle none() {
        BusySpinIdle spin = new BusySpinIdle();
        return new Idle(spin, spin);
    }

    void bind(BooleanSupplier isEmpty, LongSupplier nextDeadlineNs) {
        if (strategy instanceof HybridIdle) {
            ((HybridIdle) strategy).bind(isEmpty, nextDeadlineNs);
        }
    }
}
