// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * Told which timer callback kept its base for too long. Works may block, timers may not.
 *
 * <p><b>Context:</b> the base's owner thread, after the callback returned. What the handler throws is dropped.
 */
@FunctionalInterface
public interface SlowCallbackHandler {
    /**
     * A callback was slow.
     *
     * @param program the name of the program that owns the callback
     * @param map the name of the map, or the empty string for a timer without one
     * @param tookNs how long it took, in nanoseconds on the runtime's clock
     */
    void onSlow(String program, String map, long tookNs);
}
