// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * An outer map whose places are numbered from 0 to {@link #maxEntries()} - 1.
 *
 * <p>Modelled on {@code BPF_MAP_TYPE_ARRAY_OF_MAPS} of Linux.
 *
 * @param <I> the key type of the inner maps
 * @param <V> the value type of the inner maps
 */
public interface BpfArrayOfMaps<I, V> extends BpfMapOfMaps<Integer, I, V> {
}
