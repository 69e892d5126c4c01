// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A hash map.
 *
 * <p>A {@linkplain AsyncRuntime#hashMap(String, int) preallocated} one allocates its elements and timers when it is made;
 * a {@linkplain AsyncRuntime#growingHashMap(String, int) growing} one allocates each when it is needed, in the caller of
 * {@code update} and {@code init}, and leaves what is freed to the garbage collector. Its table of chains is made piece by
 * piece, where something is put in, and not given back before the map is. Looking, arming and cancelling allocate in neither.
 *
 * <p>Modelled on {@code BPF_MAP_TYPE_HASH} of Linux.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public interface BpfHashMap<K, V> extends BpfMap<K, V> {
}
