// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often calls look at the clock: absolute starts and cancels never, relative starts once, by the cached clock never. */
class ClockReadsTest {
    private static final int ABS = BpfTimer.TIMER_ABS;
    private static final int PIN = BpfTimer.TIMER_CPU_PIN;
    private static final long SECOND = 1_000_000_000L;

    /** Counts who looks at it. */
    private static final class CountingClock implements AsyncClock {
        private long now = 77 * SECOND;
        private int reads;

        @Override
        public long nanoTime() {
            reads++;
            return now;
        }

        @Override
        public long epochNanos() {
            reads++;
            return 1_000 * SECOND + now;
        }

        @Override
        public long bootNanos() {
            reads++;
            return now;
        }
    }

    private final CountingClock clock = new CountingClock();
    private final List<Integer> seen = new ArrayList<>();
    private AsyncRuntime rt = AsyncRuntime.builder().clock(clock).bases(2).build();

    @AfterEach
    void close() {
        rt.close();
    }

    private int readsOf(Runnable call) {
        int before = clock.reads;
        call.run();
        return clock.reads - before;
    }

    private void drive() {
        for (Agent agent : rt.agents()) {
            try {
                agent.doWork();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private BpfTimer<Integer, String> timer(ClockId on) {
        BpfHashMap<Integer, String> map = rt.hashMap("map", 4);
        map.update(1, "v").orThrow();
        BpfTimer<Integer, String> timer = map.lookup(1).timer();
        timer.init(map, on).orThrow();
        timer.setCallback(rt.loadProgram("p", () -> { }), (m, k, v) -> { }).orThrow();
        return timer;
    }

    @ParameterizedTest
    @EnumSource(ClockId.class)
    void absoluteStartsAndCancelsLookAtNoClock(ClockId on) {
        BpfTimer<Integer, String> timer = timer(on);
        AsyncTimer mapless = rt.newTimer(rt.loadProgram("q", () -> { }), expired -> { }, on);
        long later = 5_000 * SECOND;
        rt.bindThread(1);
        for (int round = 0; round < 3; round++) {
            assertEquals(0, readsOf(() -> timer.start(later, ABS).orThrow()), "fresh");
            assertEquals(0, readsOf(() -> timer.start(later + 5, ABS).orThrow()), "later");
            assertEquals(0, readsOf(() -> timer.start(later - 5, ABS).orThrow()), "earlier");
            assertEquals(0, readsOf(() -> timer.start(later - 5, ABS | PIN).orThrow()), "pinned");
            assertEquals(0, readsOf(() -> mapless.start(later, ABS).orThrow()), "mapless");
            assertEquals(0, readsOf(() -> mapless.start(Long.MAX_VALUE, ABS).orThrow()), "never");
            assertEquals(0, readsOf(mapless::cancelAsync), "cancelAsync");
            assertEquals(0, readsOf(timer::cancelAsync), "cancelAsync, armed");
            assertEquals(0, readsOf(timer::cancelAsync), "cancelAsync, idle");
            drive();
        }
        timer.start(later, ABS).orThrow();
        assertEquals(0, readsOf(timer::cancel), "cancel");
        assertEquals(0, readsOf(() -> timer.start(later, ABS)), "refused");
        rt.bindThread(-1);
    }

    @ParameterizedTest
    @EnumSource(ClockId.class)
    void relativeStartsLookOnce(ClockId on) {
        BpfTimer<Integer, String> timer = timer(on);
        for (int round = 0; round < 3; round++) {
            assertEquals(1, readsOf(() -> timer.start(SECOND, 0).orThrow()), "fresh");
            assertEquals(1, readsOf(() -> timer.start(2 * SECOND, 0).orThrow()), "later");
            assertEquals(1, readsOf(() -> timer.start(5, 0).orThrow()), "earlier");
            assertEquals(1, readsOf(() -> timer.start(0, 0).orThrow()), "at once");
            assertEquals(0, readsOf(timer::cancelAsync));
            drive();
        }
    }

    @Test
    void startsByTheCachedClockLookAtNone() {
        rt.close();
        rt = AsyncRuntime.builder().clock(clock).cachedClock(10_000).build();
        BpfProg prog = rt.loadProgram("p", () -> { });
        AsyncTimer timer = rt.newTimer(prog, expired -> {
            seen.add(readsOf(() -> expired.start(SECOND, 0).orThrow()));
            seen.add(readsOf(() -> expired.start(2 * SECOND, 0).orThrow()));
            seen.add(readsOf(() -> expired.start(0, 0).orThrow()));
            seen.add(readsOf(() -> expired.start(SECOND, 0).orThrow()));
        });
        assertEquals(1, readsOf(() -> timer.start(0, 0).orThrow()), "outside of duty cycles nothing is published");
        drive();
        assertEquals(List.of(0, 0, 1, 0), seen);
        clock.now += SECOND;
        drive();
        assertEquals(4, seen.size(), "early");
        clock.now += 20_000;
        drive();
        assertEquals(8, seen.size());
    }

    @Test
    void anIdlePassOverAbsoluteTimersLooksOnce() {
        BpfTimer<Integer, String> timer = timer(ClockId.MONOTONIC);
        timer.start(5_000 * SECOND, ABS).orThrow();
        drive();
        assertTrue(readsOf(this::drive) <= 1, "one base of two has a timer");
    }
}
