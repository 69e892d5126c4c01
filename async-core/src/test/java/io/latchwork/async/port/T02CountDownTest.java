// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * The original: in a preallocated and in another hash map, on BOOTTIME, an update frees the timer so that a second init
 * succeeds, and a callback that re-arms itself while its value's counter lasts runs exactly ten times. Here the clock
 * is moved by hand, so the test also says when.
 */
class T02CountDownTest extends PortCase {
    private static final int KEY = 0;
    private static final int RUNS = 10;
    private static final long DELAY = 1_000;

    private static final class Value {
        private int counter = RUNS;
    }

    private int left = 52;

    @Test
    void aTimerOfAPreallocatedMapCountsDown() {
        useDriven();
        countDown(rt.hashMap("prealloc", 1_000));
    }

    @Test
    @Needs(Feature.GROWING)
    void aTimerOfAGrowingMapCountsDown() {
        useDriven();
        countDown(rt.growingHashMap("growing", 1_000));
    }

    private void countDown(BpfHashMap<Integer, Value> map) {
        assertEquals(Status.OK, map.update(KEY, new Value()));
        MapElement<Integer, Value> element = found(map, KEY);
        assertEquals(Status.OK, element.timer().init(map, boottime()));
        assertEquals(Status.EBUSY, element.timer().init(map, boottime()));
        assertEquals(Status.OK, map.update(KEY, new Value()));
        BpfTimer<Integer, Value> timer = timer(map, KEY, boottime(), (in, key, value) -> {
            left--;
            if (--value.counter > 0) {
                assertEquals(Status.OK, found(in, key).timer().start(DELAY, 0));
            }
        });
        assertEquals(Status.OK, timer.start(DELAY, 0));
        for (int run = 1; run <= RUNS; run++) {
            advance(DELAY - 1);
            assertEquals(52 - run + 1, left, "early");
            advance(1);
            assertEquals(52 - run, left);
        }
        advance(SECOND);
        assertEquals(42, left);
        assertEquals(0, found(map, KEY).value().counter);
    }
}
