// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderCheckTest {
    private static final long[] DEADLINES = {10, 20, 20, 30};

    @Test
    void ascendingDeadlinesAreInOrder() {
        final OrderCheck check = new OrderCheck(DEADLINES);
        for (final int timer : new int[] {0, 2, 1, 3}) {
            check.fired(timer, 100);
        }
        assertEquals(0, check.inversions());
        assertEquals(0, check.early());
    }

    @Test
    void eachStepBackIsCounted() {
        final OrderCheck check = new OrderCheck(DEADLINES);
        for (final int timer : new int[] {3, 0, 1, 0}) {
            check.fired(timer, 100);
        }
        assertEquals(2, check.inversions());
    }

    @Test
    void firingBeforeTheDeadlineIsEarlyAndAtItIsNot() {
        final OrderCheck check = new OrderCheck(DEADLINES);
        check.fired(0, 10);
        check.fired(1, 19);
        assertEquals(1, check.early());
    }

    @Test
    void threadsAreInOrderEachForItself() throws InterruptedException {
        final OrderCheck check = new OrderCheck(DEADLINES);
        check.fired(3, 100);
        final Thread other = new Thread(() -> {
            check.fired(0, 100);
            check.fired(1, 0);
        });
        other.start();
        other.join();
        assertEquals(0, check.inversions());
        assertEquals(1, check.early());
    }

    @Test
    void theCountdownCountsEveryThread() throws InterruptedException {
        final Countdown fired = new Countdown();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    fired.run();
                }
            }));
        }
        threads.forEach(Thread::start);
        fired.await(30_000, 60_000_000_000L, null);
        for (final Thread thread : threads) {
            thread.join();
        }
        assertEquals(30_000, fired.count());
        assertThrows(IllegalStateException.class, () -> fired.await(30_001, 0, null));
    }
}
