// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import org.junit.jupiter.api.Test;

/**
 * The original: a program starts a timer twice, and a trace program on the re-arming starts the same timer from inside,
 * where the base's lock is held; it must return, with 0 and one hit. Here the inner start comes from the clock, which
 * every start and every pass of the base reads; the stronger form lets it nest, and the base must still come to rest
 * (Z40, Z41).
 */
@Needs(Feature.NMI)
class T17StartDeadlockTest extends PortCase {
    private static final int DEPTH = 64;
    private static final int PASSES = 1_000;

    private final Interrupt interrupt = new Interrupt();
    private int fired;
    private int inside;
    private MapElement<Integer, String> traced;

    private BpfTimer<Integer, String> open() {
        use(RuntimeSpec.driven(interrupt.clock(clock), this::onError));
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        traced = found(map, 0);
        return timer(map, 0, (in, key, value) -> fired++);
    }

    private void startInside(long delay, Status expected) {
        inside++;
        assertEquals(expected, traced.timer().start(delay, 0));
    }

    @Test
    void aStartInsideAStartOfTheSameTimerReturns() {
        BpfTimer<Integer, String> timer = open();
        assertEquals(Status.OK, timer.start(SECOND, 0));
        interrupt.arm(rt, () -> startInside(SECOND, Status.REARMED));
        assertEquals(Status.REARMED, timer.start(SECOND, 0));
        interrupt.disarm();
        assertEquals(1, inside);
        advance(SECOND - 1);
        assertEquals(0, fired, "early");
        advance(1);
        assertEquals(1, fired);
    }

    @Test
    void startsThatNestReturn() {
        BpfTimer<Integer, String> timer = open();
        interrupt.arm(rt, 1, DEPTH, () -> {
            inside++;
            assertTrue(!traced.timer().start(SECOND, 0).isRefusal());
        });
        assertEquals(Status.REARMED, timer.start(SECOND, 0)); // the innermost armed it
        interrupt.disarm();
        assertEquals(DEPTH, inside);
        advance(SECOND);
        assertEquals(1, fired);
    }

    @Test
    void aBaseInterruptedByStartsOfWhatItQueuesComesToRest() {
        BpfTimer<Integer, String> timer = open();
        interrupt.arm(rt, () -> {
            inside++;
            assertTrue(!traced.timer().start(SECOND, 0).isRefusal());
        });
        assertEquals(Status.REARMED, timer.start(SECOND, 0));
        driver.drain(); // fails if the agents never run out of work
        clock.advance(SECOND);
        for (int pass = 0; pass < PASSES; pass++) {
            driver.drain(); // the interrupt always re-arms before the base looks
        }
        assertEquals(0, fired);
        interrupt.disarm();
        assertTrue(inside > 1, "the base was never interrupted");
        advance(SECOND);
        assertEquals(1, fired);
    }
}
