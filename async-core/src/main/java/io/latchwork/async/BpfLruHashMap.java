// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A hash map that is never full: an insertion into a full one evicts an element that was not used lately, as if it had
 * been deleted, so its timer and its work are cancelled and freed. When the insertion has returned they do not start any more.
 *
 * <p>The order is approximate, as the kernel's is. Every insertion, lookup by key and update marks its element as used;
 * passing by it ({@link #forEach}, {@link TimerView#armed()}) does not, nor do calls through a handle. A hand goes round the map,
 * takes the mark from what it passes, and evicts the first element it finds without one, or the 32nd at the latest. So an
 * insertion looks at no more elements than that, whatever the size of the map. It never evicts what it inserts itself.
 *
 * <p>Lock-free, and in NMI, as in every map. An element that is just being inserted or deleted cannot be evicted, so
 * {@code update} answers {@link Status#E2BIG} when so many calls are stopped in the middle of an insertion or a delete as the
 * map has entries: for example in an NMI that interrupts an insertion into a map of one.
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
