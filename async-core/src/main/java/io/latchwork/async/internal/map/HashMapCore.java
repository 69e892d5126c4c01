// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.Status;
import io.latchwork.rcu.RcuSlot;
import java.util.function.Consumer;

/**
 * What the hash maps of elements have in common: all but what happens when they are full.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
abstract class HashMapCore<K, V> extends MapCore<K, V> {
    final ElementTable<K, V> table;

    HashMapCore(MapContext context, String name, int maxEntries, int maxTimers, boolean grows) {
        super(context, name, maxEntries, maxTimers, grows);
        this.table = new ElementTable<>(context.rcu(), maxEntries, grows);
    }

    /** An element to fill and insert, or null if the map is full. Inside a read section. */
    Element<K, V> takeElement() {
        return table.take();
    }

    @Override
    public final int size() {
        return table.size();
    }

    @Override
    final Element<K, V> find(K key) {
        return table.find(ElementTable.hash(key), key);
    }

    @Override
    public final Status update(K key, V value) {
        if (key == null || value == null) {
            return Status.EINVAL;
        }
        int hash = ElementTable.hash(key);
        RcuSlot section = context().rcu().readLock();
        try {
            // looked at inside: closing waits for the sections of those who may still have found users
            return hasUsers() ? update(hash, key, value) : Status.EPERM;
        } finally {
            section.unlock();
        }
    }

    private Status update(int hash, K key, V value) {
        Element<K, V> fresh = null;
        for (;;) {
            Element<K, V> found = fresh == null ? table.find(hash, key) : table.insert(fresh);
            if (found != null) {
                if (found.tryReplace(value)) {
                    used(found);
                    cancelAndFree(found, null);
                    if (fresh != null) {
                        table.giveBack(fresh);
                    }
                    return Status.OK;
                }
            } else if (fresh == null) {
                fresh = takeElement();
                if (fresh == null) {
                    return Status.E2BIG;
                }
                fresh.fill(hash, key, value);
                used(fresh);
            } else {
                // published first, looked at second: a release that missed this element is seen here
                return !hasUsers() && remove(fresh, null) ? Status.EPERM : Status.OK;
            }
        }
    }

    @Override
    public final Status delete(K key) {
        if (key == null) {
            return Status.EINVAL;
        }
        RcuSlot section = context().rcu().readLock();
        try {
            Element<K, V> found = find(key);
            return found != null && remove(found, null) ? Status.OK : Status.ENOENT;
        } finally {
            section.unlock();
        }
    }

    @Override
    final boolean remove(Element<K, V> element, Tally tally) {
        if (!table.kill(element)) {
            return false;
        }
        cancelAndFree(element, tally);
        table.unlink(element);
        return true;
    }

    @Override
    final void forEachLive(Consumer<? super Element<K, V>> visitor) {
        table.forEachLive(visitor);
    }

    @Override
    final long elementsInUse() {
        return table.inUse();
    }

    @Override
    final boolean elementsAreFull() {
        return table.isFull();
    }

    /** How much of the table of chains was made, for tests of the engine. */
    final int segmentsMade() {
        return table.buckets().segmentsMade();
    }
}
