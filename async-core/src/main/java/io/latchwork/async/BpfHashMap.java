// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A hash map whose elements each embed one timer.
 *
 * <p>All elements and control blocks are allocated with the map. Every call here may be made from any context, NMI
 * included: none locks, none waits.
 *
 * @param <K> the key type; {@code hashCode} and {@code equals} are called in the caller's context and must not wait
 * @param <V> the value type
 */
public interface BpfHashMap<K, V> extends BpfMap<K, V> {
    /**
     * Inserts an element, or replaces the value of the one that is there. A replaced element keeps its place, but its
     * timer belonged to the old value: it is cancelled and freed, and its expiry is never taken for the new value's.
     *
     * <p>Lock-free. Allocates only when more deleted elements wait for a grace period than the map keeps to spare.
     *
     * @param key the key
     * @param value the value
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null key or value; {@link Status#E2BIG} if the map is
     *     full; {@link Status#EPERM} if the map has no user reference any more
     */
    Status update(K key, V value);

    /**
     * Deletes an element; its timer is cancelled and freed. After this returned, the timer's callback does not start
     * any more; one that is running goes on.
     *
     * <p>Lock-free.
     *
     * @param key the key
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null key; {@link Status#ENOENT} if it is not there
     */
    Status delete(K key);

    /**
     * Finds an element and makes a handle of it. Wait-free but for the length of the bucket. Allocates the handle;
     * {@link #lookup(Object, MapElement)} does not.
     *
     * @param key the key
     * @return a handle, or null if the key is null or not there
     */
    MapElement<K, V> lookup(K key);

    /**
     * Finds an element and points an existing handle at it. Allocates nothing.
     *
     * @param key the key
     * @param handle a handle of this map, from {@link #handle()} or {@link #lookup(Object)}
     * @return {@link Status#OK}; {@link Status#ENOENT} if the key is not there, and the handle then stays where it was;
     *     {@link Status#EINVAL} for a null key or a handle that is not of this map
     */
    Status lookup(K key, MapElement<K, V> handle);

    /**
     * A handle that points at no element yet; every call on its timer answers {@link Status#ENOENT}.
     *
     * @return a new handle
     */
    MapElement<K, V> handle();
}
