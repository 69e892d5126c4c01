// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * Told what a callback threw. The library itself logs nothing.
 *
 * <p><b>Context:</b> the thread that ran the callback. What the handler throws is dropped.
 */
@FunctionalInterface
public interface CallbackErrorHandler {
    /**
     * A callback threw.
     *
     * @param program the name of the program that owns the callback
     * @param map the name of the map, or the empty string where there is none, as for an unload hook
     * @param error what it threw
     */
    void onError(String program, String map, Throwable error);
}
