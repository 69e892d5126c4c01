// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code cancelAsync} says to the callback that is running: it must not start itself again. */
abstract class StoppedContract extends ContractCase {
    private final List<Status> answers = new ArrayList<>();

    /** A timer that is due and whose callback does something, once; later runs are recorded. */
    private BpfTimer<Integer, String> due(Deed deed) {
        BpfTimer<Integer, String> timer = bare(1);
        TimerCallback<Integer, String> callback = (inMap, key, value) -> {
            record.expired(inMap, key, value);
            if (fired.size() == 1) {
                deed.of(timer);
            }
        };
        assertEquals(Status.OK, timer.setCallback(prog, callback));
        assertEquals(Status.OK, timer.start(0, 0));
        return timer;
    }

    private interface Deed {
        void of(BpfTimer<Integer, String> timer);
    }

    /** Now, and for some time to come. */
    private void run() {
        driver.drain();
        creep(5);
    }

    private void start(BpfTimer<Integer, String> timer) {
        answers.add(timer.start(2 * MS, 0));
    }

    private void startOutside(BpfTimer<Integer, String> timer) {
        answers.add(outside(() -> timer.start(2 * MS, 0)));
    }

    private void cancelOutside(BpfTimer<Integer, String> timer) {
        answers.add(outside(timer::cancelAsync));
    }

    @Test
    void aCancelFromOutsideStopsACallbackFromStartingItself() {
        due(timer -> {
            cancelOutside(timer);
            start(timer);
            start(timer);
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.ECANCELED, Status.ECANCELED), answers);
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void aCancelFromOutsideTakesBackWhatTheCallbackArmedAndStopsIt() {
        due(timer -> {
            start(timer);
            cancelOutside(timer);
            start(timer);
            cancelOutside(timer);
        });
        run();
        assertEquals(List.of(Status.OK, Status.CANCELLED, Status.ECANCELED, Status.RUNNING), answers);
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void aCallbackThatIsStoppedMayStillCancelItself() {
        due(timer -> {
            cancelOutside(timer);
            answers.add(timer.cancelAsync());
            start(timer);
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.RUNNING, Status.ECANCELED), answers);
    }

    @Test
    void aCallbackThatCancelsItselfRefusesItselfNothing() {
        due(timer -> {
            answers.add(timer.cancelAsync());
            start(timer);
            answers.add(timer.cancelAsync());
            start(timer);
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.OK, Status.CANCELLED, Status.OK), answers);
        assertEquals(List.of("1=v1@0", "1=v1@2"), fired);
    }

    @Test
    void aStartFromOutsideAllowsTheCallbackToStartItselfAgain() {
        due(timer -> {
            cancelOutside(timer);
            startOutside(timer);
            start(timer);
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.OK, Status.REARMED), answers);
        assertEquals(List.of("1=v1@0", "1=v1@2"), fired);
    }

    @Test
    void anotherCancelFromOutsideStopsItOnceMore() {
        due(timer -> {
            cancelOutside(timer);
            startOutside(timer);
            cancelOutside(timer);
            start(timer);
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.OK, Status.CANCELLED, Status.ECANCELED), answers);
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void anotherTimersCallbackIsOutside() {
        BpfTimer<Integer, String> timer = due(stopped -> {
            cancelOutside(stopped);
            start(stopped);
        });
        driver.drain();
        timer(2, (inMap, key, value) -> start(timer)).start(0, 0);
        run();
        assertEquals(List.of(Status.RUNNING, Status.ECANCELED, Status.OK), answers);
        assertEquals(List.of("1=v1@0", "1=v1@2"), fired);
    }

    @Test
    void theNextRunMayStartItselfAgain() {
        BpfTimer<Integer, String> timer = due(stopped -> {
            cancelOutside(stopped);
            start(stopped);
        });
        driver.drain();
        assertEquals(List.of(Status.RUNNING, Status.ECANCELED), answers);
        timer.setCallback(prog, (inMap, key, value) -> {
            record.expired(inMap, key, value);
            if (fired.size() == 2) {
                start(timer);
            }
        });
        assertEquals(Status.OK, timer.start(MS, 0));
        run();
        assertEquals(List.of(Status.RUNNING, Status.ECANCELED, Status.OK), answers);
        assertEquals(List.of("1=v1@0", "1=v1@1", "1=v1@3"), fired);
    }

    @Test
    void aCancelBeforeTheRunSaysNothingToIt() {
        BpfTimer<Integer, String> timer = due(this::start);
        assertEquals(Status.CANCELLED, timer.cancelAsync());
        assertEquals(Status.IDLE, timer.cancelAsync());
        assertEquals(Status.OK, timer.start(MS, 0));
        run();
        assertEquals(List.of(Status.OK), answers);
        assertEquals(List.of("1=v1@1", "1=v1@3"), fired);
    }

    @Test
    void anotherCallbackIsStoppedAsWell() {
        due(timer -> {
            cancelOutside(timer);
            answers.add(timer.setCallback(prog, record));
            start(timer);
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.OK, Status.ECANCELED), answers);
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void aNewTimerOfTheElementIsNotStopped() {
        due(timer -> {
            cancelOutside(timer);
            map.update(1, "new");
            answers.add(timer.init(map, ClockId.MONOTONIC));
            answers.add(timer.setCallback(prog, record));
            start(timer);
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.OK, Status.OK, Status.OK), answers);
        assertEquals(List.of("1=v1@0", "1=new@2"), fired);
    }

    @Test
    void aPinnedStartIsRefusedAsAnyOther() {
        due(timer -> {
            cancelOutside(timer);
            answers.add(timer.start(2 * MS, BpfTimer.TIMER_CPU_PIN));
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.ECANCELED), answers);
        assertEquals(List.of("1=v1@0"), fired);
    }

    @Test
    void badFlagsAreSeenFirst() {
        due(timer -> {
            cancelOutside(timer);
            answers.add(timer.start(0, 4));
        });
        run();
        assertEquals(List.of(Status.RUNNING, Status.EINVAL), answers);
    }

    /** What the rule is for: a periodic timer is cancelled once, at any moment, and that is that. */
    @Test
    void aPeriodicTimerIsStoppedByOneCancel() {
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            if (fired.size() == 4) {
                cancelOutside(timer);
            }
            record.expired(inMap, key, value);
            start(timer);
        });
        timer.start(0, 0);
        creep(20);
        assertEquals(5, fired.size(), fired.toString());
        assertEquals(List.of(Status.OK, Status.OK, Status.OK, Status.OK, Status.RUNNING, Status.ECANCELED), answers);
    }
}
