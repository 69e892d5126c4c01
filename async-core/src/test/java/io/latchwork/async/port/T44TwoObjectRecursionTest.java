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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z54a, the recursion guard that two objects in turn get past: two timers that start each
 * other, in NMI over each other's start, over the base's pass, or by their callbacks, neither hang the base nor keep it
 * from a third one.
 */
class T44TwoObjectRecursionTest extends PortCase {
    private static final int DEPTH = 64;
    private static final int PASSES = 100;

    private final Interrupt interrupt = new Interrupt();
    private final List<MapElement<Integer, String>> pair = new ArrayList<>();
    private int turn;
    private int inside;

    private BpfMap<Integer, String> open() {
        use(RuntimeSpec.driven(interrupt.clock(clock), this::onError));
        BpfMap<Integer, String> map = array("array", 3, i -> "v");
        for (int key = 0; key < 2; key++) {
            int other = 1 - key;
            timer(map, key, (in, k, value) -> assertEquals(Status.OK, found(in, other).timer().start(0, 0)));
            pair.add(found(map, key));
        }
        return map;
    }

    private void startTheOther() {
        inside++;
        assertTrue(!pair.get(turn++ & 1).timer().start(MS, 0).isRefusal());
    }

    @Test
    @Needs(Feature.NMI)
    void twoTimersStartedInTurnInsideOfEachOthersStartReturn() {
        open();
        interrupt.arm(rt, 1, DEPTH, this::startTheOther);
        assertEquals(Status.REARMED, pair.get(1).timer().start(MS, 0));
        interrupt.disarm();
        assertEquals(DEPTH, inside);
        assertEquals(Status.CANCELLED, pair.get(0).timer().cancelAsync());
        assertEquals(Status.CANCELLED, pair.get(1).timer().cancelAsync());
    }

    @Test
    @Needs(Feature.NMI)
    void twoTimersStartedInTurnOverTheBasesPassLetItComeToRest() {
        open();
        interrupt.arm(rt, this::startTheOther);
        assertEquals(Status.OK, pair.get(1).timer().start(MS, 0));
        driver.drain(); // fails if the agents never run out of work
        interrupt.disarm();
        assertTrue(inside > 1, "the base was never interrupted");
        assertEquals(Status.CANCELLED, pair.get(0).timer().cancelAsync());
        assertEquals(Status.CANCELLED, pair.get(1).timer().cancelAsync());
    }

    @Test
    void twoCallbacksThatStartEachOtherForEverHoldUpNoThirdTimer() throws Exception {
        BpfMap<Integer, String> map = open();
        int[] third = {0};
        BpfTimer<Integer, String> timer = timer(map, 2, (in, key, value) -> third[0]++);
        assertEquals(Status.OK, pair.get(0).timer().start(0, 0));
        for (int pass = 1; pass <= PASSES; pass++) {
            assertEquals(Status.OK, timer.start(0, 0));
            rt.agents().get(0).doWork(); // returns, though each pass makes work for the next
            rt.agents().get(0).doWork();
            assertEquals(pass, third[0]);
        }
        pair.get(0).timer().cancelAsync();
        pair.get(1).timer().cancelAsync();
        driver.drain();
    }
}
