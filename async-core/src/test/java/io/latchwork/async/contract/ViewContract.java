// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchwork.async.ArmedTimer;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The armed timers of a map, seen and changed by key. */
abstract class ViewContract extends ContractCase {
    private static ArmedTimer<Integer> expected(int key, long ms) {
        return new ArmedTimer<>(key, ClockId.MONOTONIC, START + ms * MS);
    }

    @Test
    void nothingIsArmedAtFirst() {
        timer(1);
        bare(2);
        element(3);
        assertEquals(List.of(), map.timers().armed());
    }

    @Test
    void theArmedTimersAreListedInTheOrderOfTheirDeadlines() {
        armed(1, 9);
        armed(2, 5);
        timer(3);
        armed(4, 7);
        assertEquals(List.of(expected(2, 5), expected(4, 7), expected(1, 9)), map.timers().armed());
        driver.drain();
        assertEquals(List.of(expected(2, 5), expected(4, 7), expected(1, 9)), map.timers().armed());
    }

    @Test
    void manyTimersAreListedInOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        use(driven().withBases(3));
        List<Long> deadlines = new ArrayList<>();
        for (int key = 0; key < ENTRIES; key++) {
            long delay = random.nextInt(1_000);
            armed(key, delay);
            deadlines.add(START + delay * MS);
        }
        deadlines.sort(null);
        assertEquals(deadlines, map.timers().armed().stream().map(ArmedTimer::deadlineNs).toList(), "seed " + seed);
    }

    @Test
    void theListShowsTheLatestDeadline() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        driver.drain();
        timer.start(9 * MS, 0);
        assertEquals(List.of(expected(1, 9)), map.timers().armed());
        timer.start(2 * MS, 0);
        assertEquals(List.of(expected(1, 2)), map.timers().armed());
    }

    @Test
    void whatIsDueIsListedUntilItFires() {
        armed(1, 5);
        clock.advance(7 * MS);
        assertEquals(List.of(expected(1, 5)), map.timers().armed());
        driver.drain();
        assertEquals(List.of(), map.timers().armed());
    }

    @Test
    void whatNeverFiresIsListedLast() {
        timer(1).start(Long.MAX_VALUE, 0);
        armed(2, 5);
        assertEquals(List.of(expected(2, 5), new ArmedTimer<>(1, ClockId.MONOTONIC, Long.MAX_VALUE)), map.timers().armed());
    }

    @Test
    void whatWasCancelledOrDeletedIsNotListed() {
        armed(1, 5).cancelAsync();
        armed(2, 5).cancel();
        armed(3, 5);
        map.delete(3);
        armed(4, 5);
        map.update(4, "new");
        assertEquals(List.of(), map.timers().armed());
        armed(5, 5);
        map.close();
        assertEquals(List.of(), map.timers().armed());
    }

    @Test
    void aListCanNotBeChanged() {
        armed(1, 5);
        List<ArmedTimer<Integer>> armed = map.timers().armed();
        assertThrows(UnsupportedOperationException.class, () -> armed.remove(0));
    }

    @Test
    void aTimerIsStartedByItsKey() {
        timer(1);
        assertEquals(Status.OK, map.timers().start(1, 5 * MS, 0));
        assertEquals(Status.REARMED, map.timers().start(1, START + 3 * MS, BpfTimer.TIMER_ABS));
        creep(6);
        assertEquals(List.of("1=v1@3"), fired);
    }

    @Test
    void startByKeyRefusesAsStartDoes() {
        bare(1);
        element(2);
        timer(3);
        assertEquals(Status.EINVAL, map.timers().start(1, 0, 0));
        assertEquals(Status.EINVAL, map.timers().start(2, 0, 0));
        assertEquals(Status.EINVAL, map.timers().start(3, 0, 4));
        assertEquals(Status.EINVAL, map.timers().start(null, 0, 0));
        assertEquals(Status.ENOENT, map.timers().start(4, 0, 0));
    }

    @Test
    void aTimerIsCancelledByItsKey() {
        armed(1, 5);
        assertEquals(Status.CANCELLED, map.timers().cancelAsync(1));
        assertEquals(Status.IDLE, map.timers().cancelAsync(1));
        creep(6);
        assertEquals(List.of(), fired);
    }

    @Test
    void cancelByKeyRefusesAsCancelDoes() {
        element(1);
        assertEquals(Status.EINVAL, map.timers().cancelAsync(1));
        assertEquals(Status.EINVAL, map.timers().cancelAsync(null));
        assertEquals(Status.ENOENT, map.timers().cancelAsync(2));
    }

    @Test
    void aTimerIsFreedByItsKeyAndTheElementStays() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        assertEquals(Status.OK, map.timers().delete(1));
        assertEquals("v1", found(1).value());
        assertEquals(Status.EINVAL, timer.start(0, 0));
        assertEquals(Status.EINVAL, timer.cancelAsync());
        creep(6);
        assertEquals(List.of(), fired);
        assertEquals(Status.OK, timer.init(map, ClockId.MONOTONIC));
        assertEquals(Status.OK, timer.setCallback(prog, record));
        assertEquals(Status.OK, timer.start(MS, 0));
        creep(2);
        assertEquals(List.of("1=v1@7"), fired);
    }

    @Test
    void freeingATimerGivesQuotaAndProgramBack() {
        map = rt.hashMap("one", 2, 1);
        armed(1, 5);
        prog.release();
        assertEquals(Status.OK, map.timers().delete(1));
        driver.drain();
        assertEquals(1, unloads.get());
        assertEquals(Status.OK, element(2).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void deleteByKeyRefusesWhatIsNotThere() {
        element(1);
        bare(2);
        assertEquals(Status.EINVAL, map.timers().delete(1));
        assertEquals(Status.EINVAL, map.timers().delete(null));
        assertEquals(Status.ENOENT, map.timers().delete(3));
        assertEquals(Status.OK, map.timers().delete(2));
        assertEquals(Status.EINVAL, map.timers().delete(2));
    }

    @Test
    void aViewFollowsTheMap() {
        var view = map.timers();
        armed(1, 5);
        assertEquals(List.of(expected(1, 5)), view.armed());
        map.close();
        assertEquals(List.of(), view.armed());
        assertEquals(Status.ENOENT, view.start(1, 0, 0));
        assertEquals(Status.ENOENT, view.cancelAsync(1));
        assertEquals(Status.ENOENT, view.delete(1));
    }

    @Test
    void aCallbackMayFreeItsOwnTimer() {
        List<Status> answers = new ArrayList<>();
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            answers.add(timer.start(MS, 0));
            answers.add(map.timers().delete(key));
            answers.add(timer.start(MS, 0));
        });
        timer.start(0, 0);
        creep(3);
        assertEquals(List.of(Status.OK, Status.OK, Status.EINVAL), answers);
    }
}
