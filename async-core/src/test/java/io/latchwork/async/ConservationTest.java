// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws that hold whatever the interleaving, on a launched runtime with threads that start, pin, cancel and delete at random
 * while the clocks step. An OK start makes an idle timer armed, CANCELLED and a firing make it idle, REARMED changes nothing:
 * so, once all is quiet, the starts that answered OK are as many as the firings and the CANCELLED answers together.
 */
@Timeout(120)
class ConservationTest {
    private static final int THREADS = 3;
    private static final int BASES = 3;
    private static final int STEPS = Integer.getInteger("latchwork.conservation.steps", 30_000);
    private static final int TIMERS = 4;

    private final ManualClock clock = new ManualClock(1_000_000);
    private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final long seed = Long.getLong("latchwork.conservation.seed", System.nanoTime());

    private interface Step {
        void run(Random random);
    }

    private Thread stepper(IdleMode mode) {
        Thread thread = new Thread(() -> {
            Random random = new Random(seed);
            while (!stop.get()) {
                clock.advance(random.nextInt(2_000));
                if (random.nextInt(8) == 0) {
                    clock.stepRealTime(random.nextInt(4_000) - 2_000);
                }
                if (random.nextInt(64) == 0) {
                    clock.suspend(random.nextInt(1_000));
                }
                Thread.yield();
            }
        }, "stepper of " + mode);
        thread.start();
        return thread;
    }

    /** Every thread takes its steps, and goes on for a while if the bases had no time to fire anything yet. */
    private void race(AtomicLong fired, Step step) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(seed + t);
            Thread thread = new Thread(() -> {
                try {
                    barrier.await();
                    for (int i = 0; i < STEPS || fired.get() == 0 && i < 1_000 * STEPS; i++) {
                        step.run(random);
                    }
                } catch (Throwable e) {
                    problems.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private AsyncRuntime launch(IdleMode mode) {
        System.out.println("ConservationTest " + mode + " -Dlatchwork.conservation.seed=" + seed);
        return AsyncRuntime.builder().clock(clock).bases(BASES).idleMode(mode)
            .errorHandler((program, map, error) -> problems.add(error)).launch();
    }

    private Status randomStart(AsyncRuntime rt, Random random, ClockId on, BpfTimer<Integer, String> timer) {
        rt.bindThread(random.nextInt(BASES + 1) - 1);
        int flags = random.nextInt(4);
        long time = random.nextInt(3_000) - 200;
        if ((flags & BpfTimer.TIMER_ABS) != 0) {
            time += on == ClockId.REALTIME ? clock.epochNanos() : on == ClockId.BOOTTIME ? clock.bootNanos() : clock.nanoTime();
        }
        return timer.start(time, flags);
    }

    /** Lets every armed timer fire: the clocks only go on from here. */
    private void settle(BpfMap<Integer, String> map) {
        while (!map.timers().armed().isEmpty()) {
            clock.advance(1_000_000);
            Thread.yield();
        }
    }

    @ParameterizedTest
    @EnumSource(IdleMode.class)
    void everyStartFiresOnceOrIsTakenBack(IdleMode mode) throws Exception {
        AtomicLong started = new AtomicLong();
        AtomicLong ended = new AtomicLong();
        AsyncRuntime rt = launch(mode);
        BpfProg prog = rt.loadProgram("p", () -> { });
        BpfHashMap<Integer, String> map = rt.hashMap("m", TIMERS);
        ClockId[] clocks = new ClockId[TIMERS];
        List<BpfTimer<Integer, String>> timers = new ArrayList<>();
        for (int key = 0; key < TIMERS; key++) {
            clocks[key] = ClockId.values()[key % 3];
            map.update(key, "v").orThrow();
            BpfTimer<Integer, String> timer = map.lookup(key).timer();
            timer.init(map, clocks[key]).orThrow();
            timer.setCallback(prog, (inMap, k, value) -> ended.incrementAndGet()).orThrow();
            timers.add(timer);
        }
        Thread stepper = stepper(mode);
        race(ended, random -> {
            int key = random.nextInt(TIMERS);
            if (random.nextInt(3) < 2) {
                Status status = randomStart(rt, random, clocks[key], timers.get(key));
                assertTrue(status == Status.OK || status == Status.REARMED, status.name());
                started.addAndGet(status == Status.OK ? 1 : 0);
            } else {
                Status status = timers.get(key).cancelAsync();
                assertTrue(!status.isRefusal(), status.name());
                ended.addAndGet(status == Status.CANCELLED ? 1 : 0);
            }
        });
        stop.set(true);
        stepper.join();
        settle(map);
        rt.close();
        assertEquals(List.of(), List.copyOf(problems), "seed " + seed);
        assertEquals(started.get(), ended.get(), "seed " + seed);
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }

    /** With deletes, updates and new lives: nothing fires that nobody armed, and nothing is left behind. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingFiresTwiceAndNothingLeaksWhileElementsComeAndGo(boolean twoPrograms) throws Exception {
        AtomicLong started = new AtomicLong();
        AtomicLong fired = new AtomicLong();
        AtomicLong unloads = new AtomicLong();
        AtomicLong cancelled = new AtomicLong();
        AtomicLong loaded = new AtomicLong(1);
        AsyncRuntime rt = launch(IdleMode.HYBRID);
        BpfProg[] prog = {rt.loadProgram("p", unloads::incrementAndGet)};
        BpfHashMap<Integer, String> map = rt.hashMap("m", TIMERS);
        Thread stepper = stepper(IdleMode.HYBRID);
        race(fired, random -> {
            int key = random.nextInt(TIMERS);
            MapElement<Integer, String> element = map.lookup(key);
            if (element == null) {
                map.update(key, "v");
                return;
            }
            switch (random.nextInt(10)) {
                case 0 -> map.delete(key);
                case 1 -> map.update(key, "w");
                case 2, 3 -> element.timer().init(map, ClockId.values()[random.nextInt(3)]);
                case 4, 5 -> element.timer().setCallback(prog[0], (inMap, k, value) -> fired.incrementAndGet());
                case 6 -> cancelled.addAndGet(element.timer().cancelAsync() == Status.CANCELLED ? 1 : 0);
                case 7 -> {
                    if (twoPrograms && random.nextInt(50) == 0) {
                        BpfProg next = rt.loadProgram("q", unloads::incrementAndGet);
                        loaded.incrementAndGet();
                        BpfProg old = prog[0];
                        prog[0] = next;
                        old.close();
                    }
                }
                default -> started.addAndGet(
                    randomStart(rt, random, ClockId.MONOTONIC, element.timer()) == Status.OK ? 1 : 0);
            }
        });
        stop.set(true);
        stepper.join();
        settle(map);
        rt.close();
        assertEquals(List.of(), List.copyOf(problems), "seed " + seed);
        assertTrue(fired.get() + cancelled.get() <= started.get(),
            fired + " fired, " + cancelled + " cancelled, " + started + " started, seed " + seed);
        assertTrue(fired.get() > 0 && cancelled.get() > 0);
        assertEquals(loaded.get(), unloads.get(), "unloads");
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }
}
