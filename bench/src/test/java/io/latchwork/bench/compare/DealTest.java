// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.capture.Capture;
import io.latchwork.bench.capture.CaptureException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DealTest {
    private static final Timeouts HUNDRED = Timeouts.ofIdleMs(100);
    private static final long PERIOD_NS = 200_000_000;

    @Test
    void everyPacketIsDealtOnceAndLeftOutInItsFlowsRest() throws CaptureException {
        Traffic traffic = Traffic.of(Capture.loadDefault());
        Deal deal = new Deal(traffic, 3, HUNDRED);
        for (int part = 0; part < Deal.PARTS; part++) {
            int resting = part;
            int[] dealt = IntStream.range(0, 3).flatMap(t -> Arrays.stream(deal.lap(t, resting))).sorted().toArray();
            int[] expected = IntStream.range(0, traffic.size()).map(traffic::packet)
                .filter(p -> Traffic.flow(p) % Deal.PARTS != resting).sorted().toArray();
            assertArrayEquals(expected, dealt);
        }
    }

    @Test
    void mostFlowsOfTheDefaultCaptureAreTouchedByBothThreads() throws CaptureException {
        assertTrue(new Deal(Traffic.of(Capture.loadDefault()), 2, HUNDRED).sharedPercent() > 90);
    }

    @Test
    void moreThreadsThanPacketsAllHaveSomethingToDo() {
        Deal deal = new Deal(new Packets().data(0, 1).data(1, 2).traffic(), 5, HUNDRED);
        for (int thread = 0; thread < 5; thread++) {
            for (int part = 0; part < Deal.PARTS; part++) {
                assertTrue(deal.lap(thread, part).length > 0);
            }
        }
    }

    @Test
    void partsRestInTurns() {
        Deal deal = new Deal(new Packets().data(0, 1).traffic(), 1, HUNDRED);
        assertEquals(0, deal.restingPart(0));
        assertEquals(0, deal.restingPart(PERIOD_NS - 1));
        assertEquals(1, deal.restingPart(PERIOD_NS));
        assertEquals(0, deal.restingPart(PERIOD_NS * Deal.PARTS));
    }
}
