// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The handles that one client keeps: made anew, moved to the element of today, or left where they are, which may be gone. */
final class Handles {
    private final Map<Integer, MapElement<?, Value>> kept = new HashMap<>();

    /** A handle for a spot; null if there is no element and none was kept. */
    @SuppressWarnings("unchecked")
    <K> MapElement<K, Value> at(Spot<K> spot, Caller caller, SplittableRandom random) {
        MapElement<K, Value> handle = (MapElement<K, Value>) kept.get(spot.timer().id());
        int n = random.nextInt(4);
        if (handle == null || n == 0) {
            handle = caller.lookup(spot);
            if (handle != null) {
                kept.put(spot.timer().id(), handle);
            }
            return handle;
        }
        return n == 1 || caller.lookup(spot, handle) == Status.OK ? handle : null;
    }
}
