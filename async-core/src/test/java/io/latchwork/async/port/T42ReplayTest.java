// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z36, the odd-number replay: a delayed start of one thread, a start of another that fires,
 * and a cancel of a third that is half done must not make the second start fire again. One form plays it step by step;
 * the other has three threads at it and asks that each start is answered for once: it fires, is replaced, or is taken
 * back.
 */
class T42ReplayTest extends PortCase {
    private static final int ROUNDS = 100_000;
    private static final int ENOUGH = 2_000_000;

    private final AtomicInteger fired = new AtomicInteger();

    /** A clock that holds up one thread in its call. */
    private static final class StallingClock implements AsyncClock {
        private final ManualClock of;
        private final CountDownLatch stalled = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile Thread victim;

        private StallingClock(ManualClock of) {
            this.of = of;
        }

        @Override
        public long nanoTime() {
            if (Thread.currentThread() == victim) {
                victim = null;
                stalled.countDown();
                awaitLatch(goOn);
            }
            return of.nanoTime();
        }
    }

    /** Runs the base alone: a grace period would wait for the stalled call. */
    private void base() throws Exception {
        for (int i = 0; i < 10; i++) {
            rt.agents().get(0).doWork();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStalledStartDoesNotBringBackAnotherThatFired() throws Exception {
        StallingClock stalling = new StallingClock(clock);
        use(RuntimeSpec.driven(stalling, this::onError));
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> fired.getAndIncrement());
        MapElement<Integer, String> delayed = found(map, 0);
        FutureTask<Status> startA = new FutureTask<>(() -> delayed.timer().start(10 * MS, 0));
        Thread first = new Thread(startA);
        stalling.victim = first;
        first.start();
        awaitLatch(stalling.stalled);
        assertEquals(Status.OK, timer.start(5 * MS, 0)); // b
        base();
        clock.advance(5 * MS);
        base();
        assertEquals(1, fired.get());
        assertEquals(Status.IDLE, timer.cancelAsync());
        base();
        assertEquals(1, fired.get(), "b fired again");
        stalling.goOn.countDown();
        assertEquals(Status.OK, startA.get());
        driver.drain();
        assertEquals(1, fired.get(), "b fired again");
        advance(10 * MS - 1);
        assertEquals(1, fired.get());
        advance(1);
        assertEquals(2, fired.get());
        advance(SECOND);
        assertEquals(2, fired.get());
    }

    @Test
    @Needs(Feature.REARMED)
    void everyStartFiresIsReplacedOrIsTakenBackExactlyOnce() throws Exception {
        useLaunched(2);
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> fired.getAndIncrement());
        Answers answers = new Answers()
            .allow("start", Status.OK, Status.REARMED)
            .allow("cancel", Status.CANCELLED, Status.IDLE, Status.RUNNING);
        Random seeds = Knobs.random(number());
        int rounds = Knobs.count(ROUNDS, 100);
        AtomicInteger starters = new AtomicInteger(2);
        List<Crew.Job> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            boolean cancels = i == 2;
            long seed = seeds.nextLong();
            MapElement<Integer, String> mine = found(map, 0);
            jobs.add(() -> {
                Random random = new Random(seed);
                for (int round = 0; cancels ? starters.get() > 0 : round < rounds || !hasSeenAll(answers, round); round++) {
                    if (cancels) {
                        answers.of("cancel", mine.timer().cancelAsync());
                    } else {
                        answers.of("start", mine.timer().start(random.nextInt(4) * 10 * US, 0));
                    }
                    int dice = random.nextInt(256);
                    if (dice == 0) {
                        Crew.letOthersRun(random.nextInt(100_000));
                    } else if (dice < 32) {
                        Thread.yield();
                    }
                }
                starters.getAndDecrement();
            });
        }
        Crew.run(jobs);
        Crew.await("nothing is armed and nothing runs", () -> answers.of("cancel", timer.cancelAsync()) == Status.IDLE);
        System.out.println("T42 " + fired + " fired, " + answers);
        answers.check();
        long expected = answers.count("start", Status.OK) - answers.count("cancel", Status.CANCELLED);
        assertEquals(expected, fired.get());
        assertTrue(hasSeenAll(answers, 0));
    }

    /** On a machine that is busy otherwise it may take more rounds, but not without end. */
    private boolean hasSeenAll(Answers answers, int round) {
        return round > ENOUGH || fired.get() > 0 && answers.count("cancel", Status.CANCELLED) > 0;
    }
}
