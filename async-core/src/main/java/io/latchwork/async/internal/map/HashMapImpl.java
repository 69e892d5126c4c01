// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfHashMap;

/**
 * A hash map of elements.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public final class HashMapImpl<K, V> extends HashMapCore<K, V> implements BpfHashMap<K, V> {
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
    }

    private HashMapImpl(MapContext context, String name, int maxEntries) {
        super(context, name, maxEntries, maxEntries, true);
    }

    /**
     * An empty map with one user reference, that allocates what it needs when it needs it.
     *
     * @param context what it shares with the other maps of the runtime
     * @param name used in reports
     * @param maxEntries how many elements fit
     * @param <K> the key type
     * @param <V> the value type
     * @return the map
     */
    public static <K, V> HashMapImpl<K, V> growing(MapContext context, String name, int maxEntries) {
        return new HashMapImpl<>(context, name, maxEntries);
    }
}
