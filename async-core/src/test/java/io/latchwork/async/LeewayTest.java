// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.contract.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers that may be late: never early, never later than that, in order, and with few wake-ups. */
@Timeout(60)
class LeewayTest {
    private static final long STEP = 1_024;
    private static final long US = 1_000;
    private static final long MS = 1_000_000;

    private final ManualClock clock = new ManualClock(5_000 * MS);
    private AsyncRuntime rt = AsyncRuntime.builder().clock(clock).build();
    private Driver driver = new Driver(rt);
    private BpfProg prog = rt.loadProgram("p", () -> { });
    private final List<String> fired = new ArrayList<>();

    @AfterEach
    void booksAreClean() {
        rt.close();
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }

    private AsyncTimer timer(String name, long leewayNs) {
        return timer(name, leewayNs, ClockId.MONOTONIC);
    }

    private AsyncTimer timer(String name, long leewayNs, ClockId on) {
        return rt.newTimer(prog, expired -> fired.add(name), on, leewayNs);
    }

    private List<String> dueAfter(long ns) {
        clock.advance(ns);
        driver.drain();
        List<String> now = List.copyOf(fired);
        fired.clear();
        return now;
    }

    @Test
    void leewaysAreChecked() {
        BpfHashMap<Integer, String> map = rt.hashMap("map", 4);
        map.update(1, "v").orThrow();
        BpfTimer<Integer, String> timer = map.lookup(1).timer();
        for (long wrong : new long[] {-1, Long.MIN_VALUE, BpfTimer.MAX_LEEWAY_NS + 1, Long.MAX_VALUE}) {
            assertEquals(Status.EINVAL, timer.init(map, ClockId.MONOTONIC, wrong));
            assertThrows(StatusException.class, () -> rt.newTimer(prog, expired -> { }, ClockId.MONOTONIC, wrong));
        }
        assertEquals(Status.EINVAL, timer.init(map, null, 5));
        assertEquals(Status.OK, timer.init(map, ClockId.MONOTONIC, BpfTimer.MAX_LEEWAY_NS));
        assertEquals(Status.EBUSY, timer.init(map, ClockId.MONOTONIC, 5));
    }

    @ParameterizedTest
    @EnumSource(ClockId.class)
    void theBaseIsWokenForTheEndOfTheSpan(ClockId on) {
        timer("a", 10 * STEP, on).start(MS, 0).orThrow();
        driver.drain();
        if (on == ClockId.MONOTONIC) {
            assertEquals(clock.nanoTime() + MS + 10 * STEP, rt.nextDeadlineNs());
        }
        assertEquals(List.of(), dueAfter(MS - 1));
        assertEquals(List.of("a"), dueAfter(1), "the base is awake, and may");
    }

    @Test
    void theViewShowsTheDeadlineThatWasAskedFor() {
        BpfHashMap<Integer, String> map = rt.hashMap("map", 4);
        map.update(1, "v").orThrow();
        BpfTimer<Integer, String> timer = map.lookup(1).timer();
        timer.init(map, ClockId.MONOTONIC, 10 * STEP).orThrow();
        timer.setCallback(prog, (m, k, v) -> { }).orThrow();
        timer.start(MS, 0).orThrow();
        List<Long> deadlines = new ArrayList<>();
        map.timers().armed().forEach(armed -> deadlines.add(armed.deadlineNs()));
        assertEquals(List.of(clock.nanoTime() + MS), deadlines);
        map.close();
    }

    @Test
    void neverStaysNever() {
        timer("a", BpfTimer.MAX_LEEWAY_NS).start(Long.MAX_VALUE, 0).orThrow();
        timer("b", BpfTimer.MAX_LEEWAY_NS, ClockId.REALTIME).start(Long.MAX_VALUE, BpfTimer.TIMER_ABS).orThrow();
        driver.drain();
        assertEquals(List.of(), dueAfter(Long.MAX_VALUE / 4));
    }

    @Test
    void timersShareTheWakeUpOfTheFirstThatMustFire() {
        for (int i = 0; i < 100; i++) {
            timer("" + i, 5 * MS).start(MS + i * 10 * US, 0).orThrow();
        }
        driver.drain();
        int wakeUps = 0;
        int all = 0;
        while (rt.nextDeadlineNs() != Long.MAX_VALUE) {
            wakeUps++;
            all += dueAfter(rt.nextDeadlineNs() - clock.nanoTime()).size();
        }
        assertEquals(100, all);
        assertTrue(wakeUps <= 2, wakeUps + " wake-ups");
    }

    @Test
    void oneThatMayNotYetFireKeepsBackNobodyThatMust() {
        timer("early, tolerant", 20 * MS).start(MS, 0).orThrow();
        timer("late, strict", 0).start(2 * MS, 0).orThrow();
        timer("too late", 0).start(3 * MS, 0).orThrow();
        driver.drain();
        assertEquals(List.of(), dueAfter(2 * MS - 1), "the first to end is not due, and others stay behind it");
        assertEquals(List.of("late, strict"), dueAfter(1));
        assertEquals(List.of("too late", "early, tolerant"), dueAfter(MS));
    }

    @Test
    void rearmingMovesTheSpan() {
        AsyncTimer timer = timer("a", 10 * STEP);
        timer.start(MS, 0).orThrow();
        driver.drain();
        assertEquals(Status.REARMED, timer.start(2 * MS, 0));
        assertEquals(List.of(), dueAfter(MS + 5 * STEP));
        assertEquals(Status.REARMED, timer.start(100 * US, 0));
        assertEquals(List.of(), dueAfter(100 * US - 1));
        assertEquals(List.of("a"), dueAfter(1));
        assertEquals(Status.OK, timer.start(MS, 0));
        assertEquals(Status.CANCELLED, timer.cancelAsync());
        assertEquals(List.of(), dueAfter(10 * MS));
    }

    @Test
    void aPeriodicTimerDoesNotRunAwayInOnePass() {
        AsyncTimer timer = rt.newTimer(prog, expired -> {
            fired.add("a");
            expired.start(1, 0);
        }, ClockId.MONOTONIC, 10 * MS);
        timer.start(1, 0).orThrow();
        assertEquals(List.of("a"), dueAfter(5));
        assertEquals(List.of("a"), dueAfter(5));
        timer.close();
    }

    /** What fires, fires in its span and in the order of the ends of the spans; with and without the cached clock. */
    @ParameterizedTest
    @ValueSource(longs = {0, 20 * US})
    void anyTimersFireInTheirSpans(long cachedClockNs) {
        rt.close();
        rt = AsyncRuntime.builder().clock(clock).cachedClock(cachedClockNs).build();
        driver = new Driver(rt);
        prog = rt.loadProgram("p", () -> { });
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int timers = 50;
        long[] leeways = new long[timers];
        long[] deadlines = new long[timers];
        boolean[] armed = new boolean[timers];
        int[] count = new int[1];
        AsyncTimer[] all = new AsyncTimer[timers];
        ClockId[] clocks = ClockId.values();
        for (int i = 0; i < timers; i++) {
            int self = i;
            leeways[i] = STEP * (random.nextBoolean() ? 0 : random.nextInt(2_000));
            all[i] = rt.newTimer(prog, expired -> {
                assertTrue(armed[self], "fired, and was not armed");
                assertTrue(clock.nanoTime() >= deadlines[self], "early by " + (deadlines[self] - clock.nanoTime()));
                armed[self] = false;
                count[0]++;
                if (random.nextInt(4) == 0) {
                    long delay = random.nextInt((int) MS);
                    deadlines[self] = clock.nanoTime() + delay;
                    armed[self] = true;
                    expired.start(delay, 0).orThrow();
                }
            }, clocks[random.nextInt(clocks.length)], leeways[i]);
        }
        for (int step = 0; step < 20_000; step++) {
            int i = random.nextInt(timers);
            long delay = random.nextInt(random.nextBoolean() ? (int) (20 * US) : (int) (20 * MS));
            switch (random.nextInt(6)) {
                case 0 -> {
                    armed[i] = false;
                    all[i].cancelAsync();
                }
                case 1, 2 -> {
                    deadlines[i] = clock.nanoTime() + delay;
                    armed[i] = true;
                    all[i].start(delay, 0).orThrow();
                }
                case 3 -> clock.advance(delay);
                default -> clock.advance(random.nextInt((int) (100 * US)));
            }
            driver.drain();
            for (int k = 0; k < timers; k++) {
                long late = clock.nanoTime() - deadlines[k] - leeways[k];
                assertTrue(!armed[k] || late < cachedClockNs + 5 * STEP, "timer " + k + " is late by " + late);
            }
            long next = rt.nextDeadlineNs();
            for (int k = 0; k < timers; k++) {
                assertTrue(!armed[k] || next <= deadlines[k] + leeways[k] + cachedClockNs + 5 * STEP, "would sleep too long");
            }
        }
        assertTrue(count[0] > 1_000, count[0] + " fired");
    }
}
