// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfArrayOfMaps;
import io.latchwork.async.BpfMap;
import io.latchwork.async.Status;
import io.latchwork.async.internal.Quota;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An array of references to maps.
 *
 * @param <I> the key type of the inner maps
 * @param <V> the value type of the inner maps
 */
public final class ArrayOfMapsImpl<I, V> extends OuterMap<Integer, I, V> implements BpfArrayOfMaps<I, V> {
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(MapCore[].class);

    private final MapCore<?, ?>[] places;
    private final Quota held = new Quota(Long.MAX_VALUE);

    /**
     * An empty array with one user reference.
     *
     * @param context what it shares with the other maps of the runtime
     * @param name used in reports
     * @param maxEntries how many places there are
     */
    public ArrayOfMapsImpl(MapContext context, String name, int maxEntries) {
        super(context, name, maxEntries);
        this.places = new MapCore<?, ?>[maxEntries];
    }

    @Override
    public int size() {
        return (int) Math.min(held.used(), places.length);
    }

    @Override
    boolean isPlace(Integer index) {
        return index >= 0 && index < places.length;
    }

    @Override
    @SuppressWarnings("unchecked")
    public BpfMap<I, V> lookup(Integer index) {
        if (index == null || !isPlace(index)) {
            return null;
        }
        return (MapCore<I, V>) (MapCore<?, ?>) PLACE.getAcquire(places, (int) index); // AC65 <- AC64: sees the map as it was made
    }

    @Override
    Status put(Integer index, MapCore<I, V> inner) {
        drop(exchange(index, inner), null);
        if (hasUsers()) {
            return Status.OK;
        }
        drop(exchange(index, null), null); // put in first, looked at second: the last release may have missed it
        return Status.EPERM;
    }

    @Override
    public Status delete(Integer index) {
        if (index == null) {
            return Status.EINVAL;
        }
        MapCore<?, ?> taken = isPlace(index) ? exchange(index, null) : null;
        drop(taken, null);
        return taken == null ? Status.ENOENT : Status.OK;
    }

    /** Puts a map in, or null, and takes out what was there. What is there is counted: before it goes in, after it came out. */
    private MapCore<?, ?> exchange(int index, MapCore<?, ?> inner) {
        if (inner != null) {
            held.tryTake();
        }
        // AC64 -> AC65: publishes the map. AC1 <-> AC2: an update looks at the user references afterwards.
        // AC2 <-> AC1: the last release was counted before
        MapCore<?, ?> taken = (MapCore<?, ?>) PLACE.getAndSet(places, index, inner);
        if (taken != null) {
            held.giveBack();
        }
        return taken;
    }

    @Override
    void lastReleased(Tally tally) {
        for (int i = 0; i < places.length; i++) {
            drop(exchange(i, null), tally);
        }
    }

    // -------------------------------------------------------------------------------------------------- books

    @Override
    void countContent(Books books) {
        books.elements += held.used();
    }

    @Override
    public boolean isDrained() {
        return held.used() == 0;
    }
}
