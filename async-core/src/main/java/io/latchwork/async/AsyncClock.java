// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * The source of time of a runtime.
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
     * Registers something to run whenever this clock is moved by hand. A clock that runs by itself never moves by
     * hand and keeps the default, which does nothing.
     *
     * @param listener run after each step, by the thread that made it
     */
    default void onStep(Runnable listener) {
    }

    /**
     * The clock of the machine, {@link System#nanoTime()}.
     *
     * @return a clock without state
     */
    static AsyncClock system() {
        return System::nanoTime;
    }
}
