// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.util.function.LongSupplier;

/**
 * A {@link HybridIdle} that neither spins nor yields: the least use of the processor, the longest way to wake.
 */
public final class ParkIdle extends HybridIdle {

    /** The default tick, {@link System#nanoTime()} and parking by {@code LockSupport}. */
    public ParkIdle() {
        this(DEFAULT_LAZY_TICK_NS, System::nanoTime);
    }

    /**
     * Parking by {@code LockSupport}.
     *
     * @param lazyTickNs the longest park in nanoseconds, &gt; 0
     * @param nanoClock the clock that deadlines are measured by, in nanoseconds
     */
    public ParkIdle(final long lazyTickNs, final LongSupplier nanoClock) {
        super(0, 0, lazyTickNs, nanoClock);
    }

    /**
     * All parts given.
     *
     * @param lazyTickNs the longest park in nanoseconds, &gt; 0
     * @param nanoClock the clock that deadlines are measured by, in nanoseconds
     * @param parker how to sleep and wake
     */
    public ParkIdle(final long lazyTickNs, final LongSupplier nanoClock, final Parker parker) {
        super(0, 0, lazyTickNs, nanoClock, parker);
    }

    @Override
    public String alias() {
        return "latchwork-park";
    }
}
