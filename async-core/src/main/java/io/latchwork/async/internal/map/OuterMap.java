// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfMapOfMaps;
import io.latchwork.async.Status;

/**
 * What the outer maps have in common: they hold inner maps.
 *
 * @param <K> the key type
 * @param <I> the key type of the inner maps
 * @param <V> the value type of the inner maps
 */
public abstract class OuterMap<K, I, V> extends UserRefs implements BpfMapOfMaps<K, I, V> {
    /*
     * Holding. An inner map is opened before it is put into a place, and goes into and out of places by exchange only. So
     * each user reference that goes in comes out once, and whoever takes it out drops it; references to the same inner map
     * are as good as each other.
     *
     * The last release of the outer map empties every place. An update puts its map in first and looks at the user
     * references (or at the life of the place) second, and takes out again what it finds if it came too late: of the two,
     * the one that comes second finds the map.
     */

    OuterMap(MapContext context, String name, int maxEntries) {
        super(context, name, maxEntries);
    }

    /** Whether a key can name a place at all. */
    abstract boolean isPlace(K key);

    /** Puts an inner map in, whose user reference it consumes: the place has it, or it is dropped. */
    abstract Status put(K key, MapCore<I, V> inner);

    @Override
    public final Status update(K key, BpfMap<I, V> inner) {
        if (key == null || !isHoldable(inner)) {
            return Status.EINVAL;
        }
        if (!isPlace(key)) {
            return Status.E2BIG;
        }
        if (!hasUsers()) {
            return Status.EPERM;
        }
        MapCore<I, V> opened = (MapCore<I, V>) inner;
        return opened.open() == Status.OK ? put(key, opened) : Status.ENOENT;
    }

    private boolean isHoldable(BpfMap<I, V> inner) {
        return inner instanceof MapCore && ((MapCore<I, V>) inner).belongsTo(context().owner());
    }

    /** Drops what was taken out of a place, if there was something. */
    static void drop(MapCore<?, ?> taken, Tally tally) {
        if (taken != null) {
            taken.release(tally);
        }
    }
}
