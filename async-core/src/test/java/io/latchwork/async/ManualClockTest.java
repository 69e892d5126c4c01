// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static io.latchwork.async.ManualClock.START_EPOCH_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three readings of one clock, and who moves which. */
class ManualClockTest {
    private final ManualClock clock = new ManualClock(100);

    private void assertShows(long mono, long real, long boot) {
        assertEquals(List.of(mono, real, boot), List.of(clock.nanoTime(), clock.epochNanos(), clock.bootNanos()));
    }

    @Test
    void startsAtADocumentedTime() {
        assertShows(100, START_EPOCH_NS, 100);
        assertEquals(START_EPOCH_NS, new ManualClock().epochNanos());
        assertEquals(0, new ManualClock().bootNanos());
        Instant start = Instant.parse("2001-09-09T01:46:40Z");
        assertEquals(start.getEpochSecond() * 1_000_000_000L, START_EPOCH_NS);
        assertEquals(7, new ManualClock(100, 7).epochNanos());
    }

    @Test
    void timeMovesAllOfThem() {
        assertEquals(105, clock.advance(5));
        assertShows(105, START_EPOCH_NS + 5, 105);
        assertEquals(200, clock.set(200));
        assertShows(200, START_EPOCH_NS + 100, 200);
        assertEquals(200, clock.set(150));
        assertShows(200, START_EPOCH_NS + 100, 200);
    }

    @Test
    void theWallStepsBothWaysAndAlone() {
        clock.stepRealTime(50);
        assertShows(100, START_EPOCH_NS + 50, 100);
        clock.stepRealTime(-70);
        assertShows(100, START_EPOCH_NS - 20, 100);
        clock.setRealTime(3);
        assertShows(100, 3, 100);
        clock.advance(10);
        assertShows(110, 13, 110);
        clock.setRealTime(-9);
        assertShows(110, -9, 110);
    }

    @Test
    void suspensionMovesWallAndBoot() {
        clock.suspend(40);
        assertShows(100, START_EPOCH_NS + 40, 140);
        clock.advance(1);
        assertShows(101, START_EPOCH_NS + 41, 141);
        clock.suspend(0);
        assertShows(101, START_EPOCH_NS + 41, 141);
        assertThrows(IllegalArgumentException.class, () -> clock.suspend(-1));
        assertThrows(IllegalArgumentException.class, () -> clock.advance(-1));
        assertShows(101, START_EPOCH_NS + 41, 141);
    }

    @Test
    void readingsSaturate() {
        clock.stepRealTime(Long.MAX_VALUE);
        assertShows(100, Long.MAX_VALUE, 100);
        clock.stepRealTime(-1);
        assertShows(100, Long.MAX_VALUE - 1, 100);
        clock.setRealTime(0);
        clock.stepRealTime(Long.MIN_VALUE);
        assertEquals(Long.MIN_VALUE + 100, clock.epochNanos(), "the distance saturates, too");
        clock.suspend(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, clock.bootNanos());
        clock.suspend(5);
        assertEquals(Long.MAX_VALUE, clock.bootNanos());
        assertEquals(Long.MAX_VALUE, clock.advance(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, clock.bootNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void anyOriginIsFine(long origin) {
        ManualClock other = new ManualClock(origin, origin);
        assertEquals(List.of(origin, origin, origin), List.of(other.nanoTime(), other.epochNanos(), other.bootNanos()));
        other.advance(1);
        assertEquals(other.nanoTime(), other.bootNanos());
        assertEquals(other.nanoTime(), other.epochNanos());
    }

    @Test
    void eachStepRunsTheListenersAfterIt() {
        List<String> seen = new ArrayList<>();
        clock.onStep(() -> seen.add("a" + clock.nanoTime() + "," + (clock.epochNanos() - START_EPOCH_NS) + "," + clock.bootNanos()));
        clock.onStep(() -> seen.add("b"));
        clock.advance(1);
        clock.set(102);
        clock.stepRealTime(-2);
        clock.setRealTime(START_EPOCH_NS + 9);
        clock.suspend(3);
        assertEquals(List.of("a101,1,101", "b", "a102,2,102", "b", "a102,0,102", "b", "a102,9,102", "b", "a102,12,105", "b"), seen);
    }

    @Test
    void aListenerIsTakenBackOnce() {
        List<String> seen = new ArrayList<>();
        Runnable a = () -> seen.add("a");
        Runnable b = () -> seen.add("b");
        Runnable c = () -> seen.add("c");
        clock.offStep(a);
        clock.onStep(a);
        clock.onStep(b);
        clock.onStep(a);
        clock.onStep(c);
        clock.offStep(a);
        clock.advance(1);
        assertEquals(List.of("b", "a", "c"), seen);
        clock.offStep(a);
        clock.offStep(a);
        clock.offStep(c);
        clock.advance(1);
        assertEquals(List.of("b", "a", "c", "b"), seen);
        assertThrows(NullPointerException.class, () -> clock.onStep(null));
    }

    @Test
    void aListenerMayRegisterAndTakeBack() {
        List<String> seen = new ArrayList<>();
        Runnable[] self = new Runnable[1];
        self[0] = () -> {
            clock.offStep(self[0]);
            clock.onStep(() -> seen.add("second"));
            seen.add("first");
        };
        clock.onStep(self[0]);
        clock.advance(1);
        clock.advance(1);
        assertEquals(List.of("first", "second"), seen);
    }

    @Test
    void aStepStandsThoughAListenerThrows() {
        clock.onStep(() -> {
            throw new IllegalStateException("listener");
        });
        assertThrows(IllegalStateException.class, () -> clock.stepRealTime(5));
        assertShows(100, START_EPOCH_NS + 5, 100);
    }

    /** Steps of many threads add up, and a registration is not lost to another. */
    @Test
    void stepsOfManyThreadsAddUp() throws InterruptedException {
        int count = 20_000;
        long seed = System.nanoTime();
        System.out.println("ManualClockTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        long[] wallSteps = random.longs(count, -1_000, 1_000).toArray();
        long[] suspensions = random.longs(count, 0, 1_000).toArray();
        CountDownLatch go = new CountDownLatch(1);
        List<Runnable> kept = new ArrayList<>();
        Thread[] threads = new Thread[2];
        for (int t = 0; t < threads.length; t++) {
            int from = t;
            Runnable mine = () -> { };
            kept.add(mine);
            threads[t] = new Thread(() -> {
                await(go);
                for (int i = from; i < count; i += threads.length) {
                    Runnable listener = () -> { };
                    clock.onStep(listener);
                    clock.stepRealTime(wallSteps[i]);
                    clock.suspend(suspensions[i]);
                    clock.offStep(listener);
                }
                clock.onStep(mine);
            });
            threads[t].start();
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        long suspended = sum(suspensions);
        assertShows(100, START_EPOCH_NS + sum(wallSteps) + suspended, 100 + suspended);
        List<String> seen = new ArrayList<>();
        clock.onStep(() -> seen.add("last"));
        kept.forEach(clock::offStep);
        clock.advance(1);
        assertEquals(List.of("last"), seen);
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
