// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * What runs when a {@link AsyncTimer timer without a map} expires.
 *
 * <p><b>Context:</b> as for {@link TimerCallback}.
 */
@FunctionalInterface
public interface ExpiryCallback {
    /**
     * The timer expired.
     *
     * @param timer the timer
     */
    void expired(AsyncTimer timer);
}
