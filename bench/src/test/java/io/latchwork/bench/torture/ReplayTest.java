// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import static io.latchwork.async.Status.CANCELLED;
import static io.latchwork.async.Status.ENOENT;
import static io.latchwork.async.Status.IDLE;
import static io.latchwork.async.Status.OK;
import static io.latchwork.async.Status.PENDING;
import static io.latchwork.async.Status.REARMED;
import static io.latchwork.async.Status.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories that break an invariant, which must be named, and histories close to them that do not. */
class ReplayTest {
    private static void broken(Invariant invariant, History history) {
        assertEquals(List.of(invariant), history.judge());
    }

    private static void fine(History history) {
        assertEquals(List.of(), history.judge());
    }

    // ------------------------------------------------------------------------------------------------ I1

    @Test
    void firesAfterACancel() {
        broken(Invariant.I1, History.bound().start(10, 11, OK).call(Call.CANCEL_ASYNC, 12, 13, CANCELLED).fire(14, 15));
        broken(Invariant.I1, History.bound().start(10, 11, OK).call(Call.CANCEL, 12, 13, CANCELLED).fire(14, 15));
    }

    @Test
    void isStillArmedAfterACancel() {
        broken(Invariant.I1, History.bound().start(10, 11, OK).call(Call.CANCEL_ASYNC, 12, 13, CANCELLED)
            .start(14, 15, REARMED).fire(16, 17));
        broken(Invariant.I1, History.bound().start(10, 11, OK).call(Call.CANCEL_ASYNC, 12, 13, CANCELLED)
            .call(Call.CANCEL_ASYNC, 14, 15, CANCELLED));
    }

    @Test
    void cancelSaysIdleThoughTheCallbackRuns() {
        broken(Invariant.I1, History.bound().start(10, 11, OK).fire(12, 20).call(Call.CANCEL_ASYNC, 13, 14, IDLE));
        fine(History.bound().start(10, 11, OK).fire(12, 20).call(Call.CANCEL_ASYNC, 13, 14, RUNNING));
        fine(History.bound().start(10, 11, OK).fire(12, 20).call(Call.CANCEL_ASYNC, 13, 21, IDLE));
    }

    @Test
    void cancelThatWaitsLeavesTheCallbackRunning() {
        broken(Invariant.I1, History.bound().start(10, 11, OK).fire(12, 20).call(Call.CANCEL, 13, 14, IDLE));
        fine(History.bound().start(10, 11, OK).fire(12, 20).call(Call.CANCEL, 13, 21, IDLE));
    }

    @Test
    void callbackStartsItselfThoughItWasCancelled() {
        History history = History.bound().start(10, 11, OK).fire(12, 30);
        Event fire = history.last();
        history.start(13, 14, OK).call(Call.CANCEL_ASYNC, 15, 16, CANCELLED);
        broken(Invariant.I1, history.callIn(fire, Call.START, 17, 18, OK).fire(31, 32));
    }

    @Test
    void callbackStartsItselfThoughItWasToldToStop() {
        History history = History.bound().start(10, 11, OK).fire(12, 30);
        Event fire = history.last();
        history.call(Call.CANCEL_ASYNC, 15, 16, RUNNING);
        broken(Invariant.I1, history.callIn(fire, Call.START, 17, 18, OK).fire(31, 32));
    }

    @Test
    void callbackThatWasDroppedDoesNotHearOfACancel() {
        for (Status answer : List.of(IDLE, ENOENT, CANCELLED)) {
            History history = History.bound().start(10, 11, OK).fire(12, 30);
            Event fire = history.last();
            history.call(Call.CANCEL, 13, 40, answer).call(Call.CANCEL_ASYNC, 15, 16, RUNNING).bind(17, 18, 1)
                .callIn(fire, Call.START, 19, 20, OK);
            fine(answer == CANCELLED ? history : history.fire(41, 42));
        }
    }

    @Test
    void callbackThatCancelsItselfMayStartItself() {
        History history = History.bound().start(10, 11, OK).fire(12, 30);
        Event fire = history.last();
        history.callIn(fire, Call.START, 13, 14, OK).callIn(fire, Call.CANCEL_ASYNC, 15, 16, CANCELLED);
        fine(history.callIn(fire, Call.CANCEL_ASYNC, 17, 18, RUNNING).callIn(fire, Call.START, 19, 20, OK).fire(31, 32));
    }

    @Test
    void callbackStartsItselfAfterSomebodyElseDid() {
        History history = History.bound().start(10, 11, OK).fire(12, 30);
        Event fire = history.last();
        history.start(13, 14, OK).call(Call.CANCEL_ASYNC, 15, 16, CANCELLED).start(17, 18, OK);
        fine(history.callIn(fire, Call.START, 19, 20, REARMED).fire(31, 32));
    }

    @Test
    void expiryThatWasTakenBeforeTheStartIsLeftAloneByTheCancel() {
        fine(History.bound().start(10, 11, OK).start(12, 13, OK).call(Call.CANCEL_ASYNC, 14, 15, CANCELLED).fire(16, 17));
    }

    // ------------------------------------------------------------------------------------------------ I2

    @Test
    void firesTwice() {
        broken(Invariant.I2, History.bound().start(10, 11, OK).fire(12, 13).fire(14, 15));
        fine(History.bound().start(10, 11, OK).fire(12, 13).start(14, 15, OK).fire(16, 17));
    }

    @Test
    void firesThoughNobodyStartedIt() {
        broken(Invariant.I2, History.bound().fire(12, 13));
    }

    @Test
    void firesAndIsTakenBack() {
        broken(Invariant.I2, History.bound().start(10, 11, OK).fire(12, 13).call(Call.CANCEL_ASYNC, 14, 15, CANCELLED));
    }

    @Test
    void firesBeforeItsDeadline() {
        broken(Invariant.I2, History.bound().startAt(10, 11, OK, 100, ClockHistory.MONO).fire(0, 12, 13, 1, 1, 99));
        fine(History.bound().startAt(10, 11, OK, 100, ClockHistory.MONO).fire(0, 12, 13, 1, 1, 100));
    }

    @Test
    void firesByTheDeadlineThatWasReplaced() {
        broken(Invariant.I2, History.bound().start(8, 9, OK).startAt(10, 11, REARMED, 100, ClockHistory.MONO)
            .fire(0, 12, 13, 1, 1, 99));
        fine(History.bound().start(8, 11, OK).startAt(10, 12, REARMED, 100, ClockHistory.MONO).fire(0, 13, 14, 1, 1, 100));
    }

    @Test
    void firesBeforeTheWallClockWasEverThere() {
        broken(Invariant.I2, History.bound().startAt(10, 11, OK, 1_000_200, ClockHistory.WALL).fire(0, 20, 21, 1, 1, 100));
        fine(History.bound().startAt(10, 11, OK, 1_000_200, ClockHistory.WALL).clockSteps(15, 1_000_100).clockSteps(16, 1_000_000)
            .fire(0, 20, 21, 1, 1, 100));
    }

    @Test
    void runsOnTwoThreadsAtOnce() {
        broken(Invariant.I2, History.boundWork().start(10, 11, OK).fire(12, 20).start(13, 14, OK).fire(15, 16));
        fine(History.boundWork().start(10, 11, OK).fire(12, 20).start(13, 14, OK).fire(21, 22));
    }

    // ------------------------------------------------------------------------------------------------ I3

    @Test
    void firesAfterADelete() {
        broken(Invariant.I3, History.bound().start(10, 11, OK).call(Call.DELETE, 12, 13, OK).fire(14, 15, 16, 1, 1, 0));
        fine(History.bound().start(10, 11, OK).call(Call.DELETE, 12, 13, OK).fire(11, 15, 16, 1, 1, 0));
    }

    @Test
    void firesAfterADeleteThatTookItsArming() {
        broken(Invariant.I3, History.bound().start(10, 11, OK).call(Call.VIEW_DELETE, 12, 13, OK).call(Call.INIT, 14, 15, OK)
            .fire(16, 17, 18, 1, 1, 0));
    }

    @Test
    void isUsedAfterADelete() {
        broken(Invariant.I3, History.bound().call(Call.DELETE, 12, 13, OK).start(14, 15, OK));
    }

    @Test
    void isGivenAValueThatWasReplaced() {
        broken(Invariant.I3, History.bound().update(10, 11, 2).call(Call.INIT, 12, 13, OK).bind(14, 15, 2).start(16, 17, OK)
            .fire(18, 19, 20, 1, 2, 0));
        fine(History.bound().update(10, 11, 2).call(Call.INIT, 12, 13, OK).bind(14, 15, 2).start(16, 17, OK)
            .fire(18, 19, 20, 2, 2, 0));
    }

    @Test
    void firesAfterADeleteThatDoesNotHoldTheBlock() {
        fine(History.bound().start(10, 11, OK).update(12, 50, 2).call(Call.DELETE, 13, 14, OK).fire(20, 21, 22, 1, 1, 0));
        broken(Invariant.I3, History.bound().start(10, 11, OK).update(12, 18, 2).call(Call.DELETE, 13, 14, OK)
            .fire(20, 21, 22, 1, 1, 0));
    }

    @Test
    void rulesHoldWhereBlocksAreEvicted() {
        History history = new History(Place.Ends.BY_EVICTION).update(1, 2, 1).call(Call.INIT, 3, 4, OK).bind(5, 6, 1);
        fine(history.start(10, 11, OK)); // evicted, or not
        fine(history.fire(12, 13));
        broken(Invariant.I2, history.fire(14, 15));
    }

    @Test
    void firesAfterTheClose() {
        History history = History.bound().start(10, 11, OK).program(Call.CLOSE_RUNTIME, 12, 20, 0);
        assertEquals(List.of(), history.judge(false));
        history.fire(21, 22);
        assertEquals(List.of(Invariant.I3), history.judge(false));
    }

    @Test
    void expiryThatWasTakenBeforeTheCloseMayBeginInIt() {
        History history = History.bound().start(10, 11, OK).start(12, 13, OK).program(Call.CLOSE_RUNTIME, 14, 20, 0).fire(15, 16);
        assertEquals(List.of(), history.judge(false));
    }

    // ------------------------------------------------------------------------------------------------ I4

    private static History programs() {
        return new History().program(Call.LOAD, 1, 2, 1).update(3, 4, 1).call(Call.INIT, 5, 6, OK).bind(7, 8, 1);
    }

    @Test
    void programIsUnloadedTwice() {
        broken(Invariant.I4, programs().program(Call.UNLOAD, 30, 30, 1).program(Call.UNLOAD, 31, 31, 1)
            .program(Call.CLOSE_RUNTIME, 20, 40, 0));
    }

    @Test
    void programIsNeverUnloaded() {
        broken(Invariant.I4, programs().program(Call.CLOSE_RUNTIME, 20, 40, 0));
    }

    @Test
    void programIsUnloadedUnderItsCallback() {
        broken(Invariant.I4, programs().start(10, 11, OK).fire(12, 31).program(Call.UNLOAD, 30, 30, 1)
            .program(Call.CLOSE_RUNTIME, 20, 40, 0));
        fine(programs().start(10, 11, OK).fire(12, 29).program(Call.UNLOAD, 30, 30, 1).program(Call.CLOSE_RUNTIME, 20, 40, 0));
    }

    @Test
    void programIsUnloadedBeforeItsRelease() {
        broken(Invariant.I4, programs().program(Call.UNLOAD, 15, 15, 1).program(Call.RELEASE_PROGRAM, 16, 17, 1)
            .program(Call.CLOSE_RUNTIME, 20, 40, 0));
    }

    // ------------------------------------------------------------------------------------------------ I7

    @Test
    void startNeverFires() {
        History history = History.bound().start(10, 11, OK);
        broken(Invariant.I7, history);
        assertEquals(List.of(), history.judge(false), "it may be closed before it fires");
    }

    @Test
    void startIsForgotten() {
        broken(Invariant.I7, History.bound().start(10, 11, OK).start(12, 13, OK).fire(14, 15));
        broken(Invariant.I7, History.bound().start(10, 11, OK).call(Call.CANCEL_ASYNC, 12, 13, IDLE));
    }

    @Test
    void startMayBeTakenBackByACancelThatOverlaps() {
        fine(History.bound().start(10, 11, OK).call(Call.CANCEL, 12, 30, CANCELLED).bind(13, 14, 2).start(15, 16, OK));
        fine(History.bound().start(10, 20, OK).call(Call.CANCEL_ASYNC, 12, 13, CANCELLED));
        broken(Invariant.I7, History.bound().start(10, 11, OK).call(Call.CANCEL_ASYNC, 12, 30, CANCELLED).start(15, 16, OK));
    }

    // ------------------------------------------------------------------------------------------------ contract

    @Test
    void callbackThatWasReplacedRuns() {
        broken(Invariant.CONTRACT, History.bound().bind(10, 11, 2).start(12, 13, OK).fire(14, 15, 16, 1, 1, 0));
        fine(History.bound().bind(10, 11, 2).start(12, 13, OK).fire(14, 15, 16, 1, 2, 0));
        fine(History.bound().bind(10, 20, 2).start(12, 13, OK).fire(14, 15, 16, 1, 1, 0));
    }

    @Test
    void callbackThatNobodyBoundRuns() {
        broken(Invariant.CONTRACT, History.bound().start(12, 13, OK).fire(14, 15, 16, 1, 7, 0));
    }

    @Test
    void flushReturnsTooEarly() {
        broken(Invariant.CONTRACT, History.boundWork().start(10, 11, OK).call(Call.FLUSH, 12, 13, OK).fire(12, 14, 15, 1, 1, 0));
        broken(Invariant.CONTRACT, History.boundWork().start(10, 11, OK).start(12, 13, PENDING).call(Call.FLUSH, 14, 15, IDLE)
            .fire(14, 16, 17, 1, 1, 0));
        broken(Invariant.CONTRACT, History.boundWork().start(10, 11, OK).fire(12, 20).call(Call.FLUSH, 13, 14, OK));
        fine(History.boundWork().start(10, 11, OK).fire(12, 20).call(Call.FLUSH, 13, 21, OK));
    }

    @Test
    void isInitialisedTwice() {
        broken(Invariant.CONTRACT, History.bound().call(Call.INIT, 10, 11, OK));
        fine(History.bound().call(Call.VIEW_DELETE, 9, 12, OK).call(Call.INIT, 10, 11, OK));
    }
}
