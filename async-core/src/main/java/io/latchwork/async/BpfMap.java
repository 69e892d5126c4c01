// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.util.function.Consumer;

/**
 * A container that owns the elements in which timers and works are embedded: one {@link BpfTimer} and one {@link BpfWq}
 * in each.
 *
 * <p>Every call here but the {@linkplain #timers() view} may be made from any context, NMI included: none locks, none
 * waits.
 *
 * @param <K> the key type; keys must not change while they are in the map; {@code hashCode} and {@code equals} are
 *     called in the caller's context and must not wait
 * @param <V> the value type
 */
public interface BpfMap<K, V> extends BpfContainer {
    /**
     * Inserts an element, or replaces the value of the one that is there. A replaced element keeps its place, but its
     * timer and its work belonged to the old value: they are cancelled and freed, and their expiry or run is never taken
     * for the new value's.
     *
     * <p>Lock-free. Allocates only when more deleted elements wait for a grace period than the map keeps to spare, or
     * where the kind of map says so.
     *
     * @param key the key
     * @param value the value
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null key or value; {@link Status#E2BIG} if the map is
     *     full, or the index is outside of the array; {@link Status#EPERM} if the map has no user reference any more
     */
    Status update(K key, V value);

    /**
     * Deletes an element; its timer and its work are cancelled and freed. After this returned, their callbacks do not
     * start any more; one that is running, or was taken and is just about to, goes on.
     *
     * <p>Lock-free.
     *
     * @param key the key
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null key, and always in an array; {@link Status#ENOENT} if
     *     it is not there
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

    /**
     * Visits the elements, in no particular order. Weakly consistent: an element that is there all the time is visited
     * once, one that comes or goes meanwhile at most once. Allocates nothing.
     *
     * <p>Lock-free. The visitor runs inside a read section and must not wait; it may change the map.
     *
     * @param cursor a handle of this map, pointed at each element in turn
     * @param visitor given the cursor
     * @return how many were visited; -1 for a null argument or a handle that is not of this map, and nothing is visited
     */
    int forEach(MapElement<K, V> cursor, Consumer<? super MapElement<K, V>> visitor);

    /**
     * The armed timers of this map, as seen from outside.
     *
     * @return a view without state
     */
    TimerView<K> timers();
}
