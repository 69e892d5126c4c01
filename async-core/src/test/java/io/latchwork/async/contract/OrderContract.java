// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** In which order timers fire, and what the runtime says of the next one. */
abstract class OrderContract extends ContractCase {
    @Test
    void timersFireInTheOrderOfTheirDeadlines() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        map = rt.hashMap("many", 2000);
        List<Long> deadlines = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        for (int key = 0; key < 2000; key++) {
            long deadline = START + random.nextInt(1_000_000);
            timer(key, (inMap, k, value) -> seen.add(deadline)).start(deadline, BpfTimer.TIMER_ABS);
            deadlines.add(deadline);
        }
        for (int key = 0; key < 2000; key += 3) { // holes in the queue
            found(key).timer().cancelAsync();
            deadlines.set(key, null);
        }
        deadlines.removeIf(deadline -> deadline == null);
        deadlines.sort(null);
        advance(1);
        assertEquals(deadlines, seen, "seed " + seed);
    }

    /** Its entry surfaces at the old deadline, late, when the new one is due as well: others have been due for longer. */
    @Test
    void aTimerThatWasPushedOutKeepsToTheOrder() {
        BpfTimer<Integer, String> pushedOut = armed(1, 5);
        armed(2, 8);
        driver.drain();
        pushedOut.start(10 * MS, 0);
        driver.drain();
        advance(20);
        assertEquals(List.of("2=v2@20", "1=v1@20"), fired);
    }

    @Test
    void theNextDeadlineIsNeverLaterThanTheEarliestTimer() {
        assertEquals(Long.MAX_VALUE, rt.nextDeadlineNs());
        armed(1, 9);
        armed(2, 5);
        driver.drain();
        assertEquals(START + 5 * MS, rt.nextDeadlineNs());
        found(2).timer().start(20 * MS, 0);
        driver.drain();
        long next = rt.nextDeadlineNs();
        assertEquals(next, Math.min(next, START + 9 * MS));
    }

    @Test
    void nothingQueuedMeansNoDeadline() {
        armed(1, 5);
        advance(5);
        assertEquals(Long.MAX_VALUE, rt.nextDeadlineNs());
    }
}
