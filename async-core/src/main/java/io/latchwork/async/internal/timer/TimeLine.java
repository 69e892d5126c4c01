// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;

/**
 * Turns what callers say into deadlines, and back: saturating, never wrapping.
 *
 * <p>There are three lines, one a clock, each counted in nanoseconds from an origin of its own to {@link StateWord#NEVER}: the
 * monotonic and the boot-time line from the runtime's beginning, the wall clock's from 1970. A deadline stays as it is on its
 * line whatever the clocks do; only what is "now" on a line is computed from the monotonic clock and an offset.
 */
public final class TimeLine {
    static final int MONO = 0;
    static final int WALL = 1;
    static final int BOOT = 2;
    static final int LINES = 3;

    private static final long EPOCH = 0;

    private final AsyncClock clock;
    private final ClockOffsets offsets;
    private final CachedClock cached;
    private final long origin;
    private final long bootOrigin;

    /**
     * Lines that begin now.
     *
     * @param clock the source of time
     */
    public TimeLine(AsyncClock clock) {
        this(clock, 0, false);
    }

    /**
     * Lines that begin now.
     *
     * @param clock the source of time
     * @param stalenessNs how old a cached time may be; 0: none is cached
     * @param kept whether it is out between duty cycles, too
     */
    public TimeLine(AsyncClock clock, long stalenessNs, boolean kept) {
        this.clock = clock;
        this.offsets = new ClockOffsets(clock);
        this.origin = clock.nanoTime();
        this.bootOrigin = origin + offsets.bootOffset();
        this.cached = new CachedClock(this::now, stalenessNs, kept);
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
     * How far the other clocks are from the monotonic one.
     *
     * @return the offsets
     */
    public ClockOffsets offsets() {
        return offsets;
    }

    /** The time that starts may use instead of the clock's. */
    CachedClock cached() {
        return cached;
    }

    // ------------------------------------------------------------------------------------------------ callers

    /**
     * The armed state that a start asks for.
     *
     * @param nsec a delay, or a time on the clock
     * @param flags whether it is a time
     * @param on the clock
     * @return an armed state
     */
    long armed(long nsec, int flags, ClockId on) {
        boolean absolute = (flags & BpfTimer.TIMER_ABS) != 0;
        if (on == ClockId.MONOTONIC) {
            if (!absolute) {
                long after = cached.after(nsec);
                if (after != CachedClock.NONE) {
                    return StateWord.armedByCache(after);
                }
            }
            return StateWord.armed(deadline(nsec, flags));
        }
        if (on == ClockId.REALTIME) {
            return absolute ? StateWord.armedOnWall(since(nsec, EPOCH)) : StateWord.armed(deadline(nsec, flags));
        }
        return StateWord.armed(absolute ? since(nsec, bootOrigin) : after(now(BOOT, clock.nanoTime()), nsec));
    }

    /**
     * The deadline on the monotonic line that a start asks for.
     *
     * @param nsec a delay, or a time on the clock
     * @param flags whether it is a time
     * @return nanoseconds since the origin, 0 to {@link StateWord#NEVER}
     */
    public long deadline(long nsec, int flags) {
        return (flags & BpfTimer.TIMER_ABS) != 0 ? since(nsec, origin) : after(now(), nsec);
    }

    private static long after(long now, long delay) {
        if (delay <= 0) {
            return now;
        }
        long sum = now + delay;                       // both are non-negative: a sum that wrapped is negative
        return sum < 0 || sum > StateWord.NEVER ? StateWord.NEVER : sum;
    }

    // ------------------------------------------------------------------------------------------------ the owner

    /** The line on which a block in an armed state waits. */
    static int line(long armed, ClockId clock) {
        return clock == ClockId.MONOTONIC ? MONO : clock == ClockId.BOOTTIME ? BOOT : StateWord.isOther(armed) ? WALL : MONO;
    }

    /**
     * The deadline of an armed state, as far as it can be known now: what was armed by the cached clock while that was not
     * renewed in time is due later than it says.
     *
     * @param armed an armed state
     * @param of the clock of its block
     * @param now a time on the monotonic line
     */
    long deadline(long armed, ClockId of, long now) {
        long deadline = StateWord.deadline(armed);
        return of == ClockId.MONOTONIC && StateWord.isOther(armed) ? cached.settled(deadline, now) : deadline;
    }

    /** The time now on the monotonic line. Never is not reached, however far the clock goes. */
    long now() {
        return now(MONO, clock.nanoTime());
    }

    /** The time now on a line, below {@link StateWord#NEVER}. */
    long now(int line, long nanoTime) {
        long now = line == MONO ? since(nanoTime, origin)
            : line == WALL ? since(plus(nanoTime, offsets.realOffset()), EPOCH)
            : since(plus(nanoTime, offsets.bootOffset()), bootOrigin);
        return Math.min(now, StateWord.NEVER - 1);
    }

    /** When the monotonic clock will show that a deadline is due, if nothing steps; MAX_VALUE for never. */
    long toClock(int line, long deadline) {
        if (deadline >= StateWord.NEVER) {
            return Long.MAX_VALUE;
        }
        return line == MONO ? plus(deadline, origin)
            : line == WALL ? minus(deadline, offsets.realOffset())
            : minus(plus(deadline, bootOrigin), offsets.bootOffset());
    }

    /** A deadline as its own clock shows it; MAX_VALUE for never. */
    long toOwnClock(int line, long deadline) {
        return deadline >= StateWord.NEVER ? Long.MAX_VALUE
            : line == WALL ? deadline : plus(deadline, line == MONO ? origin : bootOrigin);
    }

    /** As {@link #toClock(int, long)} on the monotonic line. */
    long toClock(long deadline) {
        return toClock(MONO, deadline);
    }

    // --------------------------------------------------------------------------------------- saturating arithmetic

    private static long since(long time, long origin) {
        long since = time - origin;
        if (((time ^ origin) & (time ^ since)) < 0) { // the difference does not fit
            return time < 0 ? 0 : StateWord.NEVER;
        }
        return since < 0 ? 0 : Math.min(since, StateWord.NEVER);
    }

    private static long plus(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }

    private static long minus(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : difference;
    }
}
