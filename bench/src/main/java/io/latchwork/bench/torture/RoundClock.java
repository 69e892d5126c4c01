// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;

/** The clock of a round, without interrupts, and what is known about its steps. */
final class RoundClock {
    private static final long BEGIN_NS = 5_000_000_000L;

    private final AsyncClock clock;
    private final ClockHistory history;

    /**
     * A clock.
     *
     * @param mode who moves it
     */
    RoundClock(ClockMode mode) {
        if (mode == ClockMode.SYSTEM) {
            this.clock = AsyncClock.system();
            this.history = ClockHistory.unknown();
        } else {
            this.clock = new ManualClock(BEGIN_NS);
            this.history = ClockHistory.of(clock.epochNanos() - clock.nanoTime(), clock.bootNanos() - clock.nanoTime());
        }
    }

    AsyncClock clock() {
        return clock;
    }

    ManualClock manual() {
        return (ManualClock) clock;
    }

    ClockHistory history() {
        return history;
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    long read(ClockId on) {
        return on == ClockId.REALTIME ? clock.epochNanos() : on == ClockId.BOOTTIME ? clock.bootNanos() : clock.nanoTime();
    }

    /** The time now on a line that relative delays are on, or less. */
    long leastNow(int line) {
        return clock.nanoTime() + (line == ClockHistory.BOOT ? history.leastBootOffset() : 0);
    }
}
