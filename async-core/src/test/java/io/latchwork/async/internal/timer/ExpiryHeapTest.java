// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.rcu.Rcu;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The heap against a plain model: random inserts, moves and removals, checked after each. */
class ExpiryHeapTest {
    private final Rcu rcu = Rcu.builder().manual().build();

    private BpfHrtimer block() {
        return new BpfHrtimer(null, 0, rcu, 4);
    }

    @Test
    void anEmptyHeapHasNothingDue() {
        ExpiryHeap heap = new ExpiryHeap();
        assertEquals(0, heap.size());
        assertEquals(Long.MAX_VALUE, heap.firstKey());
        assertNull(heap.first());
    }

    @Test
    void agreesWithAModel() {
        long seed = System.nanoTime();
        System.out.println("ExpiryHeapTest seed " + seed);
        Random random = new Random(seed);
        ExpiryHeap heap = new ExpiryHeap();
        Map<BpfHrtimer, Long> model = new IdentityHashMap<>();
        List<BpfHrtimer> queued = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int choice = random.nextInt(10);
            if (queued.isEmpty() || choice < 5 && queued.size() < 300) {
                BpfHrtimer block = block();
                long key = random.nextInt(1000);
                heap.insert(block, key);
                model.put(block, key);
                queued.add(block);
            } else if (choice < 7) {
                BpfHrtimer block = queued.get(random.nextInt(queued.size()));
                long key = random.nextInt(1000);
                heap.move(block, key);
                model.put(block, key);
            } else {
                BpfHrtimer block = choice < 9 ? heap.first() : queued.get(random.nextInt(queued.size()));
                if (choice < 9) {
                    assertEquals(model.get(block), heap.firstKey());
                }
                heap.remove(block);
                assertEquals(ExpiryHeap.NOT_QUEUED, block.heapIndex);
                model.remove(block);
                queued.remove(block);
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
