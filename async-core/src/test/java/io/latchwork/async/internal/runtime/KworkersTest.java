// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.irqwork.ParkIdle;
import io.latchwork.rcu.Rcu;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.AgentRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kworkers' queue, and who is woken for it. Their parks have no end here, so a wake-up that is lost is lost for good. */
@Timeout(60)
class KworkersTest {
    /** How long a test waits for what must come. Shorter where it is known not to: a mutant is caught by waiting in vain. */
    private static final long PATIENCE_S = Long.getLong("latchwork.patience.seconds", 20);

    private static final int RING = 4096;

    private final Rcu rcu = Rcu.builder().manual().build();
    private final List<String> reports = Collections.synchronizedList(new ArrayList<>());
    private final Kworkers kworkers = new Kworkers(null,
        new ErrorReports((program, map, error) -> reports.add(program + "/" + error.getMessage())));
    private final List<AgentRunner> runners = new ArrayList<>();

    private ProgImpl task(String name, Runnable hook) {
        return new ProgImpl(this, name, hook, rcu, prog -> { });
    }

    private void launch(int count) {
        for (int i = 0; i < count; i++) {
            ParkIdle endless = new ParkIdle(Long.MAX_VALUE, System::nanoTime);
            Kworker worker = kworkers.add(new Idle(endless, endless), true, null);
            runners.add(new AgentRunner(endless, error -> reports.add(error.toString()), null, worker));
        }
        for (AgentRunner runner : runners) {
            AgentRunner.startOnThread(runner);
        }
    }

    @AfterEach
    void stop() {
        for (AgentRunner runner : runners) {
            runner.close(10, thread -> { });
        }
        rcu.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(PATIENCE_S, TimeUnit.SECONDS), "timed out: " + latch.getCount() + " are missing");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noTaskIsLeftWhileAKworkerSleeps() throws Exception {
        launch(3);
        long seed = System.nanoTime();
        System.out.println("KworkersTest seed " + seed);
        int producers = 2;
        int each = 20_000;
        CountDownLatch done = new CountDownLatch(producers * each);
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            Random random = new Random(seed + p);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    kworkers.unload(task("t", done::countDown));
                    for (int pause = random.nextInt(400); pause > 0; pause--) {
                        Thread.onSpinWait(); // lets them park now and then
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        await(done);
        assertEquals(List.of(), reports);
    }

    /** Each pair needs two kworkers at once; so the one that takes the first task must see to it that the second is taken. */
    @Test
    void aTaskThatBlocksKeepsNothingFromTheOthers() {
        launch(2);
        for (int i = 0; i < 5_000; i++) {
            CountDownLatch both = new CountDownLatch(2);
            CountDownLatch done = new CountDownLatch(2);
            Runnable meet = () -> {
                both.countDown();
                await(both);
                done.countDown();
            };
            kworkers.unload(task("a", meet));
            kworkers.unload(task("b", meet));
            await(done);
        }
        assertEquals(List.of(), reports);
    }

    @Test
    void whatDoesNotFitTakesTurnsWithWhatDoes() {
        Kworker worker = kworkers.add(Idle.none(), false, null);
        List<String> ran = new ArrayList<>();
        for (int i = 0; i < RING + 10; i++) {
            String name = i < RING ? "ring " + i : "over " + (i - RING);
            kworkers.unload(task(name, () -> ran.add(name)));
        }
        while (worker.doWork() > 0) {
            Thread.onSpinWait();
        }
        assertEquals(RING + 10, ran.size());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            expected.add("ring " + i);
            expected.add("over " + i);
        }
        assertEquals(expected, ran.subList(0, 20));
        assertEquals("ring " + (RING - 1), ran.get(ran.size() - 1));
    }

    @Test
    void whatATaskThrowsIsReported() {
        Kworker worker = kworkers.add(Idle.none(), false, null);
        AtomicInteger ran = new AtomicInteger();
        kworkers.unload(task("bad", () -> {
            throw new IllegalStateException("mine");
        }));
        kworkers.unload(task("good", ran::incrementAndGet));
        assertEquals(2, worker.doWork());
        assertEquals(List.of("bad/mine"), reports);
        assertEquals(1, ran.get());
        assertEquals(0, worker.doWork());
    }

    @Test
    void aKworkerMayParkOnlyWhenNothingIsQueued() {
        Kworker worker = kworkers.add(Idle.none(), false, null);
        assertTrue(worker.mayPark());
        kworkers.unload(task("t", () -> { }));
        assertFalse(worker.mayPark());
        assertEquals(1, worker.doWork());
        assertTrue(worker.mayPark());
    }

    @Test
    void whatComesAfterTheKworkersIsRunByWhoeverEndsTheRuntime() {
        Kworker worker = kworkers.add(Idle.none(), false, null);
        worker.onClose();
        AtomicInteger ran = new AtomicInteger();
        kworkers.unload(task("late", ran::incrementAndGet));
        kworkers.awaitElsewhere();
        kworkers.runRest();
        assertEquals(1, ran.get());
        assertNull(kworkers.take(true));
    }

    @Test
    void theOnlyKworkerKnowsItself() {
        Kworker worker = kworkers.add(Idle.none(), false, null);
        List<Boolean> seen = new ArrayList<>();
        kworkers.unload(task("t", () -> seen.add(kworkers.isOnlyKworker())));
        worker.doWork();
        assertFalse(kworkers.isOnlyKworker());
        kworkers.add(Idle.none(), false, null);
        kworkers.unload(task("t", () -> seen.add(kworkers.isOnlyKworker())));
        worker.doWork();
        assertEquals(List.of(true, false), seen);
    }
}
