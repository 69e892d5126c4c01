// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * What a work runs.
 *
 * <p><b>Context:</b> a kworker, or a thread of the runtime's {@link AsyncRuntimeBuilder#executor executor}; no read section
 * is open. It may block. It may call everything on timers, works, maps and programs; {@link BpfWq#cancel()} and
 * {@link BpfWq#flush()} of its own work are refused with {@link Status#EDEADLK}.
 *
 * <p>What it throws reaches the {@link CallbackErrorHandler} and harms nothing else.
 *
 * @param <K> the key type of the map
 * @param <V> the value type of the map
 */
@FunctionalInterface
public interface WorkCallback<K, V> {
    /**
     * Does the work.
     *
     * @param map the map that holds the element
     * @param key the key of the element
     * @param value the value that the element had when the work was initialised
     */
    void run(BpfMap<K, V> map, K key, V value);
}
