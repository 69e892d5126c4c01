// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.internal.map.HashMapImpl;
import io.latchwork.async.internal.runtime.RuntimeImpl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

/** What is particular to the lock-free engine: where references, elements and blocks go, and who is woken. */
class EngineTest {
    private final ManualClock clock = new ManualClock(1_000);
    private final AtomicInteger unloaded = new AtomicInteger();

    private static void run(AsyncRuntime runtime) throws Exception {
        for (int quiet = 0; quiet < 3; quiet++) {
            for (Agent agent : runtime.agents()) {
                if (agent.doWork() > 0) {
                    quiet = 0;
                }
            }
        }
    }

    private static MapElement<Integer, String> arm(BpfHashMap<Integer, String> map, BpfProg prog, int key, long nsec,
            TimerCallback<Integer, String> callback) {
        map.update(key, "v" + key).orThrow();
        MapElement<Integer, String> element = map.lookup(key);
        assertNotNull(element);
        element.timer().init(map, ClockId.MONOTONIC).orThrow();
        element.timer().setCallback(prog, callback).orThrow();
        element.timer().start(nsec, 0).orThrow();
        return element;
    }

    /** I5: after close every pool is full and every count zero. */
    @Test
    void everythingGoesBackToItsPool() throws Exception {
        AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).build();
        BpfProg prog = runtime.loadProgram("p", unloaded::incrementAndGet);
        BpfHashMap<Integer, String> map = runtime.hashMap("m", 100);
        AtomicInteger fired = new AtomicInteger();
        for (int round = 0; round < 20; round++) {
            for (int key = 0; key < 100; key++) {
                arm(map, prog, key, 10 + key, (m, k, v) -> fired.incrementAndGet());
            }
            if (round % 3 == 0) {
                run(runtime);
            }
            clock.advance(60);
            if (round % 2 == 0) {
                run(runtime);
            }
            for (int key = 0; key < 100; key += 2) {
                map.delete(key).orThrow();
            }
            for (int key = 1; key < 100; key += 2) {
                map.update(key, "again").orThrow();
            }
        }
        prog.close();
        assertEquals(0, unloaded.get(), "unloaded while timers hold it");
        runtime.close();
        HashMapImpl<Integer, String> engine = (HashMapImpl<Integer, String>) map;
        assertTrue(engine.isDrained(), "an element or a block is out");
        assertTrue(engine.poolsAreFull(), "an element or a block is lost");
        assertEquals(0, map.size());
        assertEquals(1, unloaded.get());
        assertTrue(fired.get() > 0);
    }

    /** A recycled block belongs to its new timer alone. */
    @Test
    void aRecycledBlockKnowsNothingOfItsFormerLife() throws Exception {
        AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).build();
        BpfProg prog = runtime.loadProgram("p", unloaded::incrementAndGet);
        BpfHashMap<Integer, String> map = runtime.hashMap("m", 1, 1);
        List<String> fired = new ArrayList<>();
        for (int life = 0; life < 50; life++) {
            String tag = "life " + life;
            arm(map, prog, life, 100, (m, k, v) -> fired.add(tag));
            if (life % 2 == 0) {
                run(runtime);
            }
            map.delete(life).orThrow();
            if (life % 3 == 0) {
                run(runtime);
            }
        }
        arm(map, prog, 77, 100, (m, k, v) -> fired.add("last"));
        clock.advance(1_000);
        run(runtime);
        assertEquals(List.of("last"), fired);
        runtime.close();
    }

    /** Pushing a deadline out, and cancelling and arming again later, give the base nothing to do. */
    @Test
    void aLaterDeadlineTellsNobody() throws Exception {
        AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).build();
        BpfProg prog = runtime.loadProgram("p", unloaded::incrementAndGet);
        BpfHashMap<Integer, String> map = runtime.hashMap("m", 1);
        AtomicInteger fired = new AtomicInteger();
        MapElement<Integer, String> element = arm(map, prog, 1, 100, (m, k, v) -> fired.incrementAndGet());
        Agent base = runtime.agents().get(0);
        assertEquals(1, base.doWork());
        for (int i = 0; i < 10; i++) {
            element.timer().start(200 + i, 0).orThrow();
            assertEquals(0, base.doWork());
            assertEquals(Status.CANCELLED, element.timer().cancelAsync());
            assertEquals(0, base.doWork());
            element.timer().start(150, 0).orThrow();
            assertEquals(0, base.doWork());
        }
        element.timer().start(50, 0).orThrow();
        assertEquals(1, base.doWork(), "an earlier deadline must reach the base");
        clock.advance(49);
        assertEquals(0, base.doWork());
        clock.advance(1);
        assertEquals(1, base.doWork());
        assertEquals(1, fired.get());
        runtime.close();
    }

    /** Elements that wait for a grace period do not make a map look full. */
    @Test
    void churnInAFullMapIsNeverRefused() throws Exception {
        AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).build();
        BpfHashMap<Integer, String> map = runtime.hashMap("m", 2);
        map.update(1, "stays").orThrow();
        for (int i = 0; i < 500; i++) {
            map.update(1_000 + i, "x").orThrow();
            MapElement<Integer, String> element = map.lookup(1_000 + i);
            element.timer().init(map, ClockId.MONOTONIC).orThrow();
            assertEquals(Status.E2BIG, map.update(-1, "one too many"));
            map.delete(1_000 + i).orThrow();
        }
        runtime.close();
        assertTrue(((HashMapImpl<Integer, String>) map).poolsAreFull());
    }

    /** The real thing for a moment: threads, real time, never early, every one once. */
    @Test
    void aLaunchedRuntimeFiresEveryTimerOnceAndNeverEarly() throws Exception {
        for (IdleMode mode : IdleMode.values()) {
            AtomicInteger early = new AtomicInteger();
            int count = 500;
            CountDownLatch all = new CountDownLatch(count);
            AtomicLong seed = new AtomicLong(System.nanoTime());
            System.out.println("EngineTest seed " + seed);
            Random random = new Random(seed.get());
            try (AsyncRuntime runtime = AsyncRuntime.builder().bases(2).idleMode(mode).launch()) {
                BpfProg prog = runtime.loadProgram("p", unloaded::incrementAndGet);
                BpfHashMap<Integer, Long> map = runtime.hashMap("m", count);
                for (int key = 0; key < count; key++) {
                    long due = runtime.clock().nanoTime() + random.nextInt(20_000_000);
                    map.update(key, due).orThrow();
                    MapElement<Integer, Long> element = map.lookup(key);
                    element.timer().init(map, ClockId.MONOTONIC).orThrow();
                    element.timer().setCallback(prog, (m, k, v) -> {
                        if (runtime.clock().nanoTime() < v) {
                            early.incrementAndGet();
                        }
                        all.countDown();
                    }).orThrow();
                    element.timer().start(due, BpfTimer.TIMER_ABS).orThrow();
                }
                assertTrue(all.await(20, TimeUnit.SECONDS), mode + ": " + all.getCount() + " are missing");
            }
            assertEquals(0, early.get(), "early with " + mode);
        }
        assertEquals(IdleMode.values().length, unloaded.get());
    }

    /** Two callbacks on two bases cancel each other: at least one is refused, both end (Z3). */
    @Test
    void callbacksThatWouldWaitForEachOtherAreToldSo() throws Exception {
        int refused = 0;
        for (int round = 0; round < 20; round++) {
            try (AsyncRuntime runtime = AsyncRuntime.builder().bases(2).launch()) {
                BpfProg prog = runtime.loadProgram("p", () -> { });
                BpfHashMap<Integer, String> map = runtime.hashMap("m", 16);
                int[] keys = keysOnTwoBases(runtime, map, prog);
                CyclicBarrier bothRun = new CyclicBarrier(2);
                List<Status> answers = Collections.synchronizedList(new ArrayList<>());
                CountDownLatch done = new CountDownLatch(2);
                for (int i = 0; i < 2; i++) {
                    int other = keys[1 - i];
                    arm(map, prog, keys[i], 0, (m, k, v) -> {
                        try {
                            bothRun.await(10, TimeUnit.SECONDS);
                            answers.add(map.lookup(other).timer().cancel());
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        } finally {
                            done.countDown();
                        }
                    });
                }
                assertTrue(done.await(20, TimeUnit.SECONDS), "the bases wait for each other");
                assertEquals(2, answers.size());
                assertTrue(answers.contains(Status.EDEADLK), answers.toString());
                refused++;
            }
        }
        assertEquals(20, refused);
    }

    /** Finds two keys whose timers are called back on different threads. */
    private static int[] keysOnTwoBases(AsyncRuntime runtime, BpfHashMap<Integer, String> map, BpfProg prog)
            throws InterruptedException {
        Map<Thread, Integer> keyOf = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(16);
        for (int key = 100; key < 116; key++) {
            arm(map, prog, key, 0, (m, k, v) -> {
                keyOf.put(Thread.currentThread(), k);
                all.countDown();
            });
        }
        assertTrue(all.await(10, TimeUnit.SECONDS));
        for (int key = 100; key < 116; key++) {
            map.delete(key).orThrow();
        }
        assertEquals(2, keyOf.size(), "sixteen keys on one base of two");
        return keyOf.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /** The deadline that an owner may sleep until is never later than the first armed one. */
    @Test
    void theNextDeadlineIsNeverTooLate() throws Exception {
        AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).build();
        BpfProg prog = runtime.loadProgram("p", unloaded::incrementAndGet);
        BpfHashMap<Integer, String> map = runtime.hashMap("m", 2);
        assertEquals(Long.MAX_VALUE, runtime.nextDeadlineNs());
        MapElement<Integer, String> element = arm(map, prog, 1, 100, (m, k, v) -> { });
        assertEquals(1_000, runtime.nextDeadlineNs(), "something is queued: now");
        run(runtime);
        assertEquals(1_100, runtime.nextDeadlineNs());
        element.timer().start(500, 0).orThrow();
        assertEquals(1_100, runtime.nextDeadlineNs(), "pushed out lazily");
        element.timer().start(50, 0).orThrow();
        run(runtime);
        assertEquals(1_050, runtime.nextDeadlineNs());
        element.timer().start(Long.MAX_VALUE, 0).orThrow();
        clock.advance(50);
        run(runtime);
        assertEquals(Long.MAX_VALUE, runtime.nextDeadlineNs());
        runtime.close();
    }

    /** A map made while the runtime closes is closed, or refused. */
    @Test
    void whatIsMadeWhileClosingDoesNotSurvive() throws Exception {
        for (int round = 0; round < 200; round++) {
            AsyncRuntime runtime = AsyncRuntime.builder().build();
            CyclicBarrier begin = new CyclicBarrier(2);
            AtomicReference<BpfHashMap<Integer, String>> made = new AtomicReference<>();
            Thread maker = new Thread(() -> {
                try {
                    begin.await();
                    made.set(runtime.hashMap("late", 1));
                } catch (IllegalStateException refused) {
                    // the other legal end
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            maker.start();
            begin.await();
            runtime.close();
            maker.join();
            if (made.get() != null) {
                assertEquals(Status.EPERM, made.get().update(1, "x"), "round " + round);
            }
        }
    }

    /** A callback that is delayed holds up close for as long as the builder says, and no longer. */
    @Test
    void closeIsBounded() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        List<String> reports = new ArrayList<>();
        AsyncRuntime runtime = AsyncRuntime.builder().closeTimeoutNs(20_000_000L)
            .errorHandler((program, map, error) -> reports.add(program)).launch();
        BpfProg prog = runtime.loadProgram("p", unloaded::incrementAndGet);
        BpfHashMap<Integer, String> map = runtime.hashMap("m", 1);
        arm(map, prog, 1, 0, (m, k, v) -> {
            entered.countDown();
            boolean done = false;
            while (!done) {
                try {
                    leave.await();
                    done = true;
                } catch (InterruptedException goOn) {
                    // the runtime interrupts a thread that does not stop; this callback is stubborn
                }
            }
        });
        assertTrue(entered.await(10, TimeUnit.SECONDS));
        runtime.close();
        leave.countDown();
        assertTrue(reports.contains("latchwork-base-0"), reports.toString());
    }

    /** A runner ends a thread that it finds interrupted; a callback must not be able to bring that about. */
    @Test
    void aCallbackThatLeavesItsThreadInterruptedDoesNotEndItsBase() throws Exception {
        for (IdleMode mode : IdleMode.values()) {
            try (AsyncRuntime runtime = AsyncRuntime.builder().idleMode(mode).launch()) {
                BpfProg prog = runtime.loadProgram("p", unloaded::incrementAndGet);
                for (int i = 0; i < 20; i++) {
                    CountDownLatch fired = new CountDownLatch(1);
                    runtime.newTimer(prog, timer -> {
                        Thread.currentThread().interrupt();
                        fired.countDown();
                    }).start(1_000_000, 0).orThrow();
                    assertTrue(fired.await(10, TimeUnit.SECONDS), "the base is gone, round " + i);
                }
            }
        }
    }

    @Test
    void theEngineOffersItsDomainToTests() {
        RuntimeImpl runtime = (RuntimeImpl) AsyncRuntime.builder().build();
        assertNotNull(runtime.rcu());
        runtime.close();
    }
}
