// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.Arrays;

/**
 * How the clocks of a round stepped, and what follows for "not before its deadline".
 *
 * <p>A deadline on the monotonic clock is checked exactly: the clock that the callback reads first can not be behind the one
 * that its base read. The time since boot only grows, so the same holds for it. The wall clock may have stepped back between
 * the base's look and the callback's, and a base may use an old offset while another thread is sampling a new one; so a deadline
 * on it counts as reached if it was reached by the largest offset that the round had so far. The offset starts as
 * it is and is stepped within a small range only, so little is lost by that.
 *
 * <p>The steps are written by one thread, and read when the round is over.
 */
final class ClockHistory {
    /** The line of deadlines on the monotonic clock. */
    static final int MONO = 0;
    /** The line of deadlines on the wall clock. */
    static final int WALL = 1;
    /** The line of deadlines on the time since boot. */
    static final int BOOT = 2;

    private final boolean known;
    private final long firstBoot;
    private long[] when = new long[64];
    private long[] largestReal = new long[64];
    private long[] boot = new long[64];
    private int steps;

    private ClockHistory(boolean known, long realOffset, long bootOffset) {
        this.known = known;
        this.firstBoot = bootOffset;
        stepped(0, realOffset, bootOffset);
    }

    /** Clocks whose every step is told. */
    static ClockHistory of(long realOffset, long bootOffset) {
        return new ClockHistory(true, realOffset, bootOffset);
    }

    /** Clocks that step by themselves: deadlines on any but the monotonic one are not checked. */
    static ClockHistory unknown() {
        return new ClockHistory(false, 0, 0);
    }

    /** The distance of the time since boot from the monotonic time, or less. */
    long leastBootOffset() {
        return firstBoot;
    }

    /** A step is about to be made, to these distances from the monotonic clock. */
    void stepped(long seq, long realOffset, long bootOffset) {
        if (steps == when.length) {
            when = Arrays.copyOf(when, 2 * steps);
            largestReal = Arrays.copyOf(largestReal, 2 * steps);
            boot = Arrays.copyOf(boot, 2 * steps);
        }
        when[steps] = seq;
        largestReal[steps] = steps == 0 ? realOffset : Math.max(realOffset, largestReal[steps - 1]);
        boot[steps] = bootOffset;
        steps++;
    }

    /** Whether a callback may have come from a start, as far as the deadline goes. */
    boolean isDue(Event start, Event fire) {
        if (start.b == MONO) {
            return fire.time >= start.a;
        }
        if (!known) {
            return true;
        }
        int found = Arrays.binarySearch(when, 0, steps, fire.after);
        int last = found >= 0 ? found : -found - 2;
        return fire.time + (start.b == WALL ? largestReal[last] : boot[last]) >= start.a;
    }
}
