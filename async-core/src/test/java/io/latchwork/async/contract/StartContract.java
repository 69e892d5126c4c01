// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What {@code start} answers, and when a timer fires. */
abstract class StartContract extends ContractCase {
    private static final long YEAR = 365L * 24 * 3600 * 1000 * MS;

    @Test
    void aRelativeTimerFiresOnceAtItsTime() {
        armed(1, 5);
        creep(20);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void aTimerNeverFiresEarly() {
        armed(1, 5);
        clock.advance(5 * MS - 1);
        driver.drain();
        assertEquals(List.of(), fired);
        clock.advance(1);
        driver.drain();
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void anAbsoluteTimerFiresAtTheTimeOnTheClock() {
        BpfTimer<Integer, String> timer = timer(1);
        clock.advance(3 * MS);
        assertEquals(Status.OK, timer.start(START + 5 * MS, BpfTimer.TIMER_ABS));
        creep(10);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void noDelayFiresAtOnce() {
        armed(1, 0);
        assertEquals(List.of(), fired, "ran in the caller");
        driver.drain();
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void aNegativeDelayFiresAtOnce() {
        armed(1, -3);
        assertEquals(List.of(), fired, "ran in the caller");
        driver.drain();
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void theMostNegativeDelayFiresAtOnce() {
        assertEquals(Status.OK, timer(1).start(Long.MIN_VALUE, 0));
        driver.drain();
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void aDeadlineInThePastFiresAtOnceButNotInTheCaller() {
        assertEquals(Status.OK, timer(1).start(START - 100 * MS, BpfTimer.TIMER_ABS));
        assertEquals(List.of(), fired, "ran in the caller");
        driver.drain();
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void theMostNegativeDeadlineFiresAtOnce() {
        assertEquals(Status.OK, timer(1).start(Long.MIN_VALUE, BpfTimer.TIMER_ABS));
        driver.drain();
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void aPastDeadlineFiresOnTheThreadOfTheBase() {
        use(launched());
        CountDownLatch ran = new CountDownLatch(1);
        AtomicReference<Thread> on = new AtomicReference<>();
        BpfTimer<Integer, String> timer = timer(1, (inMap, key, value) -> {
            on.set(Thread.currentThread());
            ran.countDown();
        });
        timer.start(0, 0);
        await(ran);
        assertNotSame(Thread.currentThread(), on.get());
    }

    @Test
    void theLongestDelayNeverFires() {
        neverFires(Long.MAX_VALUE, 0);
    }

    @Test
    void theLastDeadlineNeverFires() {
        neverFires(Long.MAX_VALUE, BpfTimer.TIMER_ABS);
    }

    @Test
    void aDelayThatOverflowsNeverFires() {
        neverFires(Long.MAX_VALUE - START / 2, 0);
    }

    @Test
    void aDeadlineBeyondTheHorizonNeverFires() {
        neverFires(1L << 62, 0);
    }

    @Test
    void neverIsLaterThanTheLastTimeOnTheClock() {
        use(RuntimeSpec.driven(new ManualClock(0), this::onError));
        timer(1).start(Long.MAX_VALUE, BpfTimer.TIMER_ABS);
        ((ManualClock) rt.clock()).set(Long.MAX_VALUE);
        driver.drain();
        assertEquals(List.of(), fired);
    }

    private void neverFires(long nsec, int flags) {
        BpfTimer<Integer, String> timer = timer(1);
        assertEquals(Status.OK, timer.start(nsec, flags));
        clock.set(Long.MAX_VALUE);
        driver.drain();
        assertEquals(List.of(), fired);
        assertEquals(Status.CANCELLED, timer.cancelAsync());
    }

    @Test
    void aDeadlineManyYearsAwayFires() {
        timer(1).start(140 * YEAR, 0);
        clock.advance(140 * YEAR - 1);
        driver.drain();
        assertEquals(List.of(), fired);
        clock.advance(1);
        driver.drain();
        assertEquals(1, fired.size());
    }

    @Test
    void timesBelowZeroAreTimesLikeAnyOther() {
        ManualClock below = new ManualClock(Long.MIN_VALUE + 10);
        use(RuntimeSpec.driven(below, this::onError));
        timer(1, (inMap, key, value) -> fired.add("relative")).start(7, 0);
        timer(2, (inMap, key, value) -> fired.add("absolute")).start(Long.MIN_VALUE + 18, BpfTimer.TIMER_ABS);
        timer(3, (inMap, key, value) -> fired.add("never")).start(Long.MAX_VALUE, BpfTimer.TIMER_ABS);
        below.advance(7);
        driver.drain();
        assertEquals(List.of("relative"), fired);
        below.advance(1);
        driver.drain();
        assertEquals(List.of("relative", "absolute"), fired);
        below.set(0);
        driver.drain();
        assertEquals(List.of("relative", "absolute"), fired);
    }

    @Test
    void startRefusesUnknownFlags() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int flags : new int[] {4, 5, 8, 1 << 30, Integer.MIN_VALUE, -1}) {
            assertEquals(Status.EINVAL, timer.start(0, flags), "flags " + flags);
        }
        driver.drain();
        assertEquals(List.of(), fired);
    }

    @Test
    void aRefusedStartLeavesTheTimerArmed() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        assertEquals(Status.EINVAL, timer.start(9 * MS, 4));
        creep(20);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void startRefusesATimerWithoutACallback() {
        assertEquals(Status.EINVAL, bare(1).start(0, 0));
    }

    @Test
    void startRefusesATimerThatIsNotInitialised() {
        assertEquals(Status.EINVAL, element(1).timer().start(0, 0));
    }

    @Test
    void startAfterUpdateRefusesAsNotInitialised() {
        BpfTimer<Integer, String> timer = timer(1);
        map.update(1, "new");
        assertEquals(Status.EINVAL, timer.start(0, 0));
    }

    @Test
    void startAfterDeleteFindsNothing() {
        BpfTimer<Integer, String> timer = timer(1);
        map.delete(1);
        assertEquals(Status.ENOENT, timer.start(0, 0));
    }

    @Test
    void startThroughAHandleThatPointsNowhereFindsNothing() {
        assertEquals(Status.ENOENT, map.handle().timer().start(0, 0));
    }

    @Test
    void reArmingLaterFiresOnceAtTheLaterTime() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        assertEquals(Status.REARMED, timer.start(9 * MS, 0));
        creep(20);
        assertEquals(List.of("1=v1@9"), fired);
    }

    @Test
    void reArmingEarlierFiresOnceAtTheEarlierTime() {
        BpfTimer<Integer, String> timer = armed(1, 9);
        assertEquals(Status.REARMED, timer.start(5 * MS, 0));
        creep(20);
        assertEquals(List.of("1=v1@5"), fired);
    }

    /** Unlike above the base has put the timer where it was wanted first, so it must be told. */
    @Test
    void reArmingEarlierTellsABaseThatHasLookedAlready() {
        BpfTimer<Integer, String> timer = armed(1, 20);
        driver.drain();
        assertEquals(Status.REARMED, timer.start(5 * MS, 0));
        creep(30);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void reArmingIsTheAnswerOnlyWhileTheTimerIsArmed() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        assertEquals(Status.REARMED, timer.start(5 * MS, 0));
        timer.cancelAsync();
        assertEquals(Status.OK, timer.start(5 * MS, 0));
        creep(6);
        assertEquals(Status.OK, timer.start(0, 0));
        assertEquals(Status.REARMED, timer.start(0, 0));
        driver.drain();
        assertEquals(List.of("1=v1@5", "1=v1@6"), fired);
    }

    @Test
    void aDueTimerThatHasNotFiredYetIsReArmed() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        clock.advance(7 * MS);
        assertEquals(Status.REARMED, timer.start(3 * MS, 0));
        driver.drain();
        assertEquals(List.of(), fired);
        creep(5);
        assertEquals(List.of("1=v1@10"), fired);
    }

    @Test
    void aTimerThatIsArmedForNeverIsReArmed() {
        BpfTimer<Integer, String> timer = timer(1);
        assertEquals(Status.OK, timer.start(Long.MAX_VALUE, 0));
        assertEquals(Status.REARMED, timer.start(5 * MS, 0));
        creep(6);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void aCallbackIsToldWhenItReArmsWhatItArmed() {
        List<Status> answers = new ArrayList<>();
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            if (answers.isEmpty()) {
                answers.add(timer.start(2 * MS, 0));
                answers.add(timer.start(MS, 0));
            }
        });
        timer.start(0, 0);
        creep(5);
        assertEquals(List.of(Status.OK, Status.REARMED), answers);
    }

    @Test
    void theLastOfManyReArmsCounts() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int delay : new int[] {9, 3, 12, 1, 7, 15, 6}) {
            timer.start(delay * MS, 0);
        }
        creep(20);
        assertEquals(List.of("1=v1@6"), fired);
    }

    @Test
    void aTimerMayBePushedOutForEver() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        for (int i = 0; i < 100; i++) {
            advance(4);
            timer.start(5 * MS, 0);
        }
        assertEquals(List.of(), fired);
        creep(5);
        assertEquals(List.of("1=v1@405"), fired);
    }

    @Test
    void aTimerMayBeStartedAgainAfterItFired() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        creep(6);
        timer.start(2 * MS, 0);
        creep(6);
        assertEquals(List.of("1=v1@5", "1=v1@8"), fired);
    }

    @Test
    void aCallbackMayReArmItsOwnTimer() {
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            record.expired(inMap, key, value);
            if (fired.size() < 3) {
                timer.start(2 * MS, 0);
            }
        });
        timer.start(MS, 0);
        creep(10);
        assertEquals(List.of("1=v1@1", "1=v1@3", "1=v1@5"), fired);
    }
}
