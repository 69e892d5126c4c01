// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class HybridIdleTest {

    private static final long TICK = 1_000;

    /** Notes what is asked of it; never sleeps; can be told what happens while it does. */
    private final class NotingParker implements Parker {
        private Runnable meanwhile = () -> { };

        @Override
        public void prepare() {
            log.add("prepare");
        }

        @Override
        public void park(final long ns) {
            log.add("park " + ns);
            meanwhile.run();
        }

        @Override
        public void unpark() {
            log.add("unpark");
        }
    }

    private final List<String> log = new ArrayList<>();
    private final NotingParker parker = new NotingParker();
    private long now;
    private long deadline = Long.MAX_VALUE;
    private boolean empty = true;

    private HybridIdle idle(final int spins, final int yields) {
        final HybridIdle idle = new HybridIdle(spins, yields, TICK, () -> now, parker);
        idle.bind(() -> {
            log.add("look");
            return empty;
        }, () -> deadline);
        return idle;
    }

    @Test
    void argumentsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new HybridIdle(-1, 0, 1, System::nanoTime));
        assertThrows(IllegalArgumentException.class, () -> new HybridIdle(0, -1, 1, System::nanoTime));
        assertThrows(IllegalArgumentException.class, () -> new HybridIdle(0, 0, 0, System::nanoTime));
        assertThrows(NullPointerException.class, () -> new HybridIdle(0, 0, 1, null));
        assertThrows(NullPointerException.class, () -> new ParkIdle(1, System::nanoTime, null));
        assertThrows(NullPointerException.class, () -> new HybridIdle().bind(null, () -> 0));
        assertThrows(NullPointerException.class, () -> new HybridIdle().bind(() -> true, null));
    }

    @Test
    void bindsOnceAndParksOnlyWhenBound() {
        final ParkIdle unbound = new ParkIdle();
        assertThrows(IllegalStateException.class, unbound::idle);
        unbound.bind(() -> true, () -> 0);
        assertThrows(IllegalStateException.class, () -> unbound.bind(() -> true, () -> 0));
    }

    @Test
    void aliases() {
        assertEquals("latchwork-hybrid", new HybridIdle().alias());
        assertEquals("latchwork-park", new ParkIdle().alias());
    }

    @Test
    void spinsThenYieldsThenParks() {
        final HybridIdle idle = idle(3, 2);
        for (int i = 0; i < 5; i++) {
            idle.idle();
        }
        assertEquals(List.of(), log);
        idle.idle();
        idle.idle(0);
        assertEquals(List.of("prepare", "look", "park 1000", "prepare", "look", "park 1000"), log);
        log.clear();
        idle.idle(1);
        for (int i = 0; i < 5; i++) {
            idle.idle(0);
        }
        assertEquals(List.of(), log, "work starts the count again");
    }

    @Test
    void parksUntilTheDeadlineOrTheTick() {
        final HybridIdle idle = idle(0, 0);
        now = 100;
        deadline = 350;
        idle.idle();
        deadline = 5_000;
        idle.idle();
        deadline = Long.MAX_VALUE - 1;
        now = -100;
        idle.idle();
        assertEquals(List.of("prepare", "look", "park 250", "prepare", "look", "park 1000",
            "prepare", "look", "park 1000"), log);
    }

    @Test
    void doesNotParkWhenSomethingIsDue() {
        final HybridIdle idle = idle(0, 0);
        now = 100;
        deadline = 100;
        idle.idle();
        deadline = Long.MIN_VALUE;
        idle.idle();
        assertEquals(List.of(), log);
    }

    @Test
    void doesNotParkWhenSomethingWasPushed() {
        final HybridIdle idle = idle(0, 0);
        empty = false;
        idle.idle();
        assertEquals(List.of("prepare", "look"), log);
    }

    @Test
    void raisingARunningWorkerDoesNothing() {
        final HybridIdle idle = idle(0, 0);
        idle.raise();
        idle.idle();
        log.clear();
        idle.raise();
        assertEquals(List.of(), log);
    }

    @Test
    void i2_parkedWorkerIsWokenOnceHoweverOftenRaised() {
        final HybridIdle idle = idle(0, 0);
        parker.meanwhile = () -> {
            idle.raise();
            idle.raise();
        };
        idle.idle();
        assertEquals(List.of("prepare", "look", "park 1000", "unpark"), log);
        log.clear();
        idle.idle();
        assertEquals(List.of("prepare", "look", "park 1000", "unpark"), log, "the next park can be woken again");
    }

    /** A parker whose first unpark stops in the middle until it is told to go on. */
    private static final class StallingParker implements Parker {
        private final CountDownLatch[] parked = {new CountDownLatch(1), new CountDownLatch(1)};
        private final CountDownLatch[] leave = {new CountDownLatch(1), new CountDownLatch(1)};
        private final CountDownLatch stalled = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicInteger unparks = new AtomicInteger();
        private int parks;

        @Override
        public void prepare() {
            // park is all that counts
        }

        @Override
        public void park(final long ns) {
            parked[parks].countDown();
            await(leave[parks]);
            parks++;
        }

        @Override
        public void unpark() {
            if (unparks.incrementAndGet() == 1) {
                stalled.countDown();
                await(goOn);
            }
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS), "latch not opened");
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void i2_raiserThatStallsSilencesNobody() throws InterruptedException {
        final StallingParker sleeper = new StallingParker();
        final HybridIdle idle = new HybridIdle(0, 0, TICK, () -> now, sleeper);
        idle.bind(() -> true, () -> Long.MAX_VALUE);
        final Thread worker = start(idle::idle);
        await(sleeper.parked[0]);
        final Thread raiser = start(idle::raise);
        await(sleeper.stalled);
        idle.raise();
        assertEquals(2, sleeper.unparks.get(), "the worker is parked and nobody has woken it yet");
        sleeper.goOn.countDown();
        sleeper.leave[0].countDown();
        raiser.join();
        worker.join();
    }

    @Test
    void i2_raiserOfAnEarlierParkDoesNotHideTheNextOne() throws InterruptedException {
        final StallingParker sleeper = new StallingParker();
        final HybridIdle idle = new HybridIdle(0, 0, TICK, () -> now, sleeper);
        idle.bind(() -> true, () -> Long.MAX_VALUE);
        final Thread worker = start(() -> {
            idle.idle();
            idle.idle();
        });
        await(sleeper.parked[0]);
        final Thread raiser = start(idle::raise);
        await(sleeper.stalled);
        sleeper.leave[0].countDown();
        await(sleeper.parked[1]);
        sleeper.goOn.countDown();
        raiser.join();
        idle.raise();
        assertEquals(2, sleeper.unparks.get(), "the worker is parked again");
        sleeper.leave[1].countDown();
        worker.join();
    }

    private static Thread start(final Runnable body) {
        final Thread thread = new Thread(body);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void raiseBetweenTheLookAndTheParkIsNotLost() {
        final HybridIdle[] self = new HybridIdle[1];
        self[0] = new HybridIdle(0, 0, TICK, () -> now, parker);
        self[0].bind(() -> {
            final boolean before = empty;
            self[0].raise();
            return before;
        }, () -> deadline);
        self[0].idle();
        assertEquals(List.of("prepare", "unpark", "park 1000"), log, "the permit is there before the park");
    }

    @Test
    void interruptedWorkerDoesNotSleepAndKeepsItsStatus() {
        final ParkIdle idle = new ParkIdle(Long.MAX_VALUE, System::nanoTime);
        idle.bind(() -> true, () -> Long.MAX_VALUE);
        Thread.currentThread().interrupt();
        idle.idle();
        assertTrue(Thread.interrupted());
    }

    @Test
    void deadlineEndsARealPark() {
        final ParkIdle idle = new ParkIdle(Long.MAX_VALUE, System::nanoTime);
        final long end = System.nanoTime() + 2_000_000;
        idle.bind(() -> true, () -> end);
        while (System.nanoTime() < end) {
            idle.idle();
        }
        idle.raise();
        idle.reset();
    }

    @Test
    void realParkIsEndedByARaise() throws InterruptedException {
        final ParkIdle idle = new ParkIdle(Long.MAX_VALUE, System::nanoTime);
        idle.bind(() -> true, () -> Long.MAX_VALUE);
        final Thread worker = new Thread(idle::idle);
        worker.start();
        while (worker.isAlive()) {
            idle.raise();
            Thread.onSpinWait();
        }
        worker.join();
    }

    @Test
    void nothingIsAllocated() {
        final HybridIdle idle = new HybridIdle(1, 1, 1, System::nanoTime);
        idle.bind(() -> true, () -> Long.MAX_VALUE);
        assertEquals(0, AllocationMeter.bytes(() -> {
            for (int i = 0; i < 100; i++) {
                idle.idle(0);
                idle.raise();
                idle.idle(i & 1);
            }
        }));
    }
}
