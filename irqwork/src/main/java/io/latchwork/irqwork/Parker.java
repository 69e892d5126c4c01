// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

/** How the one worker of a {@link HybridIdle} sleeps and is woken. Tests put their own in its place. */
public interface Parker {

    /**
     * Is called by the worker before others are told that it may be asleep: the place to note which thread to wake.
     *
     * <p><b>Context:</b> the worker. Does nothing unless overridden.
     */
    default void prepare() {
    }

    /**
     * Sleeps until woken, or until the time is over. May return early for no reason. A wake-up that came since the
     * last sleep counts.
     *
     * <p><b>Context:</b> the worker. <b>Blocks</b> up to {@code ns}.
     *
     * @param ns the longest time to sleep, in nanoseconds, &gt; 0
     */
    void park(long ns);

    /**
     * Wakes the worker, or lets its next sleep end at once.
     *
     * <p><b>Progress:</b> does not wait for the worker. <b>Context:</b> anywhere, any nesting; must not throw.
     */
    void unpark();
}
