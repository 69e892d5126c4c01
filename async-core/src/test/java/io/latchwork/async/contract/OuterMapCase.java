// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfMapOfMaps;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outer maps of both kinds. */
abstract class OuterMapCase extends LockFreeCase {
    static final int PLACES = 4;
    private static final int STEPS = 5_000;

    BpfMapOfMaps<Integer, Integer, String> outer;
    BpfMap<Integer, String> inner;

    abstract BpfMapOfMaps<Integer, Integer, String> newOuter(String name, int maxEntries);

    @BeforeEach
    final void newMaps() {
        outer = newOuter("outer", PLACES);
        inner = newInner();
    }

    private BpfMap<Integer, String> newInner() {
        return rt.hashMap("inner", 4);
    }

    /** Whether a map has a user reference. */
    private static boolean isAlive(BpfMap<Integer, String> map) {
        if (map.open() == Status.OK) {
            assertEquals(Status.OK, map.release());
            return true;
        }
        return false;
    }

    // ---------------------------------------------------------------------------------------------- places

    @Test
    void anOuterMapIsEmptyAtFirst() {
        assertEquals(0, outer.size());
        assertEquals(PLACES, outer.maxEntries());
        assertEquals("outer", outer.name());
        for (int place = 0; place < PLACES; place++) {
            assertNull(outer.lookup(place));
            assertEquals(Status.ENOENT, outer.delete(place));
        }
    }

    @Test
    void updatePutsAMapIntoAPlace() {
        assertEquals(Status.OK, outer.update(1, inner));
        assertSame(inner, outer.lookup(1));
        assertNull(outer.lookup(0));
        assertEquals(1, outer.size());
        BpfMap<Integer, String> other = newInner();
        assertEquals(Status.OK, outer.update(1, other));
        assertSame(other, outer.lookup(1));
        assertEquals(1, outer.size());
    }

    @Test
    void deleteEmptiesAPlace() {
        outer.update(1, inner);
        assertEquals(Status.OK, outer.delete(1));
        assertNull(outer.lookup(1));
        assertEquals(0, outer.size());
        assertEquals(Status.ENOENT, outer.delete(1));
        assertTrue(isAlive(inner));
    }

    @Test
    void everyKindOfMapMayBeHeld() {
        BpfMapOfMaps<Integer, Integer, String> kinds = newOuter("kinds", 4);
        List<BpfMap<Integer, String>> maps =
            List.of(inner, rt.growingHashMap("g", 2), rt.lruHashMap("l", 2), rt.arrayMap("a", 2));
        for (int place = 0; place < 4; place++) {
            assertEquals(Status.OK, kinds.update(place, maps.get(place)));
        }
        maps.forEach(BpfMap::close);
        for (int place = 0; place < 4; place++) {
            assertTrue(isAlive(maps.get(place)));
            assertEquals(Status.OK, kinds.delete(place));
            assertEquals(Status.ENOENT, maps.get(place).open());
        }
        closeCleanly();
    }

    // ---------------------------------------------------------------------------------------------- refusals

    @Test
    @SuppressWarnings("unchecked")
    void badArgumentsAreRefusedAndChangeNothing() {
        outer.update(1, inner);
        BpfMap<Integer, String> foreign = open(driven()).hashMap("foreign", 1);
        BpfMap<Integer, String> stranger = (BpfMap<Integer, String>) Proxy.newProxyInstance(BpfMap.class.getClassLoader(),
            new Class<?>[] {BpfMap.class}, (proxy, method, args) -> Status.OK);
        assertEquals(Status.EINVAL, outer.update(null, inner));
        assertEquals(Status.EINVAL, outer.update(1, null));
        assertEquals(Status.EINVAL, outer.update(1, foreign));
        assertEquals(Status.EINVAL, outer.update(1, stranger));
        assertEquals(Status.EINVAL, outer.delete(null));
        assertNull(outer.lookup(null));
        assertSame(inner, outer.lookup(1));
        assertTrue(isAlive(foreign));
        foreign.close();
        assertEquals(Status.ENOENT, foreign.open(), "nobody holds it");
        outer.delete(1);
        inner.close();
        assertEquals(Status.ENOENT, inner.open(), "nobody holds it");
        assertThrows(IllegalArgumentException.class, () -> newOuter("none", 0));
        assertThrows(IllegalArgumentException.class, () -> newOuter("many", (1 << 26) + 1));
        assertThrows(NullPointerException.class, () -> newOuter(null, 1));
    }

    @Test
    void aMapWithoutUserReferencesIsRefused() {
        outer.update(1, inner);
        BpfMap<Integer, String> dead = newInner();
        dead.close();
        assertEquals(Status.ENOENT, outer.update(1, dead));
        assertEquals(Status.ENOENT, outer.update(2, dead));
        assertSame(inner, outer.lookup(1));
        assertNull(outer.lookup(2));
        assertEquals(1, outer.size());
    }

    @Test
    void afterTheLastReleaseNothingIsThereAndNothingIsTaken() {
        outer.update(1, inner);
        outer.open();
        outer.close();
        assertSame(inner, outer.lookup(1));
        assertEquals(Status.OK, outer.release());
        assertNull(outer.lookup(1));
        assertEquals(0, outer.size());
        assertEquals(Status.EPERM, outer.update(2, inner));
        assertEquals(Status.EPERM, outer.update(1, inner));
        assertNull(outer.lookup(2));
        assertEquals(Status.ENOENT, outer.delete(1));
        assertEquals(Status.ENOENT, outer.open());
        assertEquals(Status.ENOENT, outer.release());
        inner.close();
        assertEquals(Status.ENOENT, inner.open(), "nobody holds it");
        closeCleanly();
    }

    // ---------------------------------------------------------------------------------------------- holding

    @Test
    void aPlaceHoldsItsMap() {
        inner.update(7, "v");
        armedIn(inner, 7, 5);
        outer.update(1, inner);
        inner.close();
        creep(5);
        assertEquals(List.of("7=v@5"), fired);
        assertEquals(Status.OK, inner.lookup(7).timer().start(5 * MS, 0));
        assertEquals(Status.OK, outer.delete(1));
        assertEquals(Status.EPERM, inner.update(7, "w"));
        creep(10);
        assertEquals(1, fired.size());
        closeCleanly();
    }

    @Test
    void everyPlaceHoldsOnce() {
        outer.update(0, inner);
        outer.update(1, inner);
        outer.update(1, inner); // drops what it replaces
        inner.close();
        outer.delete(0);
        assertTrue(isAlive(inner));
        outer.update(1, newInner());
        assertEquals(Status.ENOENT, inner.open());
        closeCleanly();
    }

    @Test
    void theLastReleaseOfTheOuterMapDropsEveryInnerMap() {
        List<BpfMap<Integer, String>> inners = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            BpfMap<Integer, String> each = newInner();
            each.update(place, "v");
            armedIn(each, place, 5);
            outer.update(place, each);
            each.close();
            inners.add(each);
        }
        outer.close();
        for (BpfMap<Integer, String> each : inners) {
            assertEquals(0, each.size());
            assertEquals(Status.ENOENT, each.open());
        }
        creep(10);
        assertEquals(List.of(), fired);
        closeCleanly();
    }

    /** T20: two callbacks set each other and re-arm; it stops when the handle and the place are both gone. */
    @Test
    void timersOfAnInnerMapLiveAsLongAsSomethingHoldsIt() {
        inner.update(1_234, "v");
        outer.update(1, inner);
        AtomicInteger count = new AtomicInteger();
        List<TimerCallback<Integer, String>> callbacks = new ArrayList<>();
        for (int each = 0; each < 2; each++) {
            int next = 1 - each;
            callbacks.add((inMap, key, value) -> {
                count.incrementAndGet();
                BpfTimer<Integer, String> own = inMap.lookup(key).timer();
                own.setCallback(prog, callbacks.get(next));
                own.start(MS, 0);
            });
        }
        timerOf(outer.lookup(1), 1_234, callbacks.get(0)).start(0, 0);
        creep(10);
        int before = count.get();
        assertTrue(before >= 10, "ran " + before + " times");
        inner.close();
        creep(10);
        assertTrue(count.get() >= before + 10, "the place holds it");
        int atDelete = count.get();
        outer.delete(1);
        creep(10);
        assertEquals(atDelete, count.get());
        assertEquals(List.of(), errors);
        closeCleanly();
    }

    @Test
    void aPinnedInnerMapLivesOn() {
        inner.update(1, "v");
        armedIn(inner, 1, 5);
        outer.update(1, inner);
        assertEquals(Status.OK, rt.pin("/inner", inner));
        inner.close();
        outer.close();
        creep(5);
        assertEquals(List.of("1=v@5"), fired);
        assertEquals(Status.OK, inner.lookup(1).timer().start(5 * MS, 0));
        assertEquals(Status.OK, rt.unpin("/inner"));
        creep(10);
        assertEquals(1, fired.size());
        closeCleanly();
    }

    @Test
    void aCallbackMayDropTheMapItIsIn() {
        inner.update(1, "v");
        outer.update(1, inner);
        inner.close();
        List<Status> answers = new ArrayList<>();
        timerOf(inner, 1, (inMap, key, value) -> {
            answers.add(outer.delete(1));
            answers.add(inMap.update(key, "w"));
        }).start(0, 0);
        driver.drain();
        assertEquals(List.of(Status.OK, Status.EPERM), answers);
        closeCleanly();
    }

    @Test
    void theBooksCountOuterMapsAndWhatTheyHold() {
        int maps = rt.audit().maps();
        long elements = rt.audit().elements();
        outer.update(1, inner);
        outer.update(2, inner);
        assertEquals(elements + 2, rt.audit().elements());
        outer.close();
        driver.drain();
        assertEquals(maps - 1, rt.audit().maps());
        assertEquals(elements, rt.audit().elements());
        closeCleanly();
    }

    @Test
    void closingTheRuntimeNamesTheInnerMapThatWasArmed() {
        inner.update(1, "v");
        armedIn(inner, 1, 5);
        outer.update(1, inner);
        inner.close();
        rt.close();
        assertEquals(List.of("inner 1"), rt.audit().stillArmed().stream().map(s -> s.map() + " " + s.timers()).toList());
        assertEquals(Status.EPERM, outer.update(1, inner));
    }

    // ---------------------------------------------------------------------------------------------- a model

    /** Against plain arrays of places and counts. */
    @Test
    void randomCallsAgreeWithAModel() {
        long seed = Long.getLong("contract.seed", System.nanoTime());
        Random random = new Random(seed);
        int inners = 5;
        List<BpfMap<Integer, String>> maps = new ArrayList<>();
        int[] users = new int[inners];
        Integer[] places = new Integer[PLACES];
        for (int i = 0; i < inners; i++) {
            maps.add(newInner());
            users[i] = 1;
        }
        for (int step = 0; step < STEPS; step++) {
            String where = "-Dcontract.seed=" + seed + " step " + step;
            int place = random.nextInt(PLACES);
            int i = random.nextInt(inners);
            boolean alive = users[i] > 0;
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    assertEquals(alive ? Status.OK : Status.ENOENT, outer.update(place, maps.get(i)), where);
                    if (alive) {
                        users[i]++;
                        if (places[place] != null) {
                            users[places[place]]--;
                        }
                        places[place] = i;
                    }
                }
                case 3 -> {
                    assertEquals(places[place] == null ? Status.ENOENT : Status.OK, outer.delete(place), where);
                    if (places[place] != null) {
                        users[places[place]]--;
                        places[place] = null;
                    }
                }
                case 4 -> {
                    if (users[i] < 4) {
                        assertEquals(alive ? Status.OK : Status.ENOENT, maps.get(i).open(), where);
                        users[i] += alive ? 1 : 0;
                    }
                }
                default -> {
                    int held = 0;
                    for (Integer each : places) {
                        held += each != null && each == i ? 1 : 0;
                    }
                    if (users[i] > held) {
                        assertEquals(Status.OK, maps.get(i).release(), where);
                        users[i]--;
                    }
                }
            }
            for (int k = 0; k < inners; k++) {
                if (users[k] == 0) {
                    assertEquals(Status.EPERM, maps.get(k).update(1, "v"), where);
                    maps.set(k, newInner());
                    users[k] = 1;
                } else {
                    assertEquals(Status.OK, maps.get(k).update(1, "v"), where);
                }
            }
            assertSame(places[place] == null ? null : maps.get(places[place]), outer.lookup(place), where);
            driver.drain();
        }
        closeCleanly();
    }

    // ---------------------------------------------------------------------------------------------- races

    /** Three threads exchange and delete; at the end every inner map has exactly the references that can be counted. */
    @Test
    void referencesStayExactWhileThreadsExchangeMaps() throws Exception {
        useSystemClock(1);
        outer = newOuter("outer", PLACES);
        for (int round = 0; round < 50; round++) {
            List<BpfMap<Integer, String>> maps = List.of(newInner(), newInner(), newInner());
            Racer racer = () -> {
                ThreadLocalRandom random = ThreadLocalRandom.current();
                for (int i = 0; i < 2_000; i++) {
                    int place = random.nextInt(2);
                    if (random.nextInt(3) == 0) {
                        outer.delete(place);
                    } else {
                        Status status = outer.update(place, maps.get(random.nextInt(3)));
                        assertEquals(Status.OK, status);
                    }
                    BpfMap<Integer, String> found = outer.lookup(place);
                    assertTrue(found == null || maps.contains(found));
                }
            };
            race(racer, racer, racer);
            for (BpfMap<Integer, String> each : maps) {
                assertTrue(isAlive(each), "dropped once too often");
            }
            outer.delete(0);
            outer.delete(1);
            assertEquals(0, outer.size());
            for (BpfMap<Integer, String> each : maps) {
                assertTrue(isAlive(each), "dropped once too often");
                each.close();
                assertEquals(Status.ENOENT, each.open(), "somebody forgot a reference");
            }
        }
        closeCleanly();
    }

    /** Updates and deletes while the outer map goes: it holds nothing afterwards. */
    @Test
    void updatesThatRaceWithTheLastReleaseOfTheOuterMapLeaveNothing() throws Exception {
        useSystemClock(1);
        for (int round = 0; round < 1_000; round++) {
            BpfMapOfMaps<Integer, Integer, String> mine = newOuter("mine", PLACES); // between its steps a delete still counts
            BpfMap<Integer, String> first = newInner();
            BpfMap<Integer, String> second = newInner();
            mine.update(0, first);
            race(() -> {
                Status status = Status.OK;
                for (int i = 0; status == Status.OK; i++) {
                    status = mine.update(i & 1, (i & 2) == 0 ? first : second);
                }
                assertEquals(Status.EPERM, status);
            }, () -> {
                while (mine.open() == Status.OK) {
                    mine.release();
                    mine.delete(0);
                }
            }, mine::close);
            assertEquals(0, mine.size());
            assertNull(mine.lookup(0));
            assertNull(mine.lookup(1));
            for (BpfMap<Integer, String> each : List.of(first, second)) {
                assertTrue(isAlive(each), "dropped once too often");
                each.close();
                assertEquals(Status.ENOENT, each.open(), "somebody forgot a reference");
            }
        }
        closeCleanly();
    }

    /** An update that races with the last release of the inner map: it is held and lives, or it is refused and dead. */
    @Test
    void anUpdateRacesWithTheLastReleaseOfTheInnerMap() throws Exception {
        useSystemClock(1);
        outer = newOuter("outer", PLACES);
        int held = 0;
        for (int round = 0; round < 1_000; round++) {
            BpfMap<Integer, String> mine = newInner();
            mine.update(1, "v");
            AtomicInteger ran = new AtomicInteger();
            BpfTimer<Integer, String> timer = timerOf(mine, 1, (m, k, v) -> ran.incrementAndGet());
            timer.start(3_600_000 * MS, 0);
            Status[] updated = new Status[1];
            race(() -> updated[0] = outer.update(0, mine), mine::close);
            if (updated[0] == Status.OK) {
                held++;
                assertEquals(Status.EBUSY, timer.init(mine, ClockId.MONOTONIC), "its timer lives");
                assertEquals(Status.CANCELLED, timer.cancelAsync());
                assertEquals(Status.OK, outer.delete(0));
            } else {
                assertEquals(Status.ENOENT, updated[0]);
                assertNull(outer.lookup(0));
            }
            assertEquals(Status.ENOENT, mine.open());
            assertEquals(Status.ENOENT, timer.cancelAsync());
            assertEquals(0, ran.get());
        }
        System.out.println("held " + held + " of 1000");
        closeCleanly();
    }
}
