// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfHashOfMaps;
import io.latchwork.async.BpfMap;
import io.latchwork.async.Status;
import io.latchwork.rcu.RcuSlot;
import java.util.function.Consumer;

/**
 * A hash map of references to maps.
 *
 * @param <K> the key type
 * @param <I> the key type of the inner maps
 * @param <V> the value type of the inner maps
 */
public final class HashOfMapsImpl<K, I, V> extends OuterMap<K, I, V> implements BpfHashOfMaps<K, I, V> {
    /*
     * A place is an element without timer and work whose value is the inner map. An update of a place that is there decides
     * by its life word that it takes place, exchanges the value, and looks at the life again; a delete kills the element,
     * and then exchanges the value for null. If the element is dead when the update looks, the delete may have emptied it
     * before the update's map went in, so the update empties it once more; if it is not, the delete comes later and finds
     * the map (AC62 <-> AC63). An element is recycled after both have left their read sections, and empty.
     */
    private final ElementTable<K, MapCore<I, V>> table;
    private final Consumer<Element<K, MapCore<I, V>>> remover = place -> remove(place, null); // made here: as in MapCore

    /**
     * An empty preallocated map with one user reference.
     *
     * @param context what it shares with the other maps of the runtime
     * @param name used in reports
     * @param maxEntries how many inner maps fit
     */
    public HashOfMapsImpl(MapContext context, String name, int maxEntries) {
        super(context, name, maxEntries);
        this.table = new ElementTable<>(context.rcu(), maxEntries, false);
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    boolean isPlace(K key) {
        return true;
    }

    @Override
    public BpfMap<I, V> lookup(K key) {
        if (key == null) {
            return null;
        }
        RcuSlot section = context().rcu().readLock();
        try {
            Element<K, MapCore<I, V>> found = table.find(ElementTable.hash(key), key);
            return found == null ? null : found.value(); // null if it was deleted since
        } finally {
            section.unlock();
        }
    }

    @Override
    Status put(K key, MapCore<I, V> inner) {
        RcuSlot section = context().rcu().readLock();
        try {
            return put(ElementTable.hash(key), key, inner);
        } catch (Throwable fromKey) { // its hashCode or equals threw, so nothing was put in
            drop(inner, null);
            throw fromKey;
        } finally {
            section.unlock();
        }
    }

    private Status put(int hash, K key, MapCore<I, V> inner) {
        if (!hasUsers()) { // looked at inside: closing waits for the sections of those who may still have found users
            drop(inner, null);
            return Status.EPERM;
        }
        Element<K, MapCore<I, V>> fresh = null;
        for (;;) {
            Element<K, MapCore<I, V>> found = fresh == null ? table.find(hash, key) : table.insert(fresh);
            if (found != null) {
                if (tryReplace(found, inner)) {
                    if (fresh != null) {
                        table.giveBack(fresh); // its value is in the place now
                    }
                    return Status.OK;
                }
            } else if (fresh == null) {
                fresh = table.take();
                if (fresh == null) {
                    drop(inner, null);
                    return Status.E2BIG;
                }
                fresh.fill(hash, key, inner);
            } else {
                // published first, looked at second: a release that missed this place is seen here
                return !hasUsers() && remove(fresh, null) ? Status.EPERM : Status.OK;
            }
        }
    }

    private static <K, M extends MapCore<?, ?>> boolean tryReplace(Element<K, M> place, M inner) {
        if (!place.tryBump()) {
            return false;
        }
        drop(place.exchange(inner), null);
        if (!Element.isLive(place.life())) {
            drop(place.exchange(null), null);
        }
        return true;
    }

    @Override
    public Status delete(K key) {
        if (key == null) {
            return Status.EINVAL;
        }
        RcuSlot section = context().rcu().readLock();
        try {
            Element<K, MapCore<I, V>> found = table.find(ElementTable.hash(key), key);
            return found != null && remove(found, null) ? Status.OK : Status.ENOENT;
        } finally {
            section.unlock();
        }
    }

    private boolean remove(Element<K, MapCore<I, V>> place, Tally tally) {
        if (!table.kill(place)) {
            return false;
        }
        MapCore<I, V> taken = place.exchange(null);
        table.unlink(place);
        drop(taken, tally);
        return true;
    }

    @Override
    void lastReleased(Tally tally) {
        RcuSlot section = context().rcu().readLock();
        try {
            table.forEachLive(tally == null ? remover : place -> remove(place, tally));
        } finally {
            section.unlock();
        }
    }

    // -------------------------------------------------------------------------------------------------- books

    @Override
    void countContent(Books books) {
        books.elements += table.inUse();
        books.poolsFull &= table.isFull();
    }

    @Override
    public boolean isDrained() {
        return table.inUse() == 0;
    }
}
