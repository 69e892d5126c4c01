// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines saturate at both ends, wherever the clock's origin lies. */
class TimeLineTest {
    private static final int ABS = BpfTimer.TIMER_ABS;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 1_000_000_007L, Long.MAX_VALUE - 5, Long.MIN_VALUE, Long.MIN_VALUE + 5, 1L << 62})
    void ordinaryTimesGoThereAndBack(long origin) {
        TimeLine line = new TimeLine(new ManualClock(origin));
        assertEquals(0, line.now());
        assertEquals(5, line.deadline(5, 0));
        assertEquals(0, line.deadline(0, 0));
        assertEquals(0, line.deadline(-7, 0));
        assertEquals(0, line.deadline(Long.MIN_VALUE, 0));
        assertEquals(3, line.deadline(origin + 3, ABS));
        assertEquals(origin + 3, line.toClock(3));
        assertEquals(StateWord.NEVER, line.deadline(Long.MAX_VALUE, 0));
        assertEquals(Long.MAX_VALUE, line.toClock(StateWord.NEVER));
        if (origin > Long.MIN_VALUE) {
            assertEquals(0, line.deadline(Long.MIN_VALUE, ABS), "far in the past is now, not never");
        }
    }

    @Test
    void anAbsoluteTimeBeyondTheEndIsNeverAndNotThePast() {
        TimeLine line = new TimeLine(new ManualClock(-10));
        assertEquals(StateWord.NEVER, line.deadline(Long.MAX_VALUE, ABS));
    }

    @Test
    void aDelayCountsFromTheCall() {
        ManualClock clock = new ManualClock(100);
        TimeLine line = new TimeLine(clock);
        clock.advance(50);
        assertEquals(57, line.deadline(7, 0));
        assertEquals(50, line.deadline(-1, 0));
    }

    @Test
    void neverIsAboutHundredAndFortySixYears() {
        long year = 365L * 24 * 3600 * 1_000_000_000L;
        assertTrue(StateWord.NEVER / year >= 145);
        TimeLine line = new TimeLine(new ManualClock());
        assertEquals(140 * year, line.deadline(140 * year, 0));
        assertEquals(StateWord.NEVER, line.deadline(150 * year, 0));
    }

    @Test
    void theStateWordTellsItsStatesApart() {
        long armed = StateWord.armed(StateWord.NEVER);
        assertTrue(StateWord.isArmed(armed));
        assertEquals(StateWord.NEVER, StateWord.deadline(armed));
        for (long quiet : new long[] {StateWord.UNBOUND, StateWord.IDLE, StateWord.STOPPED, StateWord.INIT}) {
            assertTrue(!StateWord.isArmed(quiet) && !StateWord.isGone(quiet));
        }
        for (long gone : new long[] {StateWord.DESTROY, StateWord.DESTROYED}) {
            assertTrue(!StateWord.isArmed(gone) && StateWord.isGone(gone));
        }
        assertTrue(!StateWord.isGone(StateWord.armed(0)) && StateWord.armed(0) != StateWord.IDLE);
    }
}
