// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfLruHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * The original: the callback of an array timer re-arms itself and starts a timer in an LRU map, whose callback inserts
 * keys until its own element's memory belongs to another key; cancelling is then EINVAL. Here an evicted element is not
 * reused under its callback, so key and value stay what they were, and a call on it answers ENOENT.
 */
@Needs({Feature.ARRAYS, Feature.LRU})
class T01ArrayAndLruTest extends PortCase {
    private static final int ARRAY_KEY = 1;
    private static final int LRU_KEY = 4;
    private static final int LAST_KEY = 100;
    private static final long FAR = 1L << 35;

    private static final class Value {
        private int data;
    }

    private BpfArrayMap<Value> array;
    private BpfLruHashMap<Integer, Value> lru;
    private int ok;

    @Test
    void anArrayTimerStartsOneInAnLruMapThatIsEvictedUnderItsOwnCallback() {
        useDriven();
        array = rt.arrayMap("array", 2);
        lru = rt.lruHashMap("lru", 4);
        Value inArray = new Value();
        Value inLru = new Value();
        assertEquals(Status.OK, array.update(ARRAY_KEY, inArray));
        assertEquals(Status.OK, array.update(0, new Value()));
        assertEquals(Status.OK, lru.update(LRU_KEY, inLru));
        assertEquals(Status.OK, found(lru, LRU_KEY).timer().init(lru, ClockId.MONOTONIC));
        timer(array, ARRAY_KEY, this::arrayExpired).start(0, 0);
        assertEquals(Status.OK, found(array, 0).timer().init(array, ClockId.MONOTONIC)); // left: a leak is found at the end
        driver.drain();
        assertEquals(10, inArray.data + inLru.data);
        assertEquals(3, ok, () -> "errors: " + errors);
        assertTrue(lru.evictions() > 0);
        advance(FAR - 1);
        assertEquals(5, inArray.data, "the array timer fired early");
        advance(1);
        assertEquals(10, inArray.data);
    }

    private void arrayExpired(BpfMap<Integer, Value> map, Integer key, Value value) {
        assertSame(array, map);
        assertEquals(ARRAY_KEY, key);
        value.data += 5;
        if (value.data == 5) {
            assertEquals(Status.OK, found(array, key).timer().start(FAR, 0));
            MapElement<Integer, Value> other = found(lru, LRU_KEY);
            assertEquals(Status.OK, other.timer().setCallback(prog, this::lruExpired));
            assertEquals(Status.OK, other.timer().start(0, 0));
            ok |= 1;
        }
    }

    private void lruExpired(BpfMap<Integer, Value> map, Integer key, Value value) {
        value.data += 5;
        MapElement<Integer, Value> own = found(lru, key);
        for (int next = LRU_KEY + 1; next <= LAST_KEY && own.key() != null; next++) {
            assertEquals(Status.OK, map.update(next, new Value()));
        }
        assertNull(own.key(), "not evicted by " + (LAST_KEY - LRU_KEY) + " keys in a map of 4");
        assertEquals(LRU_KEY, key);
        assertEquals(5, value.data);
        assertEquals(Status.ENOENT, own.timer().cancel());
        assertEquals(Status.ENOENT, own.timer().start(0, 0));
        ok |= 2;
    }
}
