// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The heap against a plain model: random inserts, moves and removals, checked after each. */
class ExpiryHeapTest {
    private final EntryPlaces places = new EntryPlaces();
    private final ExpiryHeap heap = new ExpiryHeap(places);

    @Test
    void anEmptyHeapHasNothingDue() {
        assertEquals(0, heap.size());
        assertEquals(Long.MAX_VALUE, heap.firstKey());
    }

    @Test
    void agreesWithAModel() {
        long seed = System.nanoTime();
        System.out.println("ExpiryHeapTest seed " + seed);
        Random random = new Random(seed);
        Map<Integer, Long> model = new HashMap<>();
        List<Integer> queued = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int choice = random.nextInt(10);
            if (queued.isEmpty() || choice < 5 && queued.size() < 300) {
                long key = random.nextInt(1000);
                places.reserve(i);
                heap.insert(i, key);
                model.put(i, key);
                queued.add(i);
            } else if (choice < 7) {
                Integer entry = queued.get(random.nextInt(queued.size()));
                long key = random.nextInt(1000);
                heap.move(entry, key);
                model.put(entry, key);
            } else {
                Integer entry = choice < 9 ? heap.first() : queued.get(random.nextInt(queued.size()));
                if (choice < 9) {
                    assertEquals(model.get(entry), heap.firstKey());
                }
                heap.remove(entry);
                model.remove(entry);
                queued.remove(entry);
            }
            assertEquals(model.size(), heap.size());
            assertEquals(model.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE), heap.firstKey());
        }
        long last = Long.MIN_VALUE;
        while (heap.size() > 0) {
            assertTrue(heap.firstKey() >= last, "out of order");
            last = heap.firstKey();
            heap.remove(heap.first());
        }
    }
}
