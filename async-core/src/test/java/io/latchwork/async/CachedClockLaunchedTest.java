// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cached clock with real threads, on a machine that stalls them as it likes. */
@Timeout(60)
class CachedClockLaunchedTest {
    private static final int TIMERS = 64;
    private static final int STARTS = 60_000;
    private static final int SLOW_CALLBACK_OF = 500;
    private static final long SLOW_NS = 300_000;
    private static final long MAX_DELAY_NS = 2_000_000;

    private final AtomicLongArray earliest = new AtomicLongArray(TIMERS);
    private final AtomicInteger fired = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();

    /** Callbacks that take long stall the publisher; nothing fires early for that, also not on the other base. */
    @ParameterizedTest
    @EnumSource(IdleMode.class)
    void nothingIsEarly(IdleMode mode) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        AsyncRuntime rt = AsyncRuntime.builder().idleMode(mode).bases(2).cachedClock(20_000).launch();
        try (rt) {
            BpfProg prog = rt.loadProgram("p", () -> { });
            AsyncTimer[] timers = new AsyncTimer[TIMERS];
            for (int i = 0; i < TIMERS; i++) {
                timers[i] = newTimer(rt, prog, i);
            }
            for (int i = 0; i < STARTS; i++) {
                int at = random.nextInt(TIMERS);
                if (timers[at].cancelAsync() != Status.RUNNING) { // else that run may look at what is written now
                    long delay = 1 + random.nextInt((int) MAX_DELAY_NS);
                    earliest.set(at, System.nanoTime() + delay);
                    timers[at].start(delay, 0).orThrow();
                }
            }
            long until = System.nanoTime() + 20_000_000_000L;
            while (rt.audit().armedTimers() > 0 && System.nanoTime() < until) {
                LockSupport.parkNanos(1_000_000);
            }
            assertEquals(0, rt.audit().armedTimers(), "armed for ever");
        }
        assertEquals(0, early.get(), "early");
        assertTrue(fired.get() > 0, "nothing fired");
    }

    private AsyncTimer newTimer(AsyncRuntime rt, BpfProg prog, int index) {
        return rt.newTimer(prog, self -> {
            if (System.nanoTime() < earliest.get(index)) {
                early.incrementAndGet();
            }
            if (fired.incrementAndGet() % SLOW_CALLBACK_OF == 0) {
                long end = System.nanoTime() + SLOW_NS;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }
        }, ClockId.MONOTONIC, index % 4 == 0 ? 100_000 : 0);
    }

    @Test
    void numbersAreChecked() {
        AsyncRuntimeBuilder builder = AsyncRuntime.builder();
        for (long wrong : new long[] {-1, 1, AsyncRuntimeBuilder.MIN_CACHED_CLOCK_NS - 1,
            AsyncRuntimeBuilder.MAX_CACHED_CLOCK_NS + 1}) {
            assertThrows(IllegalArgumentException.class, () -> builder.cachedClock(wrong));
        }
        builder.cachedClock(0).cachedClock(AsyncRuntimeBuilder.MIN_CACHED_CLOCK_NS)
            .cachedClock(AsyncRuntimeBuilder.MAX_CACHED_CLOCK_NS);
        for (long wrong : new long[] {-1, AsyncRuntimeBuilder.MAX_SLACK_NS + 1}) {
            assertThrows(IllegalArgumentException.class, () -> builder.parkSlack(wrong, 10));
        }
        for (int wrong : new int[] {-1, 101}) {
            assertThrows(IllegalArgumentException.class, () -> builder.parkSlack(10, wrong));
        }
        builder.parkSlack(0, 0).parkSlack(AsyncRuntimeBuilder.MAX_SLACK_NS, 100).build().close();
    }
}
