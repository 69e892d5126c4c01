// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * The original: init, delete, insert and init again in both kinds of hash map, so that a leak shows when they are
 * freed. Here the map has a quota of one timer, so a block that leaks is missed by the next init; and the audit counts
 * them.
 */
class T05LeakProbeTest extends PortCase {
    private static final int ROUNDS = 1_000;

    @Test
    void noBlockOfAPreallocatedMapIsLost() {
        useDriven();
        probe(rt.hashMap("prealloc", 1_000, 1));
    }

    @Test
    @Needs(Feature.GROWING)
    void noBlockOfAGrowingMapIsLost() {
        useDriven();
        probe(rt.growingHashMap("growing", 1));
    }

    private void probe(BpfHashMap<Integer, String> map) {
        for (int round = 0; round < ROUNDS; round++) {
            assertEquals(Status.OK, map.update(0, "v" + round));
            assertEquals(Status.OK, found(map, 0).timer().init(map, ClockId.MONOTONIC), "round " + round);
            assertEquals(Status.OK, map.delete(0));
        }
        assertEquals(Status.OK, map.update(0, "last"));
        assertEquals(Status.OK, found(map, 0).timer().init(map, ClockId.MONOTONIC));
        driver.drain();
        if (has(Feature.AUDIT)) {
            assertEquals(1, rt.audit().blocks());
            assertEquals(1, rt.audit().elements());
        }
        map.close();
        driver.drain();
        assertEquals(0, map.size());
        if (has(Feature.AUDIT)) {
            assertEquals(0, rt.audit().blocks());
            assertTrue(rt.audit().poolsFull());
        }
    }
}
