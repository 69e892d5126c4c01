// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

/** What an {@link IrqWorker} runs beside its queue: things that are due at a time, such as timers. */
public interface DeadlineSource {

    /**
     * Is called when a duty cycle begins, before anything of it runs. Does nothing unless overridden; meant for
     * opening a read section around the duty cycle.
     *
     * <p><b>Context:</b> the worker's thread. What it throws ends the duty cycle; {@link #onExit()} is not called then.
     */
    default void onEnter() {
    }

    /**
     * Is called when a duty cycle ends, also when it threw, after the worker touched its items for the last time: the
     * items it ran are no longer busy. Does nothing unless overridden.
     *
     * <p><b>Context:</b> the worker's thread.
     */
    default void onExit() {
    }

    /**
     * Runs what is due.
     *
     * <p><b>Context:</b> the worker's thread, between {@link #onEnter()} and {@link #onExit()}, after the queue ran.
     *
     * @return how many things were run, &gt;= 0: the true count, since idling goes by it
     */
    int runDue();

    /**
     * When the next thing is due.
     *
     * <p><b>Context:</b> the worker's thread.
     *
     * @return the time in nanoseconds of the clock that the idle strategy uses; {@link Long#MAX_VALUE}: nothing to come
     */
    long nextDeadlineNs();
}
