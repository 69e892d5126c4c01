// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing that is started by the cached clock is early, and without a stall nothing is much late. */
class CachedClockTest {
    private static final long STALENESS = 50_000;
    private static final long ROUNDING = 4 << CachedClock.TAG_BITS;
    private static final int TAGS = 1 << CachedClock.TAG_BITS;

    private long now = 123_456_789;
    private long reads;
    private final CachedClock clock = new CachedClock(this::read, STALENESS, true);

    private long read() {
        reads++;
        return now;
    }

    /** A start, and when it should have fired at the earliest. */
    private record Start(long deadline, long earliest) {
    }

    private void assertNotEarly(Start start) {
        long due = clock.settled(start.deadline(), now);
        assertTrue(due > now || now >= start.earliest(), "fires at " + now + ", before " + start.earliest());
    }

    @Test
    void nothingIsThereBeforeItIsPublishedAndAfterItWasWithdrawn() {
        assertEquals(CachedClock.NONE, clock.after(5));
        clock.renew();
        assertNotEquals(CachedClock.NONE, clock.after(5));
        clock.withdraw();
        assertEquals(CachedClock.NONE, clock.after(5));
        clock.withdraw();
        clock.renew();
        assertNotEquals(CachedClock.NONE, clock.after(5));
        clock.cycleEnds();
        assertNotEquals(CachedClock.NONE, clock.after(5), "kept");
    }

    @Test
    void withoutAStalenessNothingIsEverPublished() {
        CachedClock off = new CachedClock(this::read, 0, true);
        off.renew();
        assertEquals(CachedClock.NONE, off.after(5));
        off.withdraw();
        assertEquals(0, reads);
    }

    @Test
    void whatIsNotKeptIsThereDuringCyclesOnly() {
        CachedClock shy = new CachedClock(this::read, STALENESS, false);
        shy.renew();
        assertNotEquals(CachedClock.NONE, shy.after(5));
        shy.cycleEnds();
        assertEquals(CachedClock.NONE, shy.after(5));
    }

    @Test
    void startsReadNoClock() {
        clock.renew();
        reads = 0;
        for (int i = 1; i < 1_000; i++) {
            assertNotEquals(CachedClock.NONE, clock.after(i));
        }
        assertEquals(0, reads);
    }

    @Test
    void whatIsDueAtOnceAndWhatIsFarAwayIsNotForThisClock() {
        clock.renew();
        assertEquals(CachedClock.NONE, clock.after(0));
        assertEquals(CachedClock.NONE, clock.after(Long.MIN_VALUE));
        assertEquals(CachedClock.NONE, clock.after(Long.MAX_VALUE));
        assertEquals(CachedClock.NONE, clock.after(CachedClock.MAX_DELAY_NS + 1));
        assertNotEquals(CachedClock.NONE, clock.after(CachedClock.MAX_DELAY_NS));
    }

    @Test
    void aTimeFarAwayIsNotPublished() {
        now = StateWord.NEVER - 1;
        clock.renew();
        assertEquals(CachedClock.NONE, clock.after(5));
    }

    @Test
    void isRenewedWhenHalfAsOldAsItMayBe() {
        clock.renew();
        long first = clock.after(5_000);
        now += STALENESS / 2 - 1;
        clock.renew();
        assertEquals(first, clock.after(5_000));
        now++;
        clock.renew();
        assertTrue(clock.after(5_000) >= first + STALENESS / 2 - ROUNDING);
    }

    @Test
    void aStallMakesLateWhatWasStartedInIt() {
        clock.renew();
        now += 10 * STALENESS;
        Start start = new Start(clock.after(1_000), now + 1_000);
        assertTrue(start.deadline() <= now, "the time is stale");
        assertNotEarly(start);
        clock.renew();
        assertNotEarly(start);
        now += 1_000 - 1;
        assertNotEarly(start);
        now += ROUNDING;
        assertTrue(clock.settled(start.deadline(), now) <= now, "late for no reason");
    }

    @Test
    void aStallThatGoesOnIsSeenByOtherBases() {
        clock.renew();
        now += STALENESS / 2;
        Start start = new Start(clock.after(1_000), now + 1_000);
        for (int i = 0; i < 100; i++) {
            now += STALENESS / 10;
            assertNotEarly(start);
        }
        clock.withdraw();
        now += 1_000 + ROUNDING;
        assertTrue(clock.settled(start.deadline(), now) <= now);
    }

    @Test
    void aLeewayOfWholeStepsKeepsTheTag() {
        clock.renew();
        long deadline = clock.after(1_000);
        now += 10 * STALENESS;
        clock.renew();
        long leeway = 77L << CachedClock.TAG_BITS;
        assertEquals(clock.settled(deadline, now) + leeway, clock.settled(deadline + leeway, now));
    }

    @Test
    void whenEveryTagOverranNothingIsPublishedUntilOneIsOld() {
        int windows = 0;
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < 2 * TAGS; i++) {
            clock.renew();
            now += 3 * STALENESS;
            long deadline = clock.after(CachedClock.MAX_DELAY_NS);
            if (deadline != CachedClock.NONE) {
                windows++;
                starts.add(new Start(deadline, now + CachedClock.MAX_DELAY_NS));
            }
        }
        assertEquals(TAGS, windows);
        starts.forEach(this::assertNotEarly);
        now = starts.get(0).earliest() + STALENESS;
        clock.renew();
        assertNotEquals(CachedClock.NONE, clock.after(5));
        starts.forEach(this::assertNotEarly);
    }

    /** Starts, stalls, renewals and withdrawals in any order. */
    @Test
    void neverEarlyWhateverThePublisherDoes() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Start> starts = new ArrayList<>();
        long stalled = 0;
        for (int i = 0; i < 200_000; i++) {
            switch (random.nextInt(10)) {
                case 0 -> clock.withdraw();
                case 1, 2, 3 -> clock.renew();
                case 4, 5 -> now += random.nextInt((int) STALENESS / 8);
                case 6 -> {
                    long stall = random.nextInt(100) == 0 ? random.nextInt(20 * (int) STALENESS) : 0;
                    stalled = Math.max(stalled, stall);
                    now += stall;
                }
                default -> {
                    long delay = random.nextInt(1 + random.nextInt(10 * (int) STALENESS));
                    long deadline = clock.after(delay);
                    if (deadline != CachedClock.NONE) {
                        starts.add(new Start(deadline, now + delay));
                    }
                }
            }
            if (i % 50 == 0) {
                starts.forEach(this::assertNotEarly);
                starts.removeIf(start -> clock.settled(start.deadline(), now) <= now);
                for (Start start : starts) {
                    long late = now - start.earliest();
                    assertTrue(late <= 3 * STALENESS + 2 * stalled + ROUNDING, "late by " + late);
                }
            }
        }
    }

    @Test
    void withoutAStallNothingIsLaterThanTheAgeAndTheRounding() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            clock.renew();
            now += random.nextInt((int) STALENESS / 8);
            long delay = 1 + random.nextInt(1_000_000);
            long deadline = clock.after(delay);
            long late = clock.settled(deadline, now) - (now + delay);
            assertTrue(late >= 0 && late <= STALENESS + ROUNDING, "late by " + late);
        }
    }
}
