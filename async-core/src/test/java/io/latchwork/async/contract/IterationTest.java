// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.MapElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Iteration over every kind of map while others change it. */
class IterationTest extends LockFreeCase {
    private static final int STAY = 40;
    private static final int KEYS = 200;
    private static final int ROUNDS = 400;

    /** Keys below STAY are there all the time and so are visited once in each pass; the others come and go. */
    private void passesWhileOthersChange(BpfMap<Integer, String> subject) throws Exception {
        for (int key = 0; key < STAY; key++) {
            subject.update(key, "v" + key);
        }
        AtomicBoolean done = new AtomicBoolean();
        Racer changer = () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            while (!done.get()) {
                int key = STAY + random.nextInt(KEYS - STAY);
                if (random.nextBoolean()) {
                    subject.update(key, "v" + key);
                } else {
                    subject.delete(key);
                }
                if (key % 8 == 0) {
                    subject.update(key % STAY, "v" + key % STAY);
                }
            }
        };
        race(changer, changer, () -> {
            try {
                MapElement<Integer, String> cursor = subject.handle();
                for (int round = 0; round < ROUNDS; round++) {
                    Map<Integer, Integer> visits = new HashMap<>();
                    int visited = subject.forEach(cursor, element -> {
                        assertTrue(element == cursor);
                        Integer key = element.key();
                        if (key != null) { // else it was deleted just now
                            String value = element.value();
                            assertTrue(value == null || value.equals("v" + key), key + "=" + value);
                            visits.merge(key, 1, Integer::sum);
                        }
                    });
                    assertTrue(visited >= STAY && visited <= KEYS * 2, "visited " + visited);
                    for (int key = 0; key < STAY; key++) {
                        assertEquals(1, visits.get(key), "key " + key + " in round " + round);
                    }
                }
            } finally {
                done.set(true);
            }
        });
    }

    @Test
    void aPreallocatedMap() throws Exception {
        useSystemClock(1);
        passesWhileOthersChange(rt.hashMap("m", KEYS));
        closeCleanly();
    }

    @Test
    void aGrowingMap() throws Exception {
        useSystemClock(1);
        passesWhileOthersChange(rt.growingHashMap("m", 1 << 20));
        closeCleanly();
    }

    @Test
    void anLruMapThatIsNotFull() throws Exception {
        useSystemClock(1);
        passesWhileOthersChange(rt.lruHashMap("m", KEYS + 8));
        closeCleanly();
    }

    @Test
    void anArray() throws Exception {
        useSystemClock(1);
        passesWhileOthersChange(rt.arrayMap("m", KEYS));
        closeCleanly();
    }

    /** While a map is emptied, a pass sees a part of it; afterwards nothing. */
    @Test
    void aMapThatGoesMeanwhile() throws Exception {
        useSystemClock(1);
        for (int round = 0; round < 50; round++) {
            for (BpfMap<Integer, String> each : List.<BpfMap<Integer, String>>of(rt.hashMap("h", 64), rt.growingHashMap("g", 64),
                    rt.lruHashMap("l", 64), rt.arrayMap("a", 64))) {
                for (int key = 0; key < 64; key++) {
                    each.update(key, "v");
                }
                int[] visited = new int[1];
                race(() -> visited[0] = each.forEach(each.handle(), element -> element.timer().cancelAsync()), each::close);
                assertTrue(visited[0] <= 64);
                assertEquals(0, each.forEach(each.handle(), element -> { }));
                assertNull(each.lookup(1));
            }
        }
        closeCleanly();
    }
}
