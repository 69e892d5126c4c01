// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import org.junit.jupiter.api.Test;

/**
 * The original: a callback cancels an armed timer of another map (1), itself (EDEADLK), deletes its own element without
 * hanging, and starts the timer of the deleted element (EINVAL). Here a start of what is gone is ENOENT.
 */
class T03CancelAndDeleteInCallbackTest extends PortCase {
    private static final long FAR = 1L << 35;

    private int ok;
    private int fired;

    @Test
    void aCallbackCancelsAnotherTimerNotItselfAndDeletesItsElement() {
        useDriven();
        BpfMap<Integer, String> array = array("array", 2, i -> "a" + i);
        BpfTimer<Integer, String> inArray = timer(array, 1, (map, key, value) -> fired++);
        assertEquals(Status.OK, inArray.start(FAR, 0));
        BpfHashMap<Integer, String> map = rt.hashMap("prealloc", 1_000);
        assertEquals(Status.OK, map.update(0, "h"));
        timer(map, 0, boottime(), (in, key, value) -> {
            MapElement<Integer, String> own = found(in, key);
            assertEquals(Status.CANCELLED, found(array, 1).timer().cancel());
            assertEquals(Status.EDEADLK, own.timer().cancel());
            assertEquals(Status.OK, in.delete(key));
            assertEquals(Status.ENOENT, own.timer().start(1_000, 0));
            assertEquals(Status.ENOENT, own.timer().cancel());
            ok |= 2;
        }).start(1_000, 0);
        advance(1_000);
        assertEquals(2, ok, () -> "errors: " + errors);
        advance(2 * FAR);
        assertEquals(0, fired, "the cancelled timer fired");
        assertEquals(0, map.size());
    }
}
