// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfLruHashMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.runtime.RuntimeImpl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hash maps that evict. */
class LruMapTest extends LockFreeCase {
    private static final int SIZE = 16;
    private static final int STEPS = 5_000;

    private BpfLruHashMap<Integer, String> lru;

    /** Keys that all lie in one chain. */
    private record Clashing(int id) {
        @Override
        public int hashCode() {
            return 42;
        }
    }

    @BeforeEach
    void newMap() {
        lru = rt.lruHashMap("lru", SIZE);
    }

    private void fill() {
        for (int key = 0; key < SIZE; key++) {
            assertEquals(Status.OK, lru.update(key, "v" + key));
        }
    }

    private boolean has(int key) {
        return lru.timers().delete(key) != Status.ENOENT; // unlike a lookup this uses nothing
    }

    @Test
    void nothingIsEvictedBeforeTheMapIsFull() {
        fill();
        assertEquals(SIZE, lru.size());
        assertEquals(0, lru.evictions());
        for (int key = 0; key < SIZE; key++) {
            assertEquals("v" + key, lru.lookup(key).value());
        }
    }

    @Test
    void anInsertionIntoAFullMapEvictsOne() {
        for (int key = 0; key < 1_000; key++) {
            assertEquals(Status.OK, lru.update(key, "v" + key));
            assertEquals("v" + key, lru.lookup(key).value(), "the one that was just inserted stays");
            assertEquals(Math.min(key + 1, SIZE), lru.size());
            assertEquals(Math.max(0, key + 1 - SIZE), lru.evictions());
        }
        assertEquals(SIZE, lru.forEach(lru.handle(), element -> { }));
    }

    @Test
    void replacingEvictsNobody() {
        fill();
        for (int key = 0; key < SIZE; key++) {
            assertEquals(Status.OK, lru.update(key, "new"));
        }
        assertEquals(0, lru.evictions());
    }

    @Test
    void deletingMakesRoom() {
        fill();
        assertEquals(Status.OK, lru.delete(3));
        assertEquals(Status.OK, lru.update(100, "a"));
        assertEquals(0, lru.evictions());
        assertEquals(Status.ENOENT, lru.delete(3));
    }

    @Test
    void whatIsLookedUpOrUpdatedStaysWhileOthersDoNot() {
        MapElement<Integer, String> handle = lru.handle();
        fill();
        lru.update(SIZE, "takes every mark, and evicts one");
        List<Integer> present = new ArrayList<>();
        lru.forEach(handle, element -> present.add(element.key()));
        int looked = present.get(0) == SIZE ? present.get(2) : present.get(0);
        int updated = present.get(1) == SIZE ? present.get(3) : present.get(1);
        for (int i = 1; i <= 10 * SIZE; i++) {
            assertEquals(Status.OK, lru.lookup(looked, handle), "insertion " + i);
            assertEquals("again", lru.update(updated, "again") == Status.OK ? lru.lookup(updated).value() : null);
            assertEquals(SIZE, lru.size(), "the update inserted nothing");
            assertEquals(i, lru.evictions(), "the update evicted nobody");
            assertEquals(Status.OK, lru.update(1_000 + i, "passes through"));
        }
        assertTrue(has(looked));
        assertTrue(has(updated));
    }

    @Test
    void aMapOfOneHoldsTheLast() {
        BpfLruHashMap<Integer, String> one = rt.lruHashMap("one", 1);
        for (int i = 0; i < 100; i++) {
            assertEquals(Status.OK, one.update(i, "v" + i));
            assertEquals("v" + i, one.lookup(i).value());
            assertNull(one.lookup(i - 1));
            assertEquals(1, one.size());
            assertEquals(i, one.evictions());
        }
    }

    @Test
    void keysInOneChainAreEvictedToo() {
        BpfLruHashMap<Clashing, Integer> clashing = rt.lruHashMap("clashing", 100);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Status.OK, clashing.update(new Clashing(i), i));
            assertEquals(i, clashing.lookup(new Clashing(i)).value());
        }
        assertEquals(100, clashing.size());
        assertEquals(900, clashing.evictions());
    }

    @Test
    void anEvictionIsADeletion() {
        BpfLruHashMap<Integer, String> one = rt.lruHashMap("one", 1);
        one.update(1, "a");
        MapElement<Integer, String> evicted = one.lookup(1);
        BpfTimer<Integer, String> timer = armedIn(one, 1, 5);
        one.update(2, "b");
        assertNull(evicted.key());
        assertNull(evicted.value());
        assertEquals(Status.ENOENT, timer.init(one, ClockId.MONOTONIC));
        assertEquals(Status.ENOENT, timer.setCallback(prog, (m, k, v) -> { }));
        assertEquals(Status.ENOENT, timer.start(0, 0));
        assertEquals(Status.ENOENT, timer.cancelAsync());
        assertEquals(Status.ENOENT, timer.cancel());
        assertEquals(Status.ENOENT, one.delete(1));
        armedIn(one, 2, 5);
        creep(10);
        assertEquals(List.of("2=b@5"), fired);
    }

    /** T25: a work in an LRU map, and an eviction that frees it. */
    @Test
    void anEvictionCancelsAndFreesTheWork() {
        BpfLruHashMap<Integer, String> one = rt.lruHashMap("one", 1);
        one.update(1, "a");
        BpfWq<Integer, String> work = pendingIn(one, 1);
        one.update(2, "b");
        assertEquals(Status.ENOENT, work.start());
        driver.drain();
        assertEquals(List.of(), fired);
        pendingIn(one, 2);
        driver.drain();
        assertEquals(List.of("work 2=b"), fired);
        closeCleanly();
    }

    @Test
    void aTimerThatIsDueDoesNotFireAfterItsEviction() {
        BpfLruHashMap<Integer, String> one = rt.lruHashMap("one", 1);
        one.update(1, "a");
        armedIn(one, 1, 5);
        clock.advance(7 * MS);
        one.update(2, "b");
        driver.drain();
        assertEquals(List.of(), fired);
    }

    /** T1: a callback fills the map until its own element is gone. */
    @Test
    void aCallbackMayEvictItsOwnElement() {
        fill();
        List<Object> seen = new ArrayList<>();
        timerOf(lru, 5, (inMap, key, value) -> {
            MapElement<Integer, String> own = inMap.lookup(key);
            for (int i = 100; own.key() != null && i < 10_000; i++) {
                inMap.update(i, "fills");
            }
            seen.add(value);
            seen.add(own.timer().cancel());
            seen.add(own.timer().start(0, 0));
        }).start(0, 0);
        driver.drain();
        assertEquals(List.of("v5", Status.ENOENT, Status.ENOENT), seen);
        closeCleanly();
    }

    @Test
    void badArgumentsAreRefused() {
        fill();
        assertEquals(Status.EINVAL, lru.update(null, "a"));
        assertEquals(Status.EINVAL, lru.update(100, null));
        assertEquals(Status.EINVAL, lru.delete(null));
        assertEquals(Status.EINVAL, lru.lookup(null, lru.handle()));
        assertEquals(Status.EINVAL, lru.lookup(1, null));
        assertEquals(Status.EINVAL, lru.lookup(1, map.handle()));
        assertNull(lru.lookup(null));
        assertThrows(IllegalArgumentException.class, () -> rt.lruHashMap("none", 0));
        assertThrows(IllegalArgumentException.class, () -> rt.lruHashMap("many", (1 << 26) + 1));
        assertThrows(NullPointerException.class, () -> rt.lruHashMap(null, 1));
        assertEquals(SIZE, lru.size());
        assertEquals(0, lru.evictions());
    }

    @Test
    void afterTheLastReleaseNothingIsThere() {
        fill();
        armedIn(lru, 1, 5);
        lru.close();
        assertEquals(0, lru.size());
        assertEquals(Status.EPERM, lru.update(1, "a"));
        assertEquals(Status.ENOENT, lru.delete(1));
        assertNull(lru.lookup(1));
        creep(10);
        assertEquals(List.of(), fired);
        closeCleanly();
    }

    /** What equals throws leaves nothing behind: neither a lost place nor a lost element. */
    @Test
    void anEqualsThatThrowsChangesNothing() {
        AtomicInteger patience = new AtomicInteger(Integer.MAX_VALUE);
        record Key(int id, AtomicInteger patience) {
            @Override
            public int hashCode() {
                return 7;
            }

            @Override
            public boolean equals(Object other) {
                if (patience.getAndDecrement() <= 0) {
                    throw new IllegalStateException("equals");
                }
                return other instanceof Key && ((Key) other).id == id;
            }
        }
        BpfLruHashMap<Key, String> small = rt.lruHashMap("small", 2);
        for (int i = 0; i < 50; i++) {
            Key key = new Key(i, patience);
            patience.set(i % 3);
            try {
                small.update(key, "v");
            } catch (IllegalStateException expected) {
                assertEquals("equals", expected.getMessage());
            }
            patience.set(Integer.MAX_VALUE);
            assertEquals(Status.OK, small.update(key, "w"));
            assertEquals("w", small.lookup(key).value());
            assertTrue(small.size() <= 2);
        }
        small.close();
        assertEquals(0, small.size());
        closeCleanly();
    }

    /** What can be said of any sequence: the size, the values, the number of evictions, and which timers fire. */
    @Test
    void randomCallsKeepToTheRules() {
        long seed = Long.getLong("contract.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<Integer, String> latest = new HashMap<>();
        Map<Integer, String> armed = new HashMap<>();
        int inserted = 0;
        int deleted = 0;
        for (int step = 0; step < STEPS; step++) {
            String where = "-Dcontract.seed=" + seed + " step " + step;
            int key = random.nextInt(3 * SIZE);
            boolean there = has(key);
            assertTrue(!there || latest.containsKey(key), where);
            armed.remove(key); // has() freed the timer
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    assertEquals(Status.OK, lru.update(key, where), where);
                    latest.put(key, where);
                    inserted += there ? 0 : 1;
                    assertTrue(has(key), where);
                }
                case 3 -> {
                    assertEquals(there ? Status.OK : Status.ENOENT, lru.delete(key), where);
                    latest.remove(key);
                    deleted += there ? 1 : 0;
                }
                case 4, 5 -> {
                    MapElement<Integer, String> found = lru.lookup(key);
                    assertEquals(there, found != null, where);
                    if (there) {
                        assertEquals(latest.get(key), found.value(), where);
                        armedIn(lru, key, 1 + random.nextInt(5));
                        armed.put(key, latest.get(key));
                    }
                }
                default -> {
                    fired.clear();
                    advance(1);
                    for (String each : fired) {
                        int of = Integer.parseInt(each.substring(0, each.indexOf('=')));
                        String value = each.substring(each.indexOf('=') + 1, each.indexOf('@'));
                        assertEquals(armed.remove(of), value, where);
                        assertEquals(latest.get(of), value, where);
                        assertTrue(has(of), where + ": an evicted timer fired");
                    }
                }
            }
            assertTrue(lru.size() <= SIZE, where);
            assertEquals(inserted - deleted - lru.size(), lru.evictions(), where);
        }
        advance(10);
        assertTrue(lru.evictions() > 100, "the sequence is too tame");
        closeCleanly();
    }

    /**
     * Three threads insert and arm far more than fits, each with keys of its own. Once a thread has found a life of a key
     * gone, and every call and callback that was running has returned, the timer of that life does not fire any more.
     */
    @Test
    void anEvictionStormLosesNothingAndFiresNothingOld() throws Exception {
        useSystemClock(2);
        int keys = 64;
        BpfLruHashMap<Integer, Integer> storm = rt.lruHashMap("storm", 8);
        AtomicIntegerArray ended = new AtomicIntegerArray(3 * keys); // the newest life of a key that was seen gone
        AtomicInteger ran = new AtomicInteger();
        List<String> late = Collections.synchronizedList(new ArrayList<>());
        List<Racer> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            int from = t * keys;
            threads.add(() -> {
                ThreadLocalRandom random = ThreadLocalRandom.current();
                MapElement<Integer, Integer> handle = storm.handle();
                for (int life = 1; life <= 20_000; life++) {
                    int key = from + random.nextInt(keys);
                    int mine = life;
                    assertEquals(Status.OK, storm.update(key, life));
                    if (storm.lookup(key, handle) != Status.OK) {
                        continue; // evicted already
                    }
                    handle.timer().init(storm, ClockId.MONOTONIC);
                    handle.timer().setCallback(prog, (m, k, v) -> {
                        ran.incrementAndGet();
                        if (ended.get(k) > mine) {
                            late.add(k + ": life " + mine + " after " + ended.get(k));
                        }
                    });
                    Status started = handle.timer().start(random.nextInt(100_000), 0);
                    if (storm.lookup(key) == null && started == Status.OK && handle.timer().cancelAsync() == Status.ENOENT
                            && random.nextInt(50) == 0) {
                        awaitCallbacks();
                        ended.accumulateAndGet(key, mine + 1, Math::max);
                    }
                }
            });
        }
        race(threads.toArray(Racer[]::new));
        assertTrue(storm.size() <= 8);
        assertTrue(storm.evictions() > 10_000);
        assertTrue(ran.get() > 0, "no timer fired at all");
        assertEquals(List.of(), late);
        closeCleanly();
    }

    /** Returns when every call and every callback that is running has returned: all of them are read sections. */
    private void awaitCallbacks() throws InterruptedException {
        ((RuntimeImpl) rt).rcu().synchronize();
    }

    /** The map stays usable, and exact, whoever inserts what on how many threads. */
    @Test
    void insertionsOnThreeThreadsIntoAMapOfFourAreNeverRefused() throws Exception {
        BpfLruHashMap<Integer, Integer> tiny = rt.lruHashMap("tiny", 4);
        Racer inserter = () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int i = 0; i < 50_000; i++) {
                assertEquals(Status.OK, tiny.update(random.nextInt(12), i));
            }
        };
        race(inserter, inserter, inserter);
        driver.drain();
        assertTrue(tiny.size() <= 4, "size " + tiny.size());
        assertEquals(tiny.size(), tiny.forEach(tiny.handle(), element -> assertNotNull(element.value())));
        assertFalse(tiny.evictions() == 0);
        closeCleanly();
    }
}
