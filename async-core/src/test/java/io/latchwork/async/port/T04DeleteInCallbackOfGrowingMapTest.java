// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * The original: as T03 in a map that is not preallocated: cancelling itself is EDEADLK, deleting its own element does
 * not hang. Nothing changed in the port, but that the callback re-arms before it deletes (Z8): the re-arm must not
 * fire.
 */
@Needs(Feature.GROWING)
class T04DeleteInCallbackOfGrowingMapTest extends PortCase {
    private int ran;

    @Test
    void aCallbackDeletesItsOwnElementOfAGrowingMap() {
        useDriven();
        BpfHashMap<Integer, String> map = rt.growingHashMap("growing", 1_000);
        assertEquals(Status.OK, map.update(0, "h"));
        timer(map, 0, boottime(), (in, key, value) -> {
            ran++;
            MapElement<Integer, String> own = found(in, key);
            assertEquals(Status.EDEADLK, own.timer().cancel());
            assertEquals(Status.OK, own.timer().start(1_000, 0));
            assertEquals(Status.OK, in.delete(key));
        }).start(1_000, 0);
        advance(1_000);
        advance(SECOND);
        assertEquals(1, ran);
        assertEquals(0, map.size());
    }
}
