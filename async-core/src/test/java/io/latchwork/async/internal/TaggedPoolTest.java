// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class TaggedPoolTest {
    @Test
    void whatWentInLastComesOutFirst() {
        TaggedPool<Integer> pool = new TaggedPool<>(3, i -> i);
        assertEquals(3, pool.available());
        assertEquals(0, pool.pop());
        assertEquals(1, pool.pop());
        pool.push(0);
        assertEquals(0, pool.pop());
        assertEquals(2, pool.pop());
        assertNull(pool.pop());
        assertEquals(0, pool.available());
        assertEquals(3, pool.capacity());
    }

    @Test
    void anEmptyPoolIsFine() {
        assertNull(new TaggedPool<>(0, i -> i).pop());
    }

    @Test
    void noObjectHasTwoOwners() throws Exception {
        int size = 4;
        int rounds = 200_000;
        TaggedPool<Integer> pool = new TaggedPool<>(size, i -> i);
        AtomicIntegerArray owners = new AtomicIntegerArray(size);
        CyclicBarrier begin = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            all.add(threads.submit(() -> {
                begin.await();
                for (int i = 0; i < rounds; i++) {
                    Integer mine = pool.pop();
                    if (mine != null) {
                        assertEquals(1, owners.incrementAndGet(mine), "two owners of " + mine);
                        owners.decrementAndGet(mine);
                        pool.push(mine);
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
        assertEquals(size, pool.available());
    }
}
