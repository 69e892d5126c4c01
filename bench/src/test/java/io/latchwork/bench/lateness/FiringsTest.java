// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiringsTest {
    private static final TimerPlan PLAN = new TimerPlan(new long[] {0, 0, 0, 0}, new long[] {100_000, 200_000, 300_000, 400_000});
    private static final long START_NS = -1_000_000;

    @Test
    void latenessCountsFromThePlan() {
        final Firings firings = new Firings(4);
        firings.expect(4);
        firings.fired(3, START_NS + 400_000);
        firings.fired(1, START_NS + 250_000);
        firings.fired(0, START_NS + 101_000);
        firings.fired(2, START_NS + 299_999);
        firings.await(0);
        final Lateness late = new Lateness();
        firings.addTo(PLAN, START_NS, 0, late);
        assertEquals(4, late.count());
        assertEquals(1, late.early());
        assertEquals(50, late.maxUs(), 0.1);
        assertEquals(0, late.us(50), 0.001);
    }

    @Test
    void theFirstOnesMayNotCount() {
        final Firings firings = new Firings(4);
        firings.expect(4);
        for (int i = 0; i < 4; i++) {
            firings.fired(i, START_NS + PLAN.deadlineNs()[i] + (i == 0 ? -1 : i == 1 ? 1_000_000 : 2_000));
        }
        final Lateness late = new Lateness();
        firings.addTo(PLAN, START_NS, 2, late);
        assertEquals(2, late.count());
        assertEquals(2, late.maxUs(), 0.01);
        assertEquals(1, late.early(), "but early is early");
    }

    @Test
    void aTimerThatNeverFiresIsNotOverlooked() {
        final Firings firings = new Firings(2);
        firings.expect(2);
        firings.accept(1);
        assertThrows(IllegalStateException.class, () -> firings.await(0));
    }

    @Test
    void aTimerThatFiresTwiceIsNotOverlooked() {
        final Firings firings = new Firings(2);
        firings.expect(2);
        firings.accept(0);
        firings.accept(1);
        firings.accept(1);
        assertThrows(IllegalStateException.class, () -> firings.await(0));
    }

    @Test
    void percentilesOfMadeUpData() {
        final Lateness late = new Lateness();
        for (int i = 1; i <= 1000; i++) {
            late.add(i * 1_000L);
        }
        final Map<String, Double> found = new LinkedHashMap<>();
        late.forEach(found::put);
        assertEquals(500, found.get("p50"), 1);
        assertEquals(900, found.get("p90"), 1);
        assertEquals(990, found.get("p99"), 1);
        assertEquals(999, found.get("p99.9"), 1);
        assertEquals(1000, found.get("max"), 1);
    }

    @Test
    void aDisturbedSliceDoesNotDecide() {
        final List<Slice> slices = new ArrayList<>();
        for (final long us : new long[] {3, 900, 4}) {
            final Slice slice = new Slice();
            slice.late().add(us * 1_000);
            slice.park().add(2_000);
            slice.onPlan().add(1_000);
            slices.add(slice);
        }
        assertEquals(2, Slice.median(slices, Slice::p50ToPark), 0.01);
        assertEquals(3, Slice.median(slices, Slice::p99OverPlan), 0.01);
        assertEquals(900, Slice.pooled(slices, Slice::late).maxUs(), 1);
        assertEquals(3, Slice.pooled(slices, Slice::late).count());
    }

    @Test
    void aThreadThatKnowsThePlanIsNeverEarly() throws InterruptedException {
        final TimerPlan plan = TimerPlan.random(20, 100_000, 11);
        for (final boolean spins : new boolean[] {false, true}) {
            final Firings firings = new Firings(20);
            final long startNs = Floor.run(plan, spins, firings);
            firings.await(0);
            final Lateness late = new Lateness();
            firings.addTo(plan, startNs, 0, late);
            assertEquals(20, late.count());
            assertEquals(0, late.early());
        }
    }

    @Test
    void theMachineIsNeverEarly() throws InterruptedException {
        final Lateness late = new Lateness();
        Floor.park(3, 1, late);
        Floor.parkTiny(3, late);
        Floor.spin(3, late);
        Floor.unpark(3, late);
        assertEquals(12, late.count());
        assertEquals(0, late.early());
        assertTrue(late.maxUs() > 0);
    }
}
