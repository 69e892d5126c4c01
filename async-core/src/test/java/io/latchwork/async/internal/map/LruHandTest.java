// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.Status;
import io.latchwork.rcu.RcuSlot;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hand of an LRU map, from the inside. */
class LruHandTest {
    private final AsyncRuntime runtime = AsyncRuntime.builder().build();

    private LruHashMapImpl<Integer, String> newMap(int maxEntries) {
        return (LruHashMapImpl<Integer, String>) runtime.<Integer, String>lruHashMap("lru", maxEntries);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private static void fill(LruHashMapImpl<Integer, String> map) {
        for (int key = 0; key < map.maxEntries(); key++) {
            map.update(key, "v" + key).orThrow();
        }
    }

    private static void forgetAll(LruHashMapImpl<Integer, String> map) {
        map.forEachLive(Element::forgetUse);
    }

    @Test
    void insertingLookingUpAndReplacingMarkAnElementAsUsed() {
        LruHashMapImpl<Integer, String> map = newMap(4);
        map.update(1, "a").orThrow();
        assertTrue(map.find(1).isUsed());
        forgetAll(map);
        assertFalse(map.find(1).isUsed());
        map.lookup(1);
        assertTrue(map.find(1).isUsed());
        forgetAll(map);
        map.update(1, "b").orThrow();
        assertTrue(map.find(1).isUsed());
        forgetAll(map);
        map.forEach(map.handle(), element -> element.value());
        assertFalse(map.find(1).isUsed(), "passing by is not using");
    }

    @Test
    void aHandThatFindsAnUnusedElementEvictsThatOne() {
        LruHashMapImpl<Integer, String> map = newMap(LruHashMapImpl.MAX_LOOKS - 4);
        for (int round = 0; round < 50; round++) {
            fill(map);
            forgetAll(map);
            Set<Integer> unused = new HashSet<>();
            for (int key = 0; key < map.maxEntries(); key++) {
                if ((key + round) % 7 == 0) {
                    unused.add(key);
                } else {
                    map.find(key).use();
                }
            }
            map.update(1_000 + round, "new").orThrow();
            for (int key = 0; key < map.maxEntries(); key++) {
                assertTrue(map.find(key) != null || unused.contains(key), "round " + round + " evicted " + key);
            }
            map.delete(1_000 + round).orThrow();
        }
    }

    @Test
    void aHandThatFindsAllInUseLooksAtSoManyAndEvictsOne() {
        LruHashMapImpl<Integer, String> map = newMap(10 * LruHashMapImpl.MAX_LOOKS);
        fill(map);
        map.update(-1, "new").orThrow();
        int[] unmarked = new int[1];
        map.forEachLive(element -> unmarked[0] += element.isUsed() ? 0 : 1);
        assertEquals(LruHashMapImpl.MAX_LOOKS - 1, unmarked[0], "took the mark from all it looked at, and evicted the last");
        assertEquals(1, map.evictions());
        assertNotNull(map.find(-1));
    }

    /** As in an NMI in the middle of an insertion: the interrupted call has the only place and cannot be waited for. */
    @Test
    void aMapWhoseEveryPlaceIsInMidCallIsFull() {
        LruHashMapImpl<Integer, String> map = newMap(2);
        map.update(1, "a").orThrow();
        map.update(2, "b").orThrow();
        RcuSlot section = map.context().rcu().readLock();
        Element<Integer, String> first = map.takeElement();
        assertEquals(Status.OK, map.update(3, "c"), "there is another to evict");
        Element<Integer, String> second = map.takeElement();
        assertEquals(Status.E2BIG, map.update(4, "d"));
        assertNull(map.lookup(4));
        map.table.giveBack(first);
        assertEquals(Status.OK, map.update(4, "d"));
        map.table.giveBack(second);
        section.unlock();
        assertEquals(Status.OK, map.update(5, "e"));
        assertEquals(2, map.size());
        map.close();
        runtime.close();
        assertTrue(map.isDrained());
        assertTrue(map.poolsAreFull());
    }

    /** Without a grace period elements come from beyond the pool; the hand finds those too. */
    @Test
    void elementsBeyondThePoolAreEvictedToo() {
        LruHashMapImpl<Integer, String> map = newMap(4);
        RcuSlot section = map.context().rcu().readLock(); // nothing is recycled
        for (int key = 0; key < 1_000; key++) {
            assertEquals(Status.OK, map.update(key, "v"));
        }
        int[] beyond = new int[1];
        map.forEachLive(element -> beyond[0] += element.poolIndex < 0 ? 1 : 0);
        assertEquals(4, beyond[0], "all of them are from beyond");
        section.unlock();
        assertEquals(4, map.size());
        assertEquals(996, map.evictions());
        map.close();
        runtime.close();
        assertTrue(map.isDrained());
        assertTrue(map.poolsAreFull());
    }
}
