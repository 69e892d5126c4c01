// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements and handles. */
abstract class MapContract extends ContractCase {
    /** Keys that all lie in one bucket. */
    private record Clashing(int id) {
        @Override
        public int hashCode() {
            return 42;
        }
    }

    @Test
    void aMapKnowsItsNameAndSize() {
        assertEquals("map", map.name());
        assertEquals(ENTRIES, map.maxEntries());
        assertEquals(0, map.size());
    }

    @Test
    void updateInserts() {
        assertEquals(Status.OK, map.update(1, "a"));
        assertEquals("a", found(1).value());
        assertEquals(1, map.size());
    }

    @Test
    void updateReplacesTheValueInPlace() {
        MapElement<Integer, String> element = element(1);
        assertEquals(Status.OK, map.update(1, "b"));
        assertEquals("b", element.value());
        assertEquals(1, map.size());
    }

    @Test
    void updateCancelsTheTimerOfTheOldValue() {
        armed(1, 5);
        map.update(1, "new");
        creep(10);
        assertEquals(List.of(), fired);
    }

    @Test
    void updateRefusesNoKey() {
        assertEquals(Status.EINVAL, map.update(null, "a"));
    }

    @Test
    void updateRefusesNoValue() {
        assertEquals(Status.EINVAL, map.update(1, null));
        assertEquals(0, map.size());
    }

    @Test
    void updateOfAFullMapIsRefused() {
        map = rt.hashMap("two", 2);
        map.update(1, "a");
        map.update(2, "b");
        assertEquals(Status.E2BIG, map.update(3, "c"));
        assertEquals(2, map.size());
        assertNull(map.lookup(3));
    }

    @Test
    void updateOfAFullMapStillReplaces() {
        map = rt.hashMap("one", 1);
        map.update(1, "a");
        assertEquals(Status.OK, map.update(1, "b"));
    }

    @Test
    void deletingMakesRoom() {
        map = rt.hashMap("one", 1);
        for (int i = 0; i < 1000; i++) {
            assertEquals(Status.OK, map.update(i, "a"));
            assertEquals(Status.OK, map.delete(i));
        }
        assertEquals(0, map.size());
    }

    @Test
    void deleteCancelsTheTimer() {
        armed(1, 5);
        assertEquals(Status.OK, map.delete(1));
        creep(10);
        assertEquals(List.of(), fired);
        assertEquals(0, map.size());
    }

    @Test
    void deleteCancelsATimerThatIsDue() {
        armed(1, 5);
        clock.advance(7 * MS);
        map.delete(1);
        driver.drain();
        assertEquals(List.of(), fired);
    }

    @Test
    void deleteFindsNoSuchKey() {
        assertEquals(Status.ENOENT, map.delete(1));
    }

    @Test
    void deleteTwiceFindsNothing() {
        element(1);
        map.delete(1);
        assertEquals(Status.ENOENT, map.delete(1));
    }

    @Test
    void deleteRefusesNoKey() {
        assertEquals(Status.EINVAL, map.delete(null));
    }

    @Test
    void keysInOneBucketAreToldApart() {
        BpfHashMap<Clashing, Integer> clashing = rt.hashMap("clashing", 16);
        for (int i = 0; i < 16; i++) {
            assertEquals(Status.OK, clashing.update(new Clashing(i), i));
        }
        for (int i = 0; i < 16; i += 2) {
            assertEquals(Status.OK, clashing.delete(new Clashing(i)));
        }
        for (int i = 0; i < 16; i++) {
            MapElement<Clashing, Integer> found = clashing.lookup(new Clashing(i));
            assertEquals(i % 2 == 0 ? null : Integer.valueOf(i), found == null ? null : found.value());
        }
    }

    @Test
    void lookupMakesAHandle() {
        MapElement<Integer, String> element = element(1);
        assertEquals(1, element.key());
        assertEquals("v1", element.value());
        assertNotNull(element.timer());
    }

    @Test
    void lookupFindsNoSuchKey() {
        assertNull(map.lookup(1));
    }

    @Test
    void lookupOfNoKeyFindsNothing() {
        assertNull(map.lookup(null));
    }

    @Test
    void lookupPointsAHandleElsewhere() {
        MapElement<Integer, String> handle = element(1);
        element(2);
        BpfTimer<Integer, String> timer = handle.timer();
        assertEquals(Status.OK, map.lookup(2, handle));
        assertEquals(2, handle.key());
        timer.init(map, ClockId.MONOTONIC);
        assertEquals(Status.IDLE, found(2).timer().cancelAsync(), "the view follows its handle");
        assertEquals(Status.EINVAL, found(1).timer().cancelAsync());
    }

    @Test
    void lookupThatFindsNothingLeavesTheHandle() {
        MapElement<Integer, String> handle = element(1);
        assertEquals(Status.ENOENT, map.lookup(2, handle));
        assertEquals(1, handle.key());
    }

    @Test
    void lookupRefusesNoKeyForAHandle() {
        assertEquals(Status.EINVAL, map.lookup(null, element(1)));
    }

    @Test
    void lookupRefusesNoHandle() {
        element(1);
        assertEquals(Status.EINVAL, map.lookup(1, null));
    }

    @Test
    void lookupRefusesAHandleOfAnotherMap() {
        element(1);
        BpfHashMap<Integer, String> other = rt.hashMap("other", 1);
        assertEquals(Status.EINVAL, map.lookup(1, other.handle()));
    }

    @Test
    void aNewHandlePointsNowhere() {
        MapElement<Integer, String> handle = map.handle();
        assertNull(handle.key());
        assertNull(handle.value());
        assertEquals(Status.ENOENT, handle.timer().setCallback(prog, record));
    }

    @Test
    void aNewHandleMayBePointedAtAnElement() {
        element(1);
        MapElement<Integer, String> handle = map.handle();
        assertEquals(Status.OK, map.lookup(1, handle));
        assertEquals("v1", handle.value());
    }

    @Test
    void aHandleOfADeletedElementHasNeitherKeyNorValue() {
        MapElement<Integer, String> handle = element(1);
        map.delete(1);
        assertNull(handle.key());
        assertNull(handle.value());
    }

    @Test
    void aStaleHandleTouchesNothingOfItsSuccessor() {
        map = rt.hashMap("one", 1);
        MapElement<Integer, String> stale = element(1);
        map.delete(1);
        driver.drain(); // whatever memory is reused is free by now
        BpfTimer<Integer, String> successor = armed(1, 5);
        BpfTimer<Integer, String> timer = stale.timer();
        assertEquals(Status.ENOENT, timer.init(map, ClockId.MONOTONIC));
        assertEquals(Status.ENOENT, timer.setCallback(prog, (inMap, key, value) -> fired.add("wrong")));
        assertEquals(Status.ENOENT, timer.start(0, 0));
        assertEquals(Status.ENOENT, timer.cancelAsync());
        assertEquals(Status.ENOENT, timer.cancel());
        assertNull(stale.key());
        assertNull(stale.value());
        creep(5);
        assertEquals(List.of("1=v1@5"), fired);
        assertEquals(Status.IDLE, successor.cancelAsync());
    }
}
