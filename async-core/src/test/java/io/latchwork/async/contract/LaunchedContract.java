// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The same with the threads of the runtime, and callers on several threads. */
abstract class LaunchedContract extends ContractCase {
    private static final int ROUNDS = 20_000;

    private void useSystemClock(int bases) {
        use(RuntimeSpec.launched(AsyncClock.system(), this::onError).withBases(bases));
    }

    @Test
    void aTimerFiresByItselfAndNotEarly() {
        useSystemClock(1);
        CountDownLatch ran = new CountDownLatch(1);
        AtomicLong firedAt = new AtomicLong();
        BpfTimer<Integer, String> timer = timer(1, (inMap, key, value) -> {
            firedAt.set(System.nanoTime());
            ran.countDown();
        });
        long from = System.nanoTime();
        timer.start(20 * MS, 0);
        await(ran);
        assertTrue(firedAt.get() - from >= 20 * MS);
    }

    @Test
    void anEarlierTimerWakesASleepingBase() {
        useSystemClock(1);
        CountDownLatch ran = new CountDownLatch(1);
        timer(1).start(3_600_000 * MS, 0);
        timer(2, (inMap, key, value) -> ran.countDown()).start(MS, 0);
        await(ran);
        assertEquals(List.of(), fired);
    }

    @Test
    void aStepOfAManualClockWakesASleepingBase() {
        use(launched());
        CountDownLatch ran = new CountDownLatch(1);
        timer(1, (inMap, key, value) -> ran.countDown()).start(5_000 * MS, 0);
        clock.advance(5_000 * MS);
        await(ran);
    }

    @Test
    void whatWasWrittenBeforeTheStartIsVisibleToTheCallback() {
        useSystemClock(1);
        int[] plain = new int[1];
        int[] seen = new int[1];
        for (int round = 1; round <= 500; round++) {
            CountDownLatch ran = new CountDownLatch(1);
            BpfTimer<Integer, String> timer = timer(1, (inMap, key, value) -> {
                seen[0] = plain[0];
                ran.countDown();
            });
            plain[0] = round;
            timer.start(0, 0);
            await(ran);
            assertEquals(round, seen[0]);
        }
    }

    @Test
    void everyStartIsEitherTakenBackOrFires() throws Exception {
        useSystemClock(2);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int caller = 0; caller < 2; caller++) {
            int key = caller;
            AtomicInteger ran = new AtomicInteger();
            BpfTimer<Integer, String> timer = timer(key, (inMap, k, value) -> ran.incrementAndGet());
            callers.add(CompletableFuture.runAsync(() -> startAndCancel(timer, ran)));
        }
        for (CompletableFuture<Void> caller : callers) {
            caller.get(40, TimeUnit.SECONDS);
        }
    }

    private static void startAndCancel(BpfTimer<Integer, String> timer, AtomicInteger ran) {
        int expected = 0;
        for (int round = 0; round < ROUNDS; round++) {
            assertEquals(Status.OK, timer.start(round % 3 * 1_000L, 0));
            for (int i = round % 5 * 20; i > 0; i--) {
                Thread.onSpinWait();
            }
            if (timer.cancelAsync() != Status.CANCELLED) {
                expected++;
            }
        }
        timer.cancel(); // waits for the last one
        assertEquals(expected, ran.get());
    }

    @Test
    void afterCancelNothingRuns() {
        useSystemClock(1);
        for (int round = 0; round < 2_000; round++) {
            AtomicInteger ran = new AtomicInteger();
            BpfTimer<Integer, String> timer = timer(1, (inMap, key, value) -> ran.incrementAndGet());
            timer.start(round % 4 * 1_000L, 0);
            boolean takenBack = timer.cancel() == Status.CANCELLED;
            assertEquals(takenBack ? 0 : 1, ran.get(), "round " + round);
        }
    }

    @Test
    void deletingAndInsertingUnderFireLosesNothing() throws Exception {
        useSystemClock(2);
        AtomicInteger wrong = new AtomicInteger();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int caller = 0; caller < 2; caller++) {
            int base = caller * 8;
            callers.add(CompletableFuture.runAsync(() -> {
                for (int round = 0; round < 5_000; round++) {
                    int key = base + round % 8;
                    String value = "v" + key;
                    BpfTimer<Integer, String> timer = timer(key, (inMap, k, v) -> {
                        if (k != key || !v.equals(value)) {
                            wrong.incrementAndGet();
                        }
                    });
                    timer.start(round % 3 * 1_000L, 0);
                    if (round % 3 != 0) {
                        assertEquals(Status.OK, map.delete(key));
                        assertEquals(Status.ENOENT, timer.start(0, 0));
                    }
                }
            }));
        }
        for (CompletableFuture<Void> caller : callers) {
            caller.get(40, TimeUnit.SECONDS);
        }
        assertEquals(0, wrong.get());
        rt.close();
        assertEquals(1, unloads.get());
        assertEquals(List.of(), errors);
    }
}
