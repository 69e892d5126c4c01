// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfHashMap;
import io.latchwork.rcu.Rcu;

/** A map with one user reference, for tests of what lies above maps. */
public final class OneMap extends KindsRig {
    private final HashMapImpl<Integer, String> map = new HashMapImpl<>(context, "m", 1, 0);

    /** An empty one. It belongs to this object. */
    public OneMap() {
    }

    /**
     * The map.
     *
     * @return always the same
     */
    public BpfHashMap<Integer, String> map() {
        return map;
    }

    /**
     * Its domain.
     *
     * @return always the same
     */
    public Rcu rcu() {
        return rcu;
    }
}
