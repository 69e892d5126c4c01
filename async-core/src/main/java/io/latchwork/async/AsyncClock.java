// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.time.Instant;

/**
 * The source of time of a runtime.
 *
 * <p>{@link #nanoTime()} is the one that everything is measured by; the others are followed by their distance from it.
 *
 * <p><b>Context:</b> {@link #nanoTime()} is called from every context in which a timer may be armed, NMI included, so an
 * implementation must neither wait nor allocate.
 */
@FunctionalInterface
public interface AsyncClock {
    /**
     * The time now.
     *
     * @return nanoseconds since an arbitrary but fixed origin, never going back
     */
    long nanoTime();

    /**
     * The wall clock now. It may step in both directions.
     *
     * <p><b>Context:</b> the owner of a base, never NMI: it may allocate a little, but must not wait.
     *
     * @return nanoseconds since 1970-01-01T00:00Z
     */
    default long epochNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /**
     * {@link #nanoTime()} plus the time for which the machine was suspended since some fixed moment. The default knows of no
     * suspension.
     *
     * <p><b>Context:</b> as {@link #epochNanos()}.
     *
     * @return nanoseconds, never going back
     */
    default long bootNanos() {
        return nanoTime();
    }

    /**
     * Registers something to run whenever this clock is moved by hand. A clock that runs by itself never moves by
     * hand and keeps the default, which does nothing.
     *
     * @param listener run after each step, by the thread that made it
     */
    default void onStep(Runnable listener) {
    }

    /**
     * Takes back {@link #onStep}.
     *
     * @param listener what was registered
     */
    default void offStep(Runnable listener) {
    }

    /**
     * The clocks of the machine: {@link System#nanoTime()}, the system's wall clock and, where {@code /proc/uptime} can be
     * read, the time since boot, to its resolution of 10 ms. A step of the wall clock is noticed within 100 ms.
     *
     * @return a clock
     */
    static AsyncClock system() {
        return new SystemClock();
    }
}
