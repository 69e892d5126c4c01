// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * An outer map: its values are maps. Every place holds a user reference of the inner map it names, taken by
 * {@link #update} and dropped when the place is overwritten or deleted or the outer map is released for the last time. An
 * inner map that nobody else holds is then cancelled and freed.
 *
 * <p>Every call here may be made from any context, NMI included: none locks, none waits.
 *
 * @param <K> the key type of the outer map
 * @param <I> the key type of the inner maps
 * @param <V> the value type of the inner maps
 */
public interface BpfMapOfMaps<K, I, V> extends BpfContainer {
    /**
     * Puts an inner map into a place, and drops what was there. Atomic: a reader finds the one or the other.
     *
     * <p>Lock-free.
     *
     * @param key the place
     * @param inner the map
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null argument or a map of another runtime; {@link Status#ENOENT}
     *     if the inner map has no user reference any more; {@link Status#E2BIG} if this map is full, or the index is outside
     *     of the array; {@link Status#EPERM} if this map has no user reference any more
     */
    Status update(K key, BpfMap<I, V> inner);

    /**
     * Empties a place.
     *
     * <p>Lock-free.
     *
     * @param key the place
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null key; {@link Status#ENOENT} if nothing is there
     */
    Status delete(K key);

    /**
     * The inner map in a place. No reference is taken: {@link BpfMap#open()} it to keep it alive, which answers
     * {@link Status#ENOENT} if that comes too late.
     *
     * <p>Wait-free but for the length of the bucket. Allocates nothing.
     *
     * @param key the place
     * @return the map, or null if nothing is there
     */
    BpfMap<I, V> lookup(K key);
}
