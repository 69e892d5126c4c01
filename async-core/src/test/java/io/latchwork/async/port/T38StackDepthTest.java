// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The original: the stack of a program with that of its callback may be 512 bytes at most; 576 and 608 are refused when
 * loaded. A JVM finds out when it happens: a callback that overflows its stack is reported, and the base, the
 * references and the other timers go on.
 */
class T38StackDepthTest extends PortCase {
    private static final int ROUNDS = 3;
    private static final int DEEP = 500;

    private int depth;

    private int overflow(int n) {
        depth = Math.max(depth, n);
        return overflow(n + 1) + 1;
    }

    private static int descend(int n) {
        return n == 0 ? 0 : descend(n - 1) + 1;
    }

    @Test
    void aCallbackThatOverflowsItsStackIsReportedAndTheOthersGoOn() {
        useDriven();
        BpfMap<Integer, String> map = array("array", 2, i -> "v");
        AtomicInteger sibling = new AtomicInteger();
        BpfTimer<Integer, String> other = timer(map, 1, (in, key, value) -> sibling.getAndIncrement());
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> overflow(0));
        for (int round = 1; round <= ROUNDS; round++) {
            assertEquals(Status.OK, timer.start(MS, 0));
            assertEquals(Status.OK, other.start(MS, 0));
            advance(MS);
            assertEquals(round, sibling.get());
            assertEquals(List.of("prog/array/" + StackOverflowError.class.getName()), List.copyOf(errors));
            errors.clear();
        }
        assertTrue(depth > 0);
        assertEquals(Status.IDLE, timer.cancel());
    }

    @Test
    void theBasesThreadSurvivesAStackOverflow() {
        useLaunched(1);
        BpfMap<Integer, String> map = array("array", 2, i -> "v");
        AtomicInteger sibling = new AtomicInteger();
        timer(map, 0, (in, key, value) -> overflow(0)).start(0, 0);
        Crew.await("the overflow was reported", () -> errors.size() == 1);
        assertEquals(List.of("prog/array/" + StackOverflowError.class.getName()), List.copyOf(errors));
        errors.clear();
        timer(map, 1, (in, key, value) -> sibling.getAndIncrement()).start(0, 0);
        Crew.await("the next timer fired", () -> sibling.get() == 1);
    }

    @Test
    void aDeepCallbackIsNone() {
        useDriven();
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        AtomicInteger result = new AtomicInteger();
        timer(map, 0, (in, key, value) -> result.set(descend(DEEP))).start(0, 0);
        driver.drain();
        assertEquals(DEEP, result.get());
    }
}
