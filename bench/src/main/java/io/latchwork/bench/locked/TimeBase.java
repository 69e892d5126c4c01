// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.BpfTimer;

/** Times counted from the start of the runtime, so that they compare without care for wrap-around. */
final class TimeBase {
    /** A deadline that never comes. */
    static final long NEVER = Long.MAX_VALUE;
    /** Deadlines from here on, about 146 years, are {@link #NEVER}. */
    private static final long HORIZON = (1L << 62) - 1;

    private final AsyncClock clock;
    private final long epoch;

    TimeBase(AsyncClock clock) {
        this.clock = clock;
        this.epoch = clock.nanoTime();
    }

    AsyncClock clock() {
        return clock;
    }

    long now() {
        return clock.nanoTime() - epoch;
    }

    /** The deadline that the arguments of a start call mean. */
    long deadline(long nsec, int flags) {
        long deadline;
        if ((flags & BpfTimer.TIMER_ABS) == 0) {
            deadline = nsec <= 0 ? now() : saturated(now() + nsec);
        } else {
            deadline = nsec - epoch;
            if (nsec < 0 != epoch < 0 && nsec < 0 != deadline < 0) { // the difference does not fit
                deadline = nsec < 0 ? 0 : NEVER;
            }
        }
        return deadline < HORIZON ? deadline : NEVER;
    }

    /** The time on the clock that a deadline stands for. */
    long onClock(long deadline) {
        if (deadline == NEVER) {
            return Long.MAX_VALUE;
        }
        long time = deadline + epoch;
        return deadline > 0 && time < epoch ? Long.MAX_VALUE : time;
    }

    private static long saturated(long sum) {
        return sum < 0 ? NEVER : sum;
    }
}
