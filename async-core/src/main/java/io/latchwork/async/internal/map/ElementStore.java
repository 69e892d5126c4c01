// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.TaggedPool;

/** The elements of a map: their pool and how many may be live. */
final class ElementStore<K, V> {
    private final Quota live;
    private final Quota out = new Quota(Long.MAX_VALUE);
    private final TaggedPool<Element<K, V>> pool;

    /**
     * A full store.
     *
     * @param maxEntries how many elements may be live at one time
     * @param pooled how many elements are allocated now, and kept; those beyond are allocated when needed and left to the
     *     collector
     */
    ElementStore(int maxEntries, int pooled) {
        this.live = new Quota(maxEntries);
        this.pool = new TaggedPool<>(pooled, i -> new Element<>(this, i));
    }

    /** An element to fill, or null when the map is full. */
    Element<K, V> take() {
        return live.tryTake() ? takeInPlace() : null;
    }

    /** An element to fill, in the place of one that is no longer live and whose place was not given back. */
    Element<K, V> takeInPlace() {
        out.tryTake();
        Element<K, V> element = pool.pop();
        return element != null ? element : new Element<>(this, TaggedPool.NOT_POOLED);
    }

    /** An element that was never published. */
    void giveBackUnpublished(Element<K, V> element) {
        died();
        recycled(element);
    }

    /** An element is no longer live; it comes back by {@link #recycled} after a grace period. */
    void died() {
        live.giveBack();
    }

    void recycled(Element<K, V> element) {
        element.nextGeneration();
        if (element.poolIndex != TaggedPool.NOT_POOLED) {
            pool.push(element.poolIndex);
        }
        out.giveBack();
    }

    int size() {
        return (int) live.used();
    }

    /** How many elements are in use or wait for a grace period. */
    long inUse() {
        return out.used();
    }

    boolean isFull() {
        return pool.available() == pool.capacity();
    }
}
