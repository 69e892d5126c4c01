// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arrays. */
class ArrayMapTest extends LockFreeCase {
    private static final int SIZE = 8;
    private static final int STEPS = 3_000;

    private BpfArrayMap<String> array;

    @BeforeEach
    void newArray() {
        array = rt.arrayMap("array", SIZE);
    }

    private MapElement<Integer, String> at(int index) {
        MapElement<Integer, String> element = array.lookup((Integer) index);
        assertNotNull(element, "index " + index);
        return element;
    }

    @Test
    void everyElementIsThereWithoutAValue() {
        assertEquals(SIZE, array.size());
        assertEquals(SIZE, array.maxEntries());
        for (int i = 0; i < SIZE; i++) {
            assertEquals(i, at(i).key());
            assertNull(at(i).value());
        }
    }

    @Test
    void updateStoresAValueAndNothingElse() {
        MapElement<Integer, String> before = at(3);
        assertEquals(Status.OK, array.updateAt(3, "a"));
        assertEquals("a", before.value(), "the element is the same");
        assertEquals(Status.OK, array.update((Integer) 3, "b"));
        assertEquals("b", at(3).value());
        assertNull(at(2).value());
        assertNull(at(4).value());
        assertEquals(SIZE, array.size());
    }

    @Test
    void valuesMayBeNumbersToo() {
        BpfArrayMap<Integer> numbers = rt.arrayMap("numbers", 2);
        assertEquals(Status.OK, numbers.update(1, 7));
        assertEquals(7, numbers.lookup(1).value());
        assertEquals(Status.E2BIG, numbers.updateAt(2, 7));
        assertEquals(Status.E2BIG, numbers.updateAt(-1, 7));
        assertEquals(Status.ENOENT, numbers.lookupAt(2, numbers.handle()));
    }

    @Test
    void lookupWithoutBoxingPointsAHandle() {
        MapElement<Integer, String> handle = array.handle();
        assertNull(handle.key());
        for (int i = 0; i < SIZE; i++) {
            assertEquals(Status.OK, array.lookupAt(i, handle));
            assertEquals(i, handle.key());
        }
    }

    @Test
    void aTimerFiresWithItsIndexAndValue() {
        array.update(1, "one");
        armedIn(array, 1, 5);
        armedIn(array, 0, 6);
        creep(10);
        assertEquals(List.of("1=one@5", "0=null@6"), fired);
    }

    @Test
    void updateCancelsAndFreesTheTimer() {
        array.update(1, "old");
        BpfTimer<Integer, String> timer = armedIn(array, 1, 5);
        assertEquals(Status.EBUSY, timer.init(array, ClockId.MONOTONIC));
        assertEquals(Status.OK, array.update(1, "new"));
        assertEquals(Status.EINVAL, timer.start(0, 0), "there is no timer any more");
        creep(10);
        assertEquals(List.of(), fired);
        armedIn(array, 1, 5);
        creep(5);
        assertEquals(List.of("1=new@15"), fired);
    }

    /** T21: a work in an array, and an update that frees it. */
    @Test
    void updateCancelsAndFreesTheWork() {
        array.update(1, "old");
        BpfWq<Integer, String> work = pendingIn(array, 1);
        driver.drain();
        assertEquals(List.of("work 1=old"), fired);
        assertEquals(Status.OK, work.start());
        assertEquals(Status.OK, array.update(1, "new"));
        assertEquals(Status.EINVAL, work.start(), "there is no work any more");
        driver.drain();
        assertEquals(1, fired.size());
        pendingIn(array, 1);
        array.close();
        driver.drain();
        assertEquals(1, fired.size());
        closeCleanly();
    }

    @Test
    void deleteIsRefusedAndChangesNothing() {
        array.update(1, "a");
        armedIn(array, 1, 5);
        assertEquals(Status.EINVAL, array.delete(1));
        assertEquals(Status.EINVAL, array.delete(SIZE));
        assertEquals(Status.EINVAL, array.delete(null));
        assertEquals("a", at(1).value());
        creep(5);
        assertEquals(List.of("1=a@5"), fired);
    }

    @Test
    void aKeyOutsideOfTheArrayIsRefused() {
        MapElement<Integer, String> handle = at(1);
        for (int outside : new int[] {-1, SIZE, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertEquals(Status.E2BIG, array.update(outside, "a"));
            assertEquals(Status.E2BIG, array.update((Integer) outside, "a"));
            assertEquals(Status.ENOENT, array.lookup(outside, handle));
            assertEquals(Status.ENOENT, array.lookup((Integer) outside, handle));
            assertNull(array.lookup((Integer) outside));
        }
        assertEquals(1, handle.key(), "the handle stays where it was");
        for (int i = 0; i < SIZE; i++) {
            assertNull(at(i).value());
        }
    }

    @Test
    void badArgumentsAreRefused() {
        MapElement<Integer, String> foreign = rt.<String>arrayMap("other", SIZE).handle();
        assertEquals(Status.EINVAL, array.update(null, "a"));
        assertEquals(Status.EINVAL, array.update(1, null));
        assertEquals(Status.EINVAL, array.update((Integer) 1, null));
        assertEquals(Status.EINVAL, array.update(SIZE, null), "the value is looked at first");
        assertNull(array.lookup(null));
        assertEquals(Status.EINVAL, array.lookup(null, array.handle()));
        assertEquals(Status.EINVAL, array.lookup(1, null));
        assertEquals(Status.EINVAL, array.lookup(1, foreign));
        assertEquals(Status.EINVAL, array.lookup((Integer) 1, foreign));
        assertEquals(Status.EINVAL, at(1).timer().init(rt.arrayMap("another", 2), ClockId.MONOTONIC));
        assertThrows(IllegalArgumentException.class, () -> rt.arrayMap("none", 0));
        assertThrows(IllegalArgumentException.class, () -> rt.arrayMap("many", (1 << 26) + 1));
        assertThrows(NullPointerException.class, () -> rt.arrayMap(null, 1));
        assertNull(at(1).value());
    }

    @Test
    void afterTheLastReleaseNothingIsThere() {
        array.update(1, "a");
        MapElement<Integer, String> handle = at(1);
        BpfTimer<Integer, String> timer = armedIn(array, 1, 5);
        armedIn(array, 2, 5);
        array.open();
        array.close();
        assertEquals(SIZE, array.size());
        assertEquals(Status.OK, array.release());
        assertEquals(0, array.size());
        assertNull(handle.key());
        assertNull(handle.value());
        assertNull(array.lookup((Integer) 1));
        assertEquals(Status.ENOENT, array.lookup(1, handle));
        assertEquals(Status.EPERM, array.update(1, "b"));
        assertEquals(Status.EPERM, timer.init(array, ClockId.MONOTONIC));
        assertEquals(Status.ENOENT, timer.setCallback(prog, (m, k, v) -> { }));
        assertEquals(Status.ENOENT, timer.start(0, 0));
        assertEquals(Status.ENOENT, timer.cancelAsync());
        assertEquals(Status.ENOENT, timer.cancel());
        assertEquals(0, array.forEach(array.handle(), element -> fired.add("visited")));
        assertEquals(Status.ENOENT, array.open());
        creep(10);
        assertEquals(List.of(), fired);
    }

    @Test
    void forEachVisitsEveryElementOnce() {
        Set<Integer> seen = new TreeSet<>();
        array.update(5, "five");
        int visited = array.forEach(array.handle(), element -> {
            assertTrue(seen.add(element.key()));
            assertEquals(element.key() == 5 ? "five" : null, element.value());
        });
        assertEquals(SIZE, visited);
        assertEquals(SIZE, seen.size());
        assertEquals(-1, array.forEach(null, element -> { }));
        assertEquals(-1, array.forEach(array.handle(), null));
        assertEquals(-1, array.forEach(rt.<String>arrayMap("other", 1).handle(), element -> { }));
    }

    @Test
    void theViewListsWhatIsArmedAndChangesItByIndex() {
        armedIn(array, 6, 9);
        armedIn(array, 2, 5);
        assertEquals(List.of(2, 6), array.timers().armed().stream().map(t -> t.key()).toList());
        assertEquals(Status.REARMED, array.timers().start(6, MS, 0));
        assertEquals(Status.CANCELLED, array.timers().cancelAsync(2));
        assertEquals(Status.OK, array.timers().delete(2));
        assertEquals(Status.EINVAL, array.timers().delete(3));
        assertEquals(Status.ENOENT, array.timers().delete(SIZE));
        creep(10);
        assertEquals(List.of("6=null@1"), fired);
    }

    /** T1, T6: a callback updates its own element, which frees its timer, and arms another. */
    @Test
    void aCallbackMayUpdateItsOwnElement() {
        List<Status> answers = new ArrayList<>();
        timerOf(array, 1, (inMap, key, value) -> {
            MapElement<Integer, String> own = inMap.lookup(key);
            answers.add(inMap.update(key, "again"));
            answers.add(own.timer().cancel());
            answers.add(own.timer().init(inMap, ClockId.MONOTONIC));
        }).start(0, 0);
        driver.drain();
        assertEquals(List.of(Status.OK, Status.EINVAL, Status.OK), answers);
        closeCleanly();
    }

    @Test
    void theBooksCountTheElementsWhileThereAreUsers() {
        assertEquals(SIZE, rt.audit().elements());
        armedIn(array, 1, 5);
        assertEquals(1, rt.audit().armedTimers());
        array.close();
        driver.drain();
        assertEquals(0, rt.audit().elements());
        assertEquals(0, rt.audit().blocks());
        closeCleanly();
    }

    /** Against an array of values and deadlines. */
    @Test
    void randomCallsAgreeWithAModel() {
        long seed = Long.getLong("contract.seed", System.nanoTime());
        Random random = new Random(seed);
        String[] values = new String[SIZE];
        long[] deadlines = new long[SIZE]; // -1: no timer; 0: not armed
        Arrays.fill(deadlines, -1);
        for (int step = 0; step < STEPS; step++) {
            String where = "-Dcontract.seed=" + seed + " step " + step;
            int i = random.nextInt(SIZE + 2) - 1;
            boolean inside = i >= 0 && i < SIZE;
            MapElement<Integer, String> element = array.lookup((Integer) i);
            assertEquals(inside, element != null, where);
            switch (random.nextInt(6)) {
                case 0 -> {
                    assertEquals(inside ? Status.OK : Status.E2BIG, array.update(i, where), where);
                    if (inside) {
                        values[i] = where;
                        deadlines[i] = -1;
                    }
                }
                case 1 -> assertEquals(Status.EINVAL, array.delete(i), where);
                case 2, 3 -> {
                    if (inside) {
                        Status expected = deadlines[i] < 0 ? Status.OK : Status.EBUSY;
                        assertEquals(expected, element.timer().init(array, ClockId.MONOTONIC), where);
                        element.timer().setCallback(prog, (m, k, v) -> fired.add(k + "=" + v + "@" + sinceStart()));
                        long delay = 1 + random.nextInt(9);
                        assertEquals(deadlines[i] > 0 ? Status.REARMED : Status.OK, element.timer().start(delay * MS, 0), where);
                        deadlines[i] = sinceStart() + delay;
                    }
                }
                default -> {
                    fired.clear();
                    advance(1);
                    Set<String> expected = new HashSet<>();
                    for (int k = 0; k < SIZE; k++) {
                        if (deadlines[k] > 0 && deadlines[k] <= sinceStart()) {
                            expected.add(k + "=" + values[k] + "@" + sinceStart());
                            deadlines[k] = 0;
                        }
                    }
                    assertEquals(expected, new HashSet<>(fired), where);
                    assertEquals(expected.size(), fired.size(), where);
                }
            }
            if (inside) {
                assertEquals(values[i], element.value(), where);
            }
        }
        closeCleanly();
    }

    /** Whatever an update and an init do while the last reference goes, nothing stays armed. */
    @Test
    void updatesAndInitsThatRaceWithTheLastReleaseLeaveNothing() throws Exception {
        useSystemClock(1);
        for (int round = 0; round < 1_000; round++) {
            BpfArrayMap<String> mine = rt.arrayMap("array", 2);
            AtomicInteger afterwards = new AtomicInteger();
            MapElement<Integer, String> element = mine.lookup((Integer) 1);
            race(() -> {
                Status updated = Status.OK;
                while (updated == Status.OK) {
                    updated = mine.update(1, "v");
                    element.timer().init(mine, ClockId.MONOTONIC);
                    element.timer().setCallback(prog, (m, k, v) -> afterwards.incrementAndGet());
                    element.timer().start(3_600_000 * MS, 0);
                }
                assertEquals(Status.EPERM, updated);
            }, mine::close);
            assertNull(element.key());
            assertNull(element.value());
            assertEquals(0, afterwards.get());
        }
        closeCleanly();
    }
}
