// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.latchwork.async.AsyncClock;
import io.latchwork.async.ManualClock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The offsets are those of the clock, whoever samples, and are there for whoever interrupts. */
class ClockOffsetsTest {
    private static final long START = ManualClock.START_EPOCH_NS;

    private final ManualClock manual = new ManualClock();
    private final Hooked hooked = new Hooked();

    /** The manual clock, with something that happens while the wall clock is read; counts the samples. */
    private final class Hooked implements AsyncClock {
        Runnable hook = () -> { };
        int samples;

        @Override
        public long nanoTime() {
            return manual.nanoTime();
        }

        @Override
        public long epochNanos() {
            samples++;
            long wall = manual.epochNanos();
            hook.run(); // after the read: what the hook changes is not in this sample
            return wall;
        }

        @Override
        public long bootNanos() {
            return manual.bootNanos();
        }
    }

    private static List<Long> pair(ClockOffsets offsets) {
        long[] pair = new long[2];
        offsets.read(pair);
        assertEquals(List.of(pair[ClockOffsets.REAL], pair[ClockOffsets.BOOT]),
            List.of(offsets.realOffset(), offsets.bootOffset()));
        return List.of(pair[ClockOffsets.REAL], pair[ClockOffsets.BOOT]);
    }

    @Test
    void followTheClockAtEachRefresh() {
        ClockOffsets offsets = new ClockOffsets(manual);
        assertEquals(List.of(START, 0L), pair(offsets));
        manual.advance(1_000);
        manual.stepRealTime(-5);
        assertEquals(List.of(START, 0L), pair(offsets), "not refreshed yet");
        offsets.refresh();
        assertEquals(List.of(START - 5, 0L), pair(offsets));
        manual.suspend(30);
        offsets.refresh();
        assertEquals(List.of(START + 25, 30L), pair(offsets));
        manual.setRealTime(2_000);
        offsets.refresh();
        assertEquals(List.of(1_000L, 30L), pair(offsets));
    }

    @Test
    void followTheClockWhateverHappensToIt() {
        long seed = System.nanoTime();
        System.out.println("ClockOffsetsTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        ClockOffsets offsets = new ClockOffsets(manual);
        manual.onStep(offsets::refresh);
        for (int i = 0; i < 10_000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> manual.advance(random.nextLong(1L << 40));
                case 1 -> manual.stepRealTime(random.nextLong(-(1L << 50), 1L << 50));
                case 2 -> manual.suspend(random.nextLong(1L << 40));
                default -> manual.setRealTime(random.nextLong(1L << 60));
            }
            assertEquals(List.of(manual.epochNanos() - manual.nanoTime(), manual.bootNanos() - manual.nanoTime()),
                pair(offsets));
        }
    }

    @Test
    void offsetsSaturate() {
        assertEquals(List.of(Long.MAX_VALUE, 0L), pair(new ClockOffsets(new ManualClock(Long.MIN_VALUE, Long.MAX_VALUE))));
        assertEquals(List.of(Long.MIN_VALUE, 0L), pair(new ClockOffsets(new ManualClock(Long.MAX_VALUE, Long.MIN_VALUE))));
        assertEquals(Long.MAX_VALUE, new ClockOffsets(fixed(-2, Long.MAX_VALUE)).realOffset());
        assertEquals(Long.MIN_VALUE, new ClockOffsets(fixed(2, Long.MIN_VALUE + 1)).bootOffset());
    }

    private static AsyncClock fixed(long mono, long others) {
        return new AsyncClock() {
            @Override
            public long nanoTime() {
                return mono;
            }

            @Override
            public long epochNanos() {
                return others;
            }

            @Override
            public long bootNanos() {
                return others;
            }
        };
    }

    /** A refresh inside a refresh leaves its request, and the outer one samples again. */
    @Test
    void aRefreshInsideARefreshIsServed() {
        ClockOffsets offsets = new ClockOffsets(hooked);
        List<List<Long>> inside = new ArrayList<>();
        manual.stepRealTime(1);
        hooked.samples = 0;
        hooked.hook = () -> {
            if (hooked.samples <= 3) {
                manual.stepRealTime(10);
                manual.suspend(2);
                offsets.refresh();
                inside.add(pair(offsets));
            }
        };
        offsets.refresh();
        assertEquals(List.of(START + 37, 6L), pair(offsets));
        assertEquals(4, hooked.samples, "one sample for each request that was left, one after the other");
        // the wall was read before the hook, the time since boot after it
        assertEquals(List.of(List.of(START, 0L), List.of(START + 1, 2L), List.of(START + 13, 4L)), inside);
        hooked.hook = () -> { };
        offsets.refresh();
        assertEquals(5, hooked.samples, "the claim was given back");
    }

    @Test
    void aThreadThatIsStoppedInARefreshHoldsNobodyUp() throws InterruptedException {
        ClockOffsets offsets = new ClockOffsets(hooked);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread owner = new Thread(offsets::refresh);
        hooked.hook = () -> {
            if (Thread.currentThread() == owner && goOn.getCount() > 0) {
                inside.countDown();
                await(goOn);
            }
        };
        owner.start();
        inside.await();
        manual.stepRealTime(8);
        offsets.refresh();
        manual.stepRealTime(8);
        offsets.refresh();
        assertEquals(List.of(START, 0L), pair(offsets), "frozen, but readable");
        goOn.countDown();
        owner.join();
        assertEquals(List.of(START + 16, 0L), pair(offsets), "the requests were served");
    }

    @Test
    void aClockThatThrowsLeavesTheOffsets() {
        ClockOffsets offsets = new ClockOffsets(hooked);
        manual.stepRealTime(4);
        hooked.hook = () -> {
            throw new IllegalStateException("clock");
        };
        assertThrows(IllegalStateException.class, offsets::refresh);
        assertEquals(List.of(START, 0L), pair(offsets));
        hooked.hook = () -> { };
        offsets.refresh();
        assertEquals(List.of(START + 4, 0L), pair(offsets));
    }

    @Test
    void refreshesWhenDue() {
        ClockOffsets offsets = new ClockOffsets(hooked);
        hooked.samples = 0;
        manual.stepRealTime(4);
        offsets.refreshIfDue(ClockOffsets.CHECK_NS - 1);
        assertEquals(START, offsets.realOffset());
        offsets.refreshIfDue(ClockOffsets.CHECK_NS);
        assertEquals(START + 4, offsets.realOffset());
        for (int ms = 0; ms < 1_000; ms++) {
            offsets.refreshIfDue(ClockOffsets.CHECK_NS + ms * 1_000_000L);
        }
        assertEquals(10, hooked.samples);
    }

    @Test
    void dueIsUnderstoodWhereverTheClockBegan() {
        for (long origin : new long[] {Long.MIN_VALUE, -50_000_000, Long.MAX_VALUE - 50_000_000}) {
            ManualClock clock = new ManualClock(origin, 0);
            ClockOffsets offsets = new ClockOffsets(clock);
            long before = offsets.realOffset();
            clock.stepRealTime(4);
            offsets.refreshIfDue(clock.nanoTime());
            assertEquals(before, offsets.realOffset(), "not due at " + origin);
            offsets.refreshIfDue(origin + ClockOffsets.CHECK_NS);
            assertEquals(before == Long.MAX_VALUE ? before : before + 4, offsets.realOffset(), "due after " + origin);
        }
    }

    /** A machine on which each look at one of the other clocks takes time. */
    private static final class Slow implements AsyncClock {
        final long[] costs;
        final boolean boots;
        long ahead = 1_000;
        long time;
        int looks;

        /** The wall clock costs so much at each look, and the time since boot is the monotonic time. */
        Slow(long... costs) {
            this(false, costs);
        }

        Slow(boolean boots, long... costs) {
            this.boots = boots;
            this.costs = costs;
        }

        @Override
        public long nanoTime() {
            return time;
        }

        @Override
        public long epochNanos() {
            return look();
        }

        @Override
        public long bootNanos() {
            return boots ? look() : time;
        }

        private long look() {
            long value = time + ahead;
            time += costs[Math.min(looks++, costs.length - 1)];
            return value;
        }
    }

    @Test
    void theWallIsNeverOverEstimatedAndTheTightestSampleCounts() {
        assertEquals(1_000, new ClockOffsets(new Slow(0)).realOffset());
        Slow tightEnough = new Slow(20_000, 0);
        assertEquals(1_000 - 20_000, new ClockOffsets(tightEnough).realOffset());
        assertEquals(1, tightEnough.looks);
        Slow thirdTime = new Slow(90_000, 20_001, 50, 0);
        assertEquals(1_000 - 50, new ClockOffsets(thirdTime).realOffset());
        assertEquals(3, thirdTime.looks);
        Slow always = new Slow(90_000, 70_000, 80_000, 60_000, 75_000, 0);
        assertEquals(1_000 - 60_000, new ClockOffsets(always).realOffset());
        assertEquals(5, always.looks, "bounded");
    }

    /** Else a delay that was measured with a bad sample would be cut short when a better one comes. */
    @Test
    void theTimeSinceBootMovesOnlyWhenItHasCertainlyGrown() {
        Slow clock = new Slow(true, 10, 9_000, 10, 100, 10, 20_000, 10, 5_000, 10, 5_000, 10, 5_000);
        ClockOffsets offsets = new ClockOffsets(clock);
        assertEquals(List.of(1_000L - 10, 1_000L - 9_000), pair(offsets));
        offsets.refresh();
        assertEquals(List.of(1_000L - 10, 1_000L - 9_000), pair(offsets), "a tighter sample is no growth");
        offsets.refresh();
        assertEquals(List.of(1_000L - 10, 1_000L - 9_000), pair(offsets), "a wider one is no shrinking");
        clock.ahead += 5_000;
        offsets.refresh();
        assertEquals(List.of(6_000L - 10, 1_000L - 9_000), pair(offsets), "at the old sample's upper end: perhaps no growth");
        clock.ahead++;
        offsets.refresh();
        assertEquals(List.of(6_001L - 10, 6_001L - 5_000), pair(offsets), "above it");
        clock.ahead -= 5_000;
        offsets.refresh();
        assertEquals(List.of(1_001L - 10, 6_001L - 5_000), pair(offsets), "the wall goes back, the time since boot does not");
    }

    @Test
    void stepsOfManyThreadsEndWithTheRightOffsets() throws InterruptedException {
        int rounds = 50;
        int steps = 1_000;
        long seed = System.nanoTime();
        System.out.println("ClockOffsetsTest seed " + seed);
        ClockOffsets offsets = new ClockOffsets(manual);
        for (int round = 0; round < rounds; round++) {
            SplittableRandom random = new SplittableRandom(seed + round);
            SplittableRandom split = random.split();
            Thread other = new Thread(() -> step(split, steps, offsets));
            other.start();
            step(random, steps, offsets);
            other.join();
            assertEquals(List.of(manual.epochNanos() - manual.nanoTime(), manual.bootNanos() - manual.nanoTime()),
                pair(offsets));
        }
    }

    private void step(SplittableRandom random, int steps, ClockOffsets offsets) {
        for (int i = 0; i < steps; i++) {
            manual.stepRealTime(random.nextLong(-1_000, 1_000));
            manual.suspend(random.nextLong(1_000));
            offsets.refresh();
        }
    }

    @Test
    void readersAllocateNothing() {
        ClockOffsets offsets = new ClockOffsets(manual);
        long[] pair = new long[2];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 20_000; i++) {
                sink += offsets.realOffset() + offsets.bootOffset();
                offsets.read(pair);
                offsets.refreshIfDue(0);
                offsets.refresh();
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        assertTrue(least < 4_096, "allocated " + least + " bytes");
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 20_000; i++) {
            sinkObject = new long[2];
        }
        assertTrue(threads.getThreadAllocatedBytes(id) - before >= 4_096, "the meter cannot see an allocation");
    }

    private long sink;
    private Object sinkObject;

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
