// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * What runs when a timer expires.
 *
 * <p><b>Context:</b> the owner thread of the timer's base, inside a read section. It should be short, because it
 * delays the other timers of the base and the reclamation of the whole runtime. It may call everything on timers,
 * maps and programs, its own timer included; {@link BpfTimer#cancel()} of its own timer is refused with
 * {@link Status#EDEADLK}. It must not wait for a grace period.
 *
 * <p>What it throws reaches the {@link CallbackErrorHandler} and harms nothing else.
 *
 * @param <K> the key type of the map
 * @param <V> the value type of the map
 */
@FunctionalInterface
public interface TimerCallback<K, V> {
    /**
     * The timer expired.
     *
     * @param map the map that holds the element
     * @param key the key of the element
     * @param value the value that the element had when the timer was initialised
     */
    void expired(BpfMap<K, V> map, K key, V value);
}
