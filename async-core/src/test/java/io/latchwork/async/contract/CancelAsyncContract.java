// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What {@code cancelAsync} answers and promises. */
abstract class CancelAsyncContract extends ContractCase {
    @Test
    void cancellingAnArmedTimerTakesItBack() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        assertEquals(Status.CANCELLED, timer.cancelAsync());
        creep(10);
        assertEquals(List.of(), fired);
    }

    @Test
    void cancellingADueTimerTakesItBack() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        clock.advance(7 * MS);
        assertEquals(Status.CANCELLED, timer.cancelAsync());
        driver.drain();
        assertEquals(List.of(), fired);
    }

    @Test
    void cancellingAQueuedTimerTakesItBack() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        driver.drain(); // now the base knows it
        assertEquals(Status.CANCELLED, timer.cancelAsync());
        creep(10);
        assertEquals(List.of(), fired);
    }

    @Test
    void cancellingATimerThatWasNeverStartedFindsItIdle() {
        assertEquals(Status.IDLE, timer(1).cancelAsync());
    }

    @Test
    void cancellingATimerWithoutACallbackFindsItIdle() {
        assertEquals(Status.IDLE, bare(1).cancelAsync());
    }

    @Test
    void cancellingTwiceFindsItIdle() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        timer.cancelAsync();
        assertEquals(Status.IDLE, timer.cancelAsync());
    }

    @Test
    void cancellingATimerThatFiredFindsItIdle() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        creep(6);
        assertEquals(Status.IDLE, timer.cancelAsync());
    }

    @Test
    void cancellingFromItsOwnCallbackFindsItRunning() {
        List<Status> answers = new ArrayList<>();
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> answers.add(timer.cancelAsync()));
        timer.start(0, 0);
        driver.drain();
        assertEquals(List.of(Status.RUNNING), answers);
    }

    @Test
    void cancellingFromItsOwnCallbackTakesBackWhatThatReArmed() {
        List<Status> answers = new ArrayList<>();
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            timer.start(MS, 0);
            answers.add(timer.cancelAsync());
        });
        timer.start(0, 0);
        creep(5);
        assertEquals(List.of(Status.CANCELLED), answers);
    }

    @Test
    void cancellingWhileTheCallbackRunsElsewhereDoesNotWait() {
        use(launched());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        BpfTimer<Integer, String> timer = timer(1, (inMap, key, value) -> {
            running.countDown();
            await(mayEnd);
        });
        timer.start(0, 0);
        await(running);
        assertEquals(Status.RUNNING, timer.cancelAsync());
        assertEquals(Status.OK, timer.start(5 * MS, 0));
        assertEquals(Status.CANCELLED, timer.cancelAsync());
        mayEnd.countDown();
    }

    @Test
    void theCallbackStaysSet() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        timer.cancelAsync();
        assertEquals(Status.OK, timer.start(7 * MS, 0));
        creep(10);
        assertEquals(List.of("1=v1@7"), fired);
    }

    @Test
    void aCancelledTimerMayBeStartedEarlier() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        driver.drain();
        timer.cancelAsync();
        timer.start(2 * MS, 0);
        creep(10);
        assertEquals(List.of("1=v1@2"), fired);
    }

    @Test
    void oneTimerIsCancelledAndTheOthersGoOn() {
        armed(1, 5);
        BpfTimer<Integer, String> second = armed(2, 5);
        armed(3, 5);
        second.cancelAsync();
        creep(10);
        assertEquals(List.of("1=v1@5", "3=v3@5"), fired.stream().sorted().toList());
    }

    @Test
    void aCallbackMayCancelATimerThatIsDueAfterIt() {
        BpfTimer<Integer, String> victim = armed(2, 6);
        List<Status> answers = new ArrayList<>();
        timer(1, (inMap, key, value) -> answers.add(victim.cancelAsync())).start(5 * MS, 0);
        advance(10);
        assertEquals(List.of(Status.CANCELLED), answers);
        assertEquals(List.of(), fired);
    }

    @Test
    void cancelAsyncRefusesATimerThatIsNotInitialised() {
        assertEquals(Status.EINVAL, element(1).timer().cancelAsync());
    }

    @Test
    void cancelAsyncAfterUpdateRefusesAsNotInitialised() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        map.update(1, "new");
        assertEquals(Status.EINVAL, timer.cancelAsync());
    }

    @Test
    void cancelAsyncAfterDeleteFindsNothing() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        map.delete(1);
        assertEquals(Status.ENOENT, timer.cancelAsync());
    }

    @Test
    void cancelAsyncThroughAHandleThatPointsNowhereFindsNothing() {
        assertEquals(Status.ENOENT, map.handle().timer().cancelAsync());
    }
}
