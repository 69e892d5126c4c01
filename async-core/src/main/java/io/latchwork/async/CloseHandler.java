// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.util.List;

/**
 * Told how a runtime closes.
 *
 * <p><b>Context:</b> the thread that closes. What a handler throws is dropped.
 */
public interface CloseHandler {
    /**
     * Says what was cancelled by the closing: called once, after everything was cancelled, also if there was nothing.
     *
     * @param armed one entry for each map that still had timers armed or works pending, and one with an empty name for the
     *     timers without a map
     */
    default void stillArmed(List<StillArmed> armed) {
    }

    /**
     * The time that {@link AsyncRuntime#close()} may take is over, and something is stuck: a callback that does not return, or
     * a thread in a read section.
     *
     * @param waitedNs how long it has waited, in nanoseconds
     * @return true to wait as long again; false to give up: what is stuck is left behind, and the last step waits for it on a
     *     thread of its own
     */
    default boolean onTimeout(long waitedNs) {
        return false;
    }

    /**
     * What one map still had when it was closed by its runtime.
     *
     * @param map the name of the map; empty for timers without a map
     * @param timers how many timers were armed
     * @param works how many works were pending
     */
    record StillArmed(String map, long timers, long works) {
    }
}
