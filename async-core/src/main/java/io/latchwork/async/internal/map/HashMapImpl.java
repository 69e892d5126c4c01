// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.Status;
import io.latchwork.rcu.RcuSlot;
import java.util.function.Consumer;

/**
 * A hash map of elements in lock-free chains.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public class HashMapImpl<K, V> extends MapCore<K, V> implements BpfHashMap<K, V> {
    private final Link[] buckets;
    private final ElementStore<K, V> elements;

    /**
     * An empty preallocated map with one user reference.
     *
     * @param context what it shares with the other maps of the runtime
     * @param name used in reports
     * @param maxEntries how many elements fit
     * @param maxTimers how many control blocks of a kind may be attached
     */
    public HashMapImpl(MapContext context, String name, int maxEntries, int maxTimers) {
        super(context, name, maxEntries, maxTimers, false);
        this.buckets = new Link[Math.max(2, Integer.highestOneBit(maxEntries - 1 | 1) << 1)];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new Link();
        }
        this.elements = new ElementStore<>(maxEntries, spare(maxEntries));
    }

    private static int hash(Object key) {
        int mixed = key.hashCode() * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }

    private Link bucket(int hash) {
        return buckets[hash & buckets.length - 1];
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    Element<K, V> find(K key) {
        int hash = hash(key);
        return Bucket.find(bucket(hash).next(), hash, key);
    }

    @Override
    public Status update(K key, V value) {
        if (key == null || value == null) {
            return Status.EINVAL;
        }
        int hash = hash(key);
        RcuSlot section = context.rcu().readLock();
        try {
            return update(bucket(hash), hash, key, value);
        } finally {
            section.unlock();
        }
    }

    private Status update(Link bucket, int hash, K key, V value) {
        Element<K, V> fresh = null;
        for (;;) {
            Link first = bucket.next();
            Element<K, V> found = Bucket.find(first, hash, key);
            if (found != null) {
                if (found.tryReplace(value)) {
                    cancelAndFree(found, null);
                    if (fresh != null) {
                        elements.giveBackUnpublished(fresh);
                    }
                    return Status.OK;
                }
                continue;
            }
            if (fresh == null) {
                if (!hasUsers()) {
                    return Status.EPERM;
                }
                fresh = elements.take();
                if (fresh == null) {
                    return Status.E2BIG;
                }
                fresh.fill(hash, key, value);
            }
            fresh.nextBeforePublishing(first);
            if (bucket.casNext(first, fresh)) {
                // published first, looked at second: a release that missed this element is seen here
                return !hasUsers() && remove(fresh, null) ? Status.EPERM : Status.OK;
            }
        }
    }

    @Override
    public Status delete(K key) {
        if (key == null) {
            return Status.EINVAL;
        }
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> found = find(key);
            return found != null && remove(found, null) ? Status.OK : Status.ENOENT;
        } finally {
            section.unlock();
        }
    }

    @Override
    boolean remove(Element<K, V> element, Tally tally) {
        if (!element.tryKill()) {
            return false;
        }
        elements.died();
        cancelAndFree(element, tally);
        Bucket.remove(bucket(element.hash), element);
        context.rcu().callRcu(element.head);
        return true;
    }

    @Override
    void forEachLive(Consumer<? super Element<K, V>> visitor) {
        for (Link bucket : buckets) {
            for (Link at = bucket.next(); at != null; at = at.next()) {
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

    @Override
    long elementsInUse() {
        return elements.inUse();
    }

    @Override
    boolean elementsAreFull() {
        return elements.isFull();
    }
}
