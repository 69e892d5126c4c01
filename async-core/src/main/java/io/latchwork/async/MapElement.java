// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A handle of one element of a map. It is proof against reuse: it names the element <em>and</em> its generation, so once
 * the element is deleted every call through the handle answers {@link Status#ENOENT} and touches nothing, whatever
 * lives in the same memory by then.
 *
 * <p>A handle is a small mutable object for one thread at a time; {@link BpfMap#lookup(Object, MapElement)}
 * points it elsewhere.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public interface MapElement<K, V> {
    /**
     * The key.
     *
     * @return the key, or null if the element is gone
     */
    K key();

    /**
     * The value now.
     *
     * @return the value; null if the element is gone, or is one of an array that was never updated
     */
    V value();

    /**
     * The timer embedded in the element.
     *
     * @return a view of this handle; it follows the handle when that is pointed elsewhere
     */
    BpfTimer<K, V> timer();

    /**
     * The work embedded in the element.
     *
     * @return a view of this handle; it follows the handle when that is pointed elsewhere
     */
    BpfWq<K, V> wq();
}
