// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/** Where each entry of an expiry queue is, in the part of it that its key belongs to. Owner thread only. */
final class EntryPlaces {
    private static final int INITIAL_CAPACITY = 64;

    private int[] places = new int[INITIAL_CAPACITY];

    /** Makes room for an entry. */
    void reserve(int entry) {
        if (entry >= places.length) {
            places = Arrays.copyOf(places, Math.max(entry + 1, places.length * 2));
        }
    }

    int of(int entry) {
        return places[entry];
    }

    void set(int entry, int place) {
        places[entry] = place;
    }
}
