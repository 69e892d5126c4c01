// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Deadlines on the wall clock and on the boot-time clock, and what steps do to them. */
class ClocksTest extends DrivenCase {
    private static final int ABS = BpfTimer.TIMER_ABS;
    private static final List<String> NOTHING = List.of();

    @Test
    void anAbsoluteWallClockDeadlineFiresAtItsWallClockTime() {
        timer(1, ClockId.REALTIME).start(clock.epochNanos() + 10 * MS, ABS).orThrow();
        assertEquals(NOTHING, dueAfter(9));
        assertEquals(List.of("v1"), dueAfter(1));
    }

    @Test
    void aStepForwardFiresWhatIsThenDue() {
        timer(1, ClockId.REALTIME).start(clock.epochNanos() + 3_600_000 * MS, ABS).orThrow();
        timer(2, ClockId.REALTIME).start(clock.epochNanos() + 3_600_002 * MS, ABS).orThrow();
        assertEquals(NOTHING, due());
        clock.stepRealTime(3_600_001 * MS);
        assertEquals(List.of("v1"), due());
        assertEquals(List.of("v2"), dueAfter(1));
    }

    @Test
    void aStepBackMakesItWaitSoMuchLonger() {
        timer(1, ClockId.REALTIME).start(clock.epochNanos() + 10 * MS, ABS).orThrow();
        assertEquals(NOTHING, dueAfter(9));
        clock.stepRealTime(-100 * MS);
        assertEquals(NOTHING, dueAfter(100));
        assertEquals(List.of("v1"), dueAfter(1));
    }

    @Test
    void aStepBackAndForthChangesNothing() {
        timer(1, ClockId.REALTIME).start(clock.epochNanos() + 10 * MS, ABS).orThrow();
        clock.stepRealTime(-5 * MS);
        assertEquals(NOTHING, due());
        clock.stepRealTime(5 * MS);
        assertEquals(NOTHING, dueAfter(9));
        assertEquals(List.of("v1"), dueAfter(1));
    }

    @Test
    void aRelativeDelayOnTheWallClockIsNotMovedBySteps() {
        timer(1, ClockId.REALTIME).start(10 * MS, 0).orThrow();
        clock.stepRealTime(3_600_000 * MS);
        assertEquals(NOTHING, dueAfter(9));
        clock.stepRealTime(-7_200_000 * MS);
        assertEquals(List.of("v1"), dueAfter(1));
    }

    @Test
    void aTimerMayGoFromAbsoluteToRelativeAndBack() {
        BpfTimer<Integer, String> timer = timer(1, ClockId.REALTIME);
        assertEquals(Status.OK, timer.start(clock.epochNanos() + 5 * MS, ABS));
        due();
        assertEquals(Status.REARMED, timer.start(20 * MS, 0));
        assertEquals(NOTHING, dueAfter(19));
        assertEquals(Status.REARMED, timer.start(clock.epochNanos() + 50 * MS, ABS));
        assertEquals(NOTHING, dueAfter(49));
        assertEquals(List.of("v1"), dueAfter(1));
        assertEquals(Status.OK, timer.start(30 * MS, 0));
        due();
        assertEquals(Status.REARMED, timer.start(clock.epochNanos() + 10 * MS, ABS));
        assertEquals(NOTHING, dueAfter(9));
        assertEquals(List.of("v1"), dueAfter(1));
        assertEquals(NOTHING, dueAfter(100));
    }

    @Test
    void suspendedTimeCountsOnTheBootClockOnly() {
        timer(1, ClockId.BOOTTIME).start(100 * MS, 0).orThrow();
        timer(2, ClockId.MONOTONIC).start(100 * MS, 0).orThrow();
        timer(3, ClockId.BOOTTIME).start(clock.bootNanos() + 101 * MS, ABS).orThrow();
        assertEquals(NOTHING, due());
        clock.suspend(99 * MS);
        assertEquals(NOTHING, due());
        assertEquals(List.of("v1"), dueAfter(1));
        assertEquals(List.of("v3"), dueAfter(1));
        assertEquals(NOTHING, dueAfter(97));
        assertEquals(List.of("v2"), dueAfter(1));
    }

    @Test
    void aDelayOnTheBootClockCountsFromTheCallAlsoRightAfterASuspension() {
        BpfTimer<Integer, String> timer = timer(1, ClockId.BOOTTIME);
        timer.start(5 * MS, 0).orThrow();
        due();
        clock.suspend(3_600_000 * MS);
        timer.start(10 * MS, 0).orThrow();
        assertEquals(NOTHING, dueAfter(9));
        assertEquals(List.of("v1"), dueAfter(1));
    }

    @Test
    void delaysAndTimesSaturateOnEveryClock() {
        int key = 0;
        for (ClockId on : ClockId.values()) {
            timer(key++, on).start(Long.MAX_VALUE, 0).orThrow();
            timer(key++, on).start(Long.MAX_VALUE, ABS).orThrow();
            timer(key++, on).start(Long.MIN_VALUE, 0).orThrow();
            timer(key++, on).start(Long.MIN_VALUE, ABS).orThrow();
            timer(key++, on).start(-1, 0).orThrow();
        }
        assertEquals(9, due().size(), "the past is now");
        assertEquals(NOTHING, dueAfter(1_000_000_000L), "and the end of time is never");
        assertEquals(6, map.timers().armed().stream().filter(each -> each.deadlineNs() == Long.MAX_VALUE).count());
    }

    /** Z56: what re-arms itself in the past does not keep others, on whatever clock, from their turn. */
    @Test
    void anAbsoluteTimeInThePastDoesNotStarveOthers() {
        int[] turns = new int[1];
        for (ClockId on : ClockId.values()) {
            timer(10 + on.ordinal(), on, (inMap, key, value) -> {
                if (turns[0]++ < 1_000) {
                    inMap.timers().start(key, 0, ABS).orThrow();
                }
            }).start(0, 0).orThrow();
            timer(on.ordinal(), on).start(1, 0).orThrow();
        }
        clock.advance(1);
        for (int pass = 0; pass < 4; pass++) {
            rt.agents().forEach(agent -> {
                try {
                    agent.doWork();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }
        assertEquals(3, fired.size(), "turns " + turns[0]);
        assertTrue(turns[0] <= 12, "one turn a pass, not " + turns[0]);
        due();
    }

    @Test
    void theListNamesTheClockAndFollowsItsSteps() {
        timer(1, ClockId.REALTIME).start(clock.epochNanos() + 50 * MS, ABS).orThrow();
        timer(2, ClockId.MONOTONIC).start(clock.nanoTime() + 20 * MS, ABS).orThrow();
        timer(3, ClockId.BOOTTIME).start(30 * MS, 0).orThrow();
        timer(4, ClockId.REALTIME).start(40 * MS, 0).orThrow();
        timer(5, ClockId.MONOTONIC);
        long wall = clock.epochNanos();
        assertEquals(List.of(new ArmedTimer<>(2, ClockId.MONOTONIC, clock.nanoTime() + 20 * MS),
            new ArmedTimer<>(3, ClockId.BOOTTIME, clock.bootNanos() + 30 * MS),
            new ArmedTimer<>(4, ClockId.MONOTONIC, clock.nanoTime() + 40 * MS),
            new ArmedTimer<>(1, ClockId.REALTIME, wall + 50 * MS)), map.timers().armed());
        clock.stepRealTime(25 * MS);
        assertEquals(List.of(2, 1, 3, 4), map.timers().armed().stream().map(ArmedTimer::key).toList());
    }

    @Test
    void theTimersOfAllClocksOfABaseFireInTheOrderInWhichTheyBecameDue() {
        for (int key = 0; key < 12; key++) {
            ClockId on = ClockId.values()[key % 3];
            AsyncTimer timer = rt.newTimer(prog, new Recorder(key), on);
            assertEquals(Status.OK, rt.bindThread(1));
            timer.start((on == ClockId.REALTIME ? clock.epochNanos() : on == ClockId.BOOTTIME ? clock.bootNanos()
                : clock.nanoTime()) + (12 - key) * MS, ABS | BpfTimer.TIMER_CPU_PIN).orThrow();
        }
        rt.bindThread(-1);
        due();
        assertEquals(List.of("11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0"), dueAfter(20));
    }

    private final class Recorder implements ExpiryCallback {
        private final int name;

        Recorder(int name) {
            this.name = name;
        }

        @Override
        public void expired(AsyncTimer timer) {
            fired.add(String.valueOf(name));
            timer.close();
        }
    }
}
