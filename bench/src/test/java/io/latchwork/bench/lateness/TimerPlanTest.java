// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerPlanTest {
    @Test
    void aSeedGivesOnePlan() {
        final TimerPlan plan = Shape.PACED.plan(500, 7);
        assertArrayEquals(plan.deadlineNs(), Shape.PACED.plan(500, 7).deadlineNs());
        assertFalse(Arrays.equals(plan.deadlineNs(), Shape.PACED.plan(500, 8).deadlineNs()));
    }

    @Test
    void shapesSpreadTheArms() {
        assertEquals(499_000_000, Shape.PACED.plan(500, 1).armNs()[499]);
        assertEquals(49_900_000, Shape.STEADY.plan(500, 1).armNs()[499]);
        assertEquals(0, Shape.BURST.plan(500, 1).armNs()[499]);
    }

    @Test
    void delaysAreFromATenthToTwentyMilliseconds() {
        final TimerPlan plan = Shape.STEADY.plan(10_000, 3);
        final long[] delays = new long[plan.timers()];
        Arrays.setAll(delays, i -> plan.deadlineNs()[i] - plan.armNs()[i]);
        Arrays.sort(delays);
        assertTrue(delays[0] >= 100_000 && delays[0] < 200_000, "shortest " + delays[0]);
        assertTrue(delays[delays.length - 1] <= 20_000_000 && delays[delays.length - 1] > 19_900_000,
            "longest " + delays[delays.length - 1]);
    }

    @Test
    void theRegularPlanHasOneDelay() {
        final TimerPlan plan = TimerPlan.regular(3, 20, 10);
        assertArrayEquals(new long[] {0, 20, 40}, plan.armNs());
        assertArrayEquals(new long[] {10, 30, 50}, plan.deadlineNs());
    }

    @Test
    void thePacerArmsEachTimerOnceForItsPlannedDeadline() {
        final TimerPlan plan = TimerPlan.random(50, 200_000, 5);
        final List<Integer> numbers = new ArrayList<>();
        final long startNs = System.nanoTime();
        final int late = Pacer.run(plan, startNs, (timer, deadlineNs) -> {
            assertEquals(numbers.size(), timer);
            assertEquals(startNs + plan.deadlineNs()[timer], deadlineNs);
            assertTrue(System.nanoTime() - startNs >= plan.armNs()[timer] - 2_000_000, "armed too far ahead");
            numbers.add(timer);
        });
        assertEquals(50, numbers.size());
        assertTrue(late >= 0 && late <= 50, late + " late");
        assertEquals(50, Pacer.run(plan, System.nanoTime() - 1_000_000_000, (timer, deadlineNs) -> { }), "all are late");
    }
}
