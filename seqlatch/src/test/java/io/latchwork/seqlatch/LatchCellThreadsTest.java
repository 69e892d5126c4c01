// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class LatchCellThreadsTest {

    private static final int WRITES = 150_000;

    /** Both halves are the same box; an emptied slot is seen as null. */
    private record Box(int number) {
    }

    private final LatchCell<Box, Box> cell = new LatchCell<>();
    private final AtomicInteger writersLeft = new AtomicInteger(2);
    private final AtomicIntegerArray cameOut = new AtomicIntegerArray(2 * WRITES);

    @Test
    void eachPairComesOutExactlyOnce() throws Exception {
        final ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            final List<Future<Integer>> all = new ArrayList<>();
            all.add(pool.submit(writer(0)));
            all.add(pool.submit(writer(WRITES)));
            all.add(pool.submit(this::readAll));
            for (final Future<Integer> one : all) {
                one.get(50, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        takeOut(cell.exchange(null, null));
        for (int i = 0; i < 2 * WRITES; i++) {
            assertEquals(1, cameOut.get(i), "pair " + i);
        }
    }

    private Callable<Integer> writer(final int from) {
        return () -> {
            for (int i = from; i < from + WRITES; i++) {
                final Box box = new Box(i);
                takeOut(cell.exchange(box, box));
                if (i % 8 == 0) {
                    takeOut(cell.clear());
                }
            }
            return writersLeft.decrementAndGet();
        };
    }

    private void takeOut(final int slot) {
        assertTrue(slot != LatchCell.BUSY, "two writers never fill four slots");
        final Box a = cell.first(slot);
        assertEquals(a, cell.second(slot));
        cell.free(slot);
        if (a != null) {
            cameOut.getAndIncrement(a.number());
        }
    }

    private int readAll() {
        int reads = 0;
        while (writersLeft.get() > 0) {
            final long token = cell.readBegin();
            final Box a = cell.readFirst(token);
            final Box b = cell.readSecond(token);
            if (!cell.readRetry(token)) {
                assertEquals(a, b, "I4: halves of different pairs");
                assertTrue(a != null || LatchSlots.activeSlot(token) == LatchCell.NONE, "I4: a freed slot was read");
                reads++;
            }
        }
        return reads;
    }
}
