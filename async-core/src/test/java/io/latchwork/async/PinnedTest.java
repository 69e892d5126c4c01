// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

/** Bases: where a timer fires, and how it gets there. */
class PinnedTest extends DrivenCase {
    private static final int PIN = BpfTimer.TIMER_CPU_PIN;
    private static final int ABS = BpfTimer.TIMER_ABS;

    /** The base whose agent is at work. */
    private int at = -1;
    private final List<Integer> firedOn = new ArrayList<>();

    private void work() {
        for (int round = 0; round < 4; round++) {
            for (at = 0; at < 3; at++) {
                work(at);
            }
        }
        at = -1;
    }

    private void work(int base) {
        at = base;
        Agent agent = rt.agents().get(base);
        try {
            agent.doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private BpfTimer<Integer, String> recording(int key) {
        return timer(key, ClockId.MONOTONIC, (inMap, k, value) -> firedOn.add(at));
    }

    @Test
    void aPinnedStartFiresOnTheBoundBase() {
        for (int base = 0; base < 3; base++) {
            assertEquals(Status.OK, rt.bindThread(base));
            assertEquals(Status.OK, recording(base).start(MS, PIN));
        }
        work();
        clock.advance(MS);
        work();
        assertEquals(List.of(0, 1, 2), firedOn);
        rt.bindThread(-1);
    }

    @Test
    void itStaysThereUntilAnotherPinnedStart() {
        BpfTimer<Integer, String> timer = recording(7);
        for (int base : new int[] {2, 0, 1, 1, 2}) {
            rt.bindThread(base);
            timer.start(MS, PIN | ABS).orThrow(); // in the past
            rt.bindThread((base + 1) % 3);
            work();
            timer.start(0, 0).orThrow();
            work();
        }
        rt.bindThread(-1);
        timer.start(0, PIN).orThrow(); // bound to none: it stays
        work();
        assertEquals(List.of(2, 2, 0, 0, 1, 1, 1, 1, 2, 2, 2), firedOn);
    }

    @Test
    void aQueuedTimerMovesWhenItIsPinnedElsewhere() {
        BpfTimer<Integer, String> timer = recording(7);
        rt.bindThread(0);
        timer.start(5 * MS, PIN).orThrow();
        work();
        rt.bindThread(2);
        assertEquals(Status.REARMED, timer.start(50 * MS, PIN)); // later, so the old entry would have surfaced first
        work();
        rt.bindThread(1);
        assertEquals(Status.REARMED, timer.start(9 * MS, PIN));
        work();
        clock.advance(8 * MS);
        work();
        assertEquals(List.of(), firedOn);
        clock.advance(MS);
        work();
        clock.advance(100 * MS);
        work();
        assertEquals(List.of(1), firedOn);
        rt.bindThread(-1);
    }

    @Test
    void aRefusedPinnedStartMovesNothing() {
        BpfTimer<Integer, String> timer = recording(7);
        rt.bindThread(0);
        timer.start(0, PIN).orThrow();
        work();
        timer.cancel().orThrow();
        rt.bindThread(1);
        assertEquals(Status.EINVAL, timer.start(0, PIN), "no callback");
        timer.setCallback(prog, (inMap, key, value) -> firedOn.add(at)).orThrow();
        timer.start(0, 0).orThrow();
        work();
        assertEquals(List.of(0, 0), firedOn);
        rt.bindThread(-1);
    }

    @Test
    void aCallbackIsBoundToItsOwnBase() {
        rt.bindThread(0); // this thread runs all bases; while it does, the base counts
        BpfTimer<Integer, String> follower = recording(8);
        BpfTimer<Integer, String> leader = timer(7, ClockId.MONOTONIC, (inMap, key, value) -> {
            firedOn.add(at);
            follower.start(0, PIN).orThrow();
        });
        rt.bindThread(2);
        leader.start(0, PIN).orThrow();
        rt.bindThread(0);
        work();
        assertEquals(List.of(2, 2), firedOn);
        rt.bindThread(-1);
    }

    @Test
    void cancellingWorksWhereverTheTimerIs() {
        BpfTimer<Integer, String> timer = recording(7);
        for (int base = 0; base < 3; base++) {
            rt.bindThread(base);
            timer.start(MS, PIN).orThrow();
            assertEquals(Status.CANCELLED, timer.cancelAsync(), "before it moved");
            timer.start(MS, PIN).orThrow();
            work(0);
            work(1);
            assertEquals(Status.CANCELLED, timer.cancelAsync(), "half way");
            timer.start(MS, PIN).orThrow();
            work();
            assertEquals(Status.CANCELLED, timer.cancel(), "after it moved");
            timer.setCallback(prog, (inMap, key, value) -> firedOn.add(at)).orThrow();
        }
        clock.advance(10 * MS);
        work();
        assertEquals(List.of(), firedOn);
        rt.bindThread(-1);
    }

    @Test
    void bindingRefusesWhatIsNoBase() {
        assertEquals(Status.EINVAL, rt.bindThread(3));
        assertEquals(Status.EINVAL, rt.bindThread(-2));
        rt.nmiEnter();
        assertEquals(Status.EOPNOTSUPP, rt.bindThread(1));
        rt.nmiExit();
        assertEquals(Status.OK, rt.bindThread(-1), "unbinding what is not bound");
    }

    @Test
    void aThreadThatIsGoneDoesNotKeepItsPlaceIfItUnbound() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            Thread thread = new Thread(() -> {
                rt.bindThread(1).orThrow();
                rt.bindThread(-1).orThrow();
            });
            thread.start();
            thread.join();
        }
        assertEquals(Status.OK, rt.bindThread(1));
        assertEquals(Status.OK, rt.bindThread(-1));
    }

    @Test
    void aDeadThreadLosesItsPlaceWhenOthersNeedIt() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            Status[] bound = new Status[1];
            Thread thread = new Thread(() -> bound[0] = rt.bindThread(1));
            thread.start();
            thread.join();
            assertEquals(Status.OK, bound[0], "thread " + i);
        }
    }

    @Test
    void tooManyBoundThreadsAreRefused() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        Status[] last = new Status[1];
        for (int i = 0; i < 1_000 && last[0] != Status.E2BIG; i++) {
            CountDownLatch tried = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                last[0] = rt.bindThread(0);
                tried.countDown();
                try {
                    mayEnd.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            threads.add(thread);
            thread.start();
            tried.await();
        }
        assertEquals(Status.E2BIG, last[0]);
        assertEquals(257, threads.size());
        mayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Random starts, pins, cancels and duty cycles: every start is answered for once, on the base it was pinned to last. */
    @Test
    void randomMovesLoseNothing() {
        long seed = System.nanoTime();
        System.out.println("PinnedTest seed " + seed);
        Random random = new Random(seed);
        int timers = 5;
        List<BpfTimer<Integer, String>> all = new ArrayList<>();
        int[] wanted = new int[timers];
        boolean[] armed = new boolean[timers];
        long[] deadline = new long[timers];
        int[] count = new int[timers];
        for (int i = 0; i < timers; i++) {
            int key = i;
            wanted[i] = -1;
            all.add(timer(i, ClockId.MONOTONIC, (inMap, k, value) -> {
                assertTrue(armed[key] && deadline[key] <= clock.nanoTime(), "seed " + seed);
                if (wanted[key] >= 0) {
                    assertEquals(wanted[key], at, "seed " + seed);
                }
                armed[key] = false;
                count[key]++;
            }));
        }
        for (int step = 0; step < 20_000; step++) {
            int i = random.nextInt(timers);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    int base = random.nextInt(3);
                    rt.bindThread(base);
                    long delay = random.nextInt(4);
                    Status expected = armed[i] ? Status.REARMED : Status.OK;
                    assertEquals(expected, all.get(i).start(delay, PIN), "seed " + seed);
                    armed[i] = true;
                    wanted[i] = base;
                    deadline[i] = clock.nanoTime() + delay;
                }
                case 2 -> {
                    assertEquals(armed[i] ? Status.CANCELLED : Status.IDLE, all.get(i).cancelAsync(), "seed " + seed);
                    armed[i] = false;
                }
                case 3 -> clock.advance(random.nextInt(3));
                default -> work(random.nextInt(3));
            }
        }
        clock.advance(10);
        work();
        for (int i = 0; i < timers; i++) {
            assertFalse(armed[i], "lost, seed " + seed);
            assertTrue(count[i] > 0);
        }
        assertEquals(List.of(), reports);
        rt.bindThread(-1);
    }
}
