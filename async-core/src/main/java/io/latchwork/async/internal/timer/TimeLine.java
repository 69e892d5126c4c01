// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.BpfTimer;

/** Turns what callers say into deadlines since the runtime's origin: saturating, never wrapping. */
public final class TimeLine {
    private final AsyncClock clock;
    private final long origin;

    /**
     * A line that begins now.
     *
     * @param clock the source of time
     */
    public TimeLine(AsyncClock clock) {
        this.clock = clock;
        this.origin = clock.nanoTime();
    }

    /**
     * The clock.
     *
     * @return the source of time
     */
    public AsyncClock clock() {
        return clock;
    }

    /**
     * The time now. Never is not reached, however far the clock goes.
     *
     * @return nanoseconds since the origin, 0 and up, below {@link StateWord#NEVER}
     */
    long now() {
        return Math.min(fromClock(clock.nanoTime()), StateWord.NEVER - 1);
    }

    /**
     * The deadline that a start asks for.
     *
     * @param nsec a delay, or a time on the clock
     * @param flags whether it is a time
     * @return nanoseconds since the origin, 0 to {@link StateWord#NEVER}
     */
    public long deadline(long nsec, int flags) {
        if ((flags & BpfTimer.TIMER_ABS) != 0) {
            return fromClock(nsec);
        }
        long now = now();
        if (nsec <= 0) {
            return now;
        }
        long sum = now + nsec;                       // both are non-negative: a sum that wrapped is negative
        return sum < 0 || sum > StateWord.NEVER ? StateWord.NEVER : sum;
    }

    /**
     * A deadline as the clock shows it.
     *
     * @param deadline nanoseconds since the origin
     * @return nanoseconds on the clock; {@link Long#MAX_VALUE} for never
     */
    long toClock(long deadline) {
        if (deadline >= StateWord.NEVER) {
            return Long.MAX_VALUE;
        }
        long time = deadline + origin;
        return origin > 0 && time < 0 ? Long.MAX_VALUE : time;
    }

    private long fromClock(long time) {
        long since = time - origin;
        if (((time ^ origin) & (time ^ since)) < 0) { // the difference does not fit
            return time < 0 ? 0 : StateWord.NEVER;
        }
        return since < 0 ? 0 : Math.min(since, StateWord.NEVER);
    }
}
