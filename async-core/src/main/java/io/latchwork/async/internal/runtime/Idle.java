// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.IdleMode;
import io.latchwork.irqwork.BusySpinIdle;
import io.latchwork.irqwork.HybridIdle;
import io.latchwork.irqwork.ParkIdle;
import io.latchwork.irqwork.Raiser;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;

/** How one worker waits, how it is raised, and how it learns that it is to end: sides of one object, kept together. */
final class Idle {
    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(Idle.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final IdleStrategy strategy;
    private final Raiser raiser;
    private boolean ended;

    Idle(IdleStrategy strategy, Raiser raiser) {
        this.strategy = strategy;
        this.raiser = raiser;
    }

    /**
     * @param mode how the worker waits
     * @param config whose clock it looks at, and how long it spins
     * @param lazyTickNs the longest park, in nanoseconds: as late is what is queued and not raised for
     */
    static Idle of(IdleMode mode, RuntimeConfig config, long lazyTickNs) {
        AsyncClock clock = config.clock();
        return switch (mode) {
            case BUSY_SPIN -> none();
            case HYBRID -> of(new HybridIdle(HybridIdle.DEFAULT_SPINS, HybridIdle.DEFAULT_YIELDS, lazyTickNs, clock::nanoTime,
                config.maxSlackNs(), config.slackPercent()));
            case PARK -> of(new ParkIdle(lazyTickNs, clock::nanoTime));
        };
    }

    private static Idle of(HybridIdle idle) {
        return new Idle(idle, idle);
    }

    /** For a worker that never parks, or that somebody else runs: it needs no raising. */
    static Idle none() {
        BusySpinIdle spin = new BusySpinIdle();
        return new Idle(spin, spin);
    }

    void bind(BooleanSupplier isEmpty, LongSupplier nextDeadlineNs) {
        if (strategy instanceof HybridIdle) {
            ((HybridIdle) strategy).bind(() -> !isEnded() && isEmpty.getAsBoolean(), nextDeadlineNs);
        }
    }

    /** For the worker's loop. */
    IdleStrategy strategy() {
        return strategy;
    }

    /** For whoever queues something. */
    Raiser raiser() {
        return raiser;
    }

    /** Tells the worker to end, wherever it is: it does not park any more, and goes on if it does. */
    void end() {
        ENDED.setVolatile(this, true); // relaxed: before the raiser looks whether it parks; missed, it wakes at its tick
        raiser.raise();
    }

    boolean isEnded() {
        return (boolean) ENDED.getVolatile(this); // relaxed: as there, after the worker has said that it parks
    }
}
