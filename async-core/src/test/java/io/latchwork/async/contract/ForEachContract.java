// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Visiting the elements of a map. */
abstract class ForEachContract extends ContractCase {
    private final List<String> seen = new ArrayList<>();

    private void fill(int count) {
        for (int key = 0; key < count; key++) {
            element(key);
        }
    }

    private int visit() {
        return map.forEach(map.handle(), element -> seen.add(element.key() + "=" + element.value()));
    }

    private static List<String> upTo(int count) {
        return IntStream.range(0, count).mapToObj(key -> key + "=v" + key).sorted().toList();
    }

    @Test
    void anEmptyMapHasNothingToVisit() {
        assertEquals(0, visit());
        assertEquals(List.of(), seen);
    }

    @Test
    void everyElementIsVisitedOnce() {
        fill(ENTRIES);
        assertEquals(ENTRIES, visit());
        assertEquals(upTo(ENTRIES), seen.stream().sorted().toList());
    }

    @Test
    void theVisitorIsGivenTheCursor() {
        fill(3);
        MapElement<Integer, String> cursor = map.handle();
        map.forEach(cursor, element -> assertSame(cursor, element));
    }

    @Test
    void whatWasDeletedIsNotVisited() {
        fill(ENTRIES);
        for (int key = 32; key < ENTRIES; key++) {
            map.delete(key);
        }
        assertEquals(32, visit());
        assertEquals(upTo(32), seen.stream().sorted().toList());
    }

    @Test
    void nothingIsLeftToVisitAfterTheLastRelease() {
        fill(3);
        map.close();
        assertEquals(0, visit());
    }

    @Test
    void theVisitorMayDeleteWhatItVisits() {
        fill(ENTRIES);
        assertEquals(ENTRIES, map.forEach(map.handle(), element -> assertEquals(Status.OK, map.delete(element.key()))));
        assertEquals(0, map.size());
    }

    @Test
    void whatTheVisitorDeletesIsVisitedNoMore() {
        fill(ENTRIES);
        int visited = map.forEach(map.handle(), element -> {
            int key = element.key();
            seen.add(element.key() + "=" + element.value());
            map.delete(key ^ 1);
        });
        assertEquals(ENTRIES / 2, visited);
        assertEquals(ENTRIES / 2, map.size());
    }

    @Test
    void theVisitorMayUpdateWhatItVisits() {
        fill(ENTRIES);
        map.forEach(map.handle(), element -> assertEquals(Status.OK, map.update(element.key(), "new")));
        visit();
        assertEquals(ENTRIES, seen.size());
        assertEquals(List.of(), seen.stream().filter(each -> !each.endsWith("=new")).toList());
    }

    @Test
    void theVisitorMayUseTheTimer() {
        for (int key = 0; key < 4; key++) {
            armed(key, 5);
        }
        map.forEach(map.handle(), element -> {
            if (element.key() % 2 == 0) {
                assertEquals(Status.CANCELLED, element.timer().cancelAsync());
            }
        });
        creep(6);
        assertEquals(List.of("1=v1@5", "3=v3@5"), fired.stream().sorted().toList());
    }

    @Test
    void visitsMayNest() {
        fill(4);
        int[] inner = new int[1];
        map.forEach(map.handle(), element -> inner[0] += map.forEach(map.handle(), each -> { }));
        assertEquals(16, inner[0]);
    }

    @Test
    void forEachRefusesWhatIsMissing() {
        fill(3);
        assertEquals(-1, map.forEach(null, element -> seen.add("visited")));
        assertEquals(-1, map.forEach(map.handle(), null));
        assertEquals(List.of(), seen);
    }

    @Test
    void forEachRefusesACursorOfAnotherMap() {
        fill(3);
        BpfHashMap<Integer, String> other = rt.hashMap("other", 1);
        assertEquals(-1, map.forEach(other.handle(), element -> seen.add("visited")));
        assertEquals(List.of(), seen);
    }
}
