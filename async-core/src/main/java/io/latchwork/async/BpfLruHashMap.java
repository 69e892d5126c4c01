// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A hash map that is never full: an insertion into a full one evicts an element that was not used lately, as if it had
 * been deleted, so its timer and its work are cancelled and freed.
 *
 * <p>The order is approximate, as the kernel's is. Every lookup and update marks its element as used; a hand goes round
 * the map, takes the mark from what it passes, and evicts the first element it finds without one, or, after a bounded number
 * of steps, one that it has just taken the mark from. An insertion takes as many steps as that, whatever the size of the
 * map. Lock-free, and in NMI, as in every map.
 *
 * <p>Modelled on {@code BPF_MAP_TYPE_LRU_HASH} of Linux; the hand is the clock of second-chance page replacement.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public interface BpfLruHashMap<K, V> extends BpfMap<K, V> {
    /**
     * How many elements were evicted so far.
     *
     * @return a number that only grows
     */
    long evictions();
}
