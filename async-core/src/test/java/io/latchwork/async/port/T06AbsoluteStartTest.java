// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import org.junit.jupiter.api.Test;

/**
 * The original: an absolute start 1000 ns ahead on BOOTTIME; the callback adds 6 and re-arms absolutely, once 1000 ns
 * ahead and then 2^35, so the sum is 12. Here the clock is moved by hand: neither early nor late.
 */
class T06AbsoluteStartTest extends PortCase {
    private static final long DELAY = 1_000;
    private static final long FAR = 1L << 35;

    private int sum;

    @Test
    void absoluteStartsFireAtTheirTime() {
        useDriven();
        BpfMap<Integer, String> map = array("abs", 2, i -> "v" + i);
        BpfTimer<Integer, String> timer = timer(map, 0, boottime(), (in, key, value) -> {
            sum += 6;
            long ahead = sum < 12 ? DELAY : FAR;
            assertEquals(Status.OK, found(in, key).timer().start(now() + ahead, BpfTimer.TIMER_ABS));
        });
        assertEquals(Status.OK, timer.start(now() + DELAY, BpfTimer.TIMER_ABS));
        advance(DELAY - 1);
        assertEquals(0, sum, "early");
        advance(1);
        assertEquals(6, sum);
        advance(DELAY);
        assertEquals(12, sum);
        advance(FAR - 1);
        assertEquals(12, sum, "early");
        advance(1);
        assertEquals(18, sum);
    }
}
