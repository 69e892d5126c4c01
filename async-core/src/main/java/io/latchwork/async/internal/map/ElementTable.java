// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.rcu.Rcu;
import java.util.function.Consumer;

/**
 * Elements in lock-free chains, found by key: what every map with keys of any kind is made of. Everything here but the
 * counts is called inside a read section.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
final class ElementTable<K, V> {
    private final Rcu rcu;
    private final BucketTable buckets;
    private final ElementStore<K, V> store;

    /**
     * An empty table.
     *
     * @param rcu the domain that guards the elements
     * @param maxEntries how many elements fit
     * @param grows whether elements and chains are allocated when needed, instead of now
     */
    ElementTable(Rcu rcu, int maxEntries, boolean grows) {
        this.rcu = rcu;
        this.buckets = grows ? BucketTable.growing(maxEntries) : BucketTable.whole(maxEntries);
        this.store = new ElementStore<>(maxEntries, grows ? 0 : maxEntries + MapCore.spare(maxEntries));
    }

    static int hash(Object key) {
        int mixed = key.hashCode() * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }

    // ------------------------------------------------------------------------------------------------- keys

    /** The live element of a key, or null. Wait-free in the length of the chain. */
    Element<K, V> find(int hash, K key) {
        return Bucket.find(buckets.first(hash), hash, key);
    }

    /**
     * Inserts an element unless its key is there. Lock-free. When {@code equals} throws, the element is given back.
     *
     * @param fresh an element that was taken and filled
     * @return null if it was inserted; else the live element of that key
     */
    Element<K, V> insert(Element<K, V> fresh) {
        buckets.reserve(fresh.hash);
        for (;;) {
            Link first = buckets.first(fresh.hash);
            Element<K, V> found;
            try {
                found = Bucket.find(first, fresh.hash, fresh.key);
            } catch (Throwable fromEquals) {
                giveBack(fresh);
                throw fromEquals;
            }
            if (found != null) {
                return found;
            }
            fresh.nextBeforePublishing(first);
            if (buckets.casFirst(fresh.hash, first, fresh)) {
                return null;
            }
        }
    }

    /** Ends the life of an element and gives its place in the map back. True for one caller only, who then unlinks it. */
    boolean kill(Element<K, V> element) {
        if (!element.tryKill()) {
            return false;
        }
        store.died();
        return true;
    }

    /** Unlinks an element that the caller has killed, and has it recycled after a grace period. */
    void unlink(Element<K, V> element) {
        Bucket.remove(buckets, element);
        rcu.callRcu(element.head);
    }

    // ------------------------------------------------------------------------------------------------- store

    /** An element to fill and insert, with a place in the map, or null if the map is full. */
    Element<K, V> take() {
        return store.take();
    }

    /** An element to fill and insert, in the place of one that the caller has killed without giving its place back. */
    Element<K, V> takeInPlace() {
        return store.takeInPlace();
    }

    /** An element that was not inserted. */
    void giveBack(Element<K, V> fresh) {
        store.giveBackUnpublished(fresh);
    }

    // ------------------------------------------------------------------------------------------------- all

    void forEachLive(Consumer<? super Element<K, V>> visitor) {
        for (int i = buckets.from(0); i < buckets.buckets(); i = buckets.from(i + 1)) {
            for (Link at = buckets.first(i); at != null; at = at.next()) {
                if (at instanceof Element) {
                    @SuppressWarnings("unchecked")
                    Element<K, V> element = (Element<K, V>) at;
                    if (Element.isLive(element.life())) {
                        visitor.accept(element);
                    }
                }
            }
        }
    }

    BucketTable buckets() {
        return buckets;
    }

    int size() {
        return store.size();
    }

    /** How many elements are in use or wait for a grace period. */
    long inUse() {
        return store.inUse();
    }

    /** Whether every pooled element is there; right only while nobody uses the map. */
    boolean isFull() {
        return store.isFull();
    }
}
