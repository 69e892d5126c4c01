// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parks that end late, on a clock that goes by what is done. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HybridIdleSlackTest {

    private static final long TICK = 10_000_000;
    private static final long CAP = 200_000;
    private static final long LOOK = 50;

    private long now;
    private long deadline;
    private boolean empty = true;
    private long overshoot;
    private long parks;
    private long lastPark;
    private long spun;
    private long pushAt = Long.MAX_VALUE;
    private boolean clockStands;

    /** Sleeps by moving the clock, too far by the overshoot. */
    private final class LateParker implements Parker {
        @Override
        public void park(final long ns) {
            parks++;
            lastPark = ns;
            now += Math.max(1, ns + overshoot);
        }

        @Override
        public void unpark() {
            throw new AssertionError("nobody raises here");
        }
    }

    private long look() {
        if (!clockStands) {
            now += LOOK;
            spun += LOOK;
        }
        return now;
    }

    private HybridIdle idle(final long cap, final int percent) {
        final HybridIdle idle = new HybridIdle(0, 0, TICK, this::look, new LateParker(), cap, percent);
        idle.bind(() -> empty && now < pushAt, () -> deadline);
        return idle;
    }

    /** Idles until a deadline so far from now is reached; answers by how much it was missed. */
    private long await(final HybridIdle idle, final long ns) {
        deadline = now + ns;
        while (now < deadline) {
            idle.idle();
        }
        return now - deadline;
    }

    @Test
    void argumentsAreChecked() {
        for (final long cap : new long[] {-1, HybridIdle.MAX_SLACK_NS + 1}) {
            assertThrows(IllegalArgumentException.class, () -> new HybridIdle(0, 0, 1, System::nanoTime, cap, 1));
        }
        for (final int percent : new int[] {-1, 101}) {
            assertThrows(IllegalArgumentException.class, () -> new HybridIdle(0, 0, 1, System::nanoTime, 1, percent));
        }
    }

    @Test
    void learnsTheOvershootAndMakesUpForIt() {
        overshoot = 110_000;
        final HybridIdle idle = idle(CAP, 100);
        assertTrue(await(idle, 1_000_000) >= overshoot, "nothing is known yet");
        for (int i = 0; i < 100; i++) {
            final long late = await(idle, 1_000_000);
            assertTrue(late <= 2 * LOOK, "late by " + late);
        }
        assertEquals(101, parks, "one park for each deadline");
    }

    @Test
    void converges() {
        overshoot = 30_000;
        final HybridIdle idle = idle(CAP, 100);
        for (int i = 0; i < 10; i++) {
            await(idle, 1_000_000);
        }
        overshoot = 150_000;
        for (int i = 0; i < 100; i++) {
            await(idle, 1_000_000);
        }
        assertTrue(await(idle, 1_000_000) <= 2 * LOOK, "risen");
        overshoot = 20_000;
        long late = 0;
        for (int i = 0; i < 4_000; i++) {
            late = Math.max(late, await(idle, 1_000_000));
        }
        assertTrue(late <= 2 * LOOK, "late by " + late);
        await(idle, 1_000_000);
        assertTrue(lastPark > 1_000_000 - 30_000, "parks for " + lastPark + " of 1000000: it has not fallen");
    }

    @Test
    void isAHighPercentileOfWhatVaries() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final HybridIdle idle = idle(CAP, 100);
        int late = 0;
        for (int i = 0; i < 5_000; i++) {
            overshoot = 60_000 + random.nextInt(60_000);
            if (await(idle, 1_000_000) > 2 * LOOK && i >= 500) {
                late++;
            }
        }
        assertTrue(late < 4_500 / 15, late + " of 4500 late");
    }

    @Test
    void isCapped() {
        overshoot = 50_000_000;
        final HybridIdle idle = idle(CAP, 100);
        for (int i = 0; i < 100; i++) {
            await(idle, 1_000_000);
        }
        assertTrue(lastPark >= 1_000_000 - CAP - LOOK, "parks for " + lastPark + ": earlier than the cap allows");
        overshoot = 0;
        spun = 0;
        await(idle, 1_000_000);
        assertTrue(spun <= CAP + 10 * LOOK, "spun for " + spun);
    }

    @Test
    void neverReturnsAWokenWorkerWithoutTheLazyTick() {
        overshoot = 110_000;
        final HybridIdle idle = idle(CAP, 100);
        await(idle, 1_000_000);
        await(idle, 100 * TICK);
        assertTrue(parks >= 100, parks + " parks: longer than a tick each");
        assertTrue(await(idle, TICK + overshoot / 2) <= 2 * LOOK, "the tick before the deadline ends too late");
    }

    @Test
    void aPushDuringTheSpinIsSeenAtOnce() {
        overshoot = 110_000;
        final HybridIdle idle = idle(CAP, 100);
        await(idle, 1_000_000);
        deadline = now + 100_000;
        pushAt = now + 40_000;
        final long parked = parks;
        idle.idle();
        assertEquals(parked, parks, "so near a deadline is spun for");
        assertTrue(now >= pushAt && now < pushAt + 3 * LOOK, "seen " + (now - pushAt) + " ns after the push");
        final long before = now;
        idle.idle();
        assertTrue(now - before <= 3 * LOOK, "with something waiting it does not go on spinning");
    }

    @Test
    void spinningStaysWithinItsShare() {
        overshoot = 110_000;
        final HybridIdle idle = idle(CAP, 10);
        await(idle, 1_000_000);
        for (int i = 0; i < 1_000; i++) { // uses up what was saved
            await(idle, 100_000);
        }
        spun = 0;
        final long from = now;
        for (int i = 0; i < 10_000; i++) {
            await(idle, 100_000);
        }
        final long share = spun * 100 / (now - from);
        assertTrue(share <= 11, "spun for " + share + " percent of the time");
        assertTrue(share >= 5, "spun for " + share + " percent only");
    }

    @Test
    void aParkThatIsCutShortTeachesNothing() {
        overshoot = 110_000;
        final HybridIdle idle = idle(CAP, 100);
        await(idle, 1_000_000);
        overshoot = -500_000;
        for (int i = 0; i < 20; i++) {
            await(idle, 1_000_000);
        }
        overshoot = 110_000;
        assertTrue(await(idle, 1_000_000) <= 5_000, "it was taken for a park that ended on time");
    }

    @Test
    void aClockThatStandsStillEndsTheSpin() {
        overshoot = 110_000;
        final HybridIdle idle = idle(CAP, 100);
        await(idle, 1_000_000);
        clockStands = true;
        deadline = now + 50_000;
        final long parked = parks;
        idle.idle();
        assertEquals(parked, parks);
        idle.idle();
        assertEquals(parked + 1, parks, "what was learned is forgotten");
        assertEquals(50_000, lastPark);
    }

    @Test
    void withoutAShareOrACapNothingIsLearned() {
        overshoot = 110_000;
        for (final HybridIdle idle : new HybridIdle[] {idle(0, 100), idle(CAP, 0)}) {
            for (int i = 0; i < 20; i++) {
                await(idle, 1_000_000);
                assertTrue(lastPark >= 1_000_000 - 2 * LOOK, "parks for " + lastPark);
            }
        }
    }

    @Test
    void nothingIsAllocated() {
        final HybridIdle idle = idle(CAP, 100);
        overshoot = 110_000;
        assertEquals(0, AllocationMeter.bytes(() -> {
            for (int i = 0; i < 100; i++) {
                await(idle, 300_000);
            }
        }));
    }
}
