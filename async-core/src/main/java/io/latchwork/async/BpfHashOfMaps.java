// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * An outer map with keys of any kind.
 *
 * <p>Modelled on {@code BPF_MAP_TYPE_HASH_OF_MAPS} of Linux.
 *
 * @param <K> the key type of the outer map
 * @param <I> the key type of the inner maps
 * @param <V> the value type of the inner maps
 */
public interface BpfHashOfMaps<K, I, V> extends BpfMapOfMaps<K, I, V> {
}
