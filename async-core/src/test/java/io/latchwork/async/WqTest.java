// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

/** Works, driven by hand: what every call answers, and what runs. */
class WqTest extends DrivenCase {
    private static final int UNKNOWN = 4;

    private final List<Status> answers = new ArrayList<>();
    private final WorkCallback<Integer, String> record = (inMap, key, value) -> fired.add(value);

    private BpfWq<Integer, String> bare(int key) {
        map.update(key, "v" + key).orThrow();
        BpfWq<Integer, String> wq = map.lookup(key).wq();
        assertEquals(Status.OK, wq.init(map));
        return wq;
    }

    private BpfWq<Integer, String> work(int key, WorkCallback<Integer, String> callback) {
        BpfWq<Integer, String> wq = bare(key);
        assertEquals(Status.OK, wq.setCallback(prog, callback));
        return wq;
    }

    private BpfWq<Integer, String> work(int key) {
        return work(key, record);
    }

    /** Lets the bases pass on what was started, without a kworker at work. */
    private void passOn() {
        rt.agents().subList(0, 3).forEach(WqTest::run);
    }

    private static int run(Agent agent) {
        try {
            return agent.doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private int kworker() {
        return run(rt.agents().get(3));
    }

    // --------------------------------------------------------------------------------------------------- init

    @Test
    void initGivesTheElementABlockOnce() {
        map.update(1, "v").orThrow();
        BpfWq<Integer, String> wq = map.lookup(1).wq();
        assertEquals(Status.EINVAL, wq.init(map, UNKNOWN));
        assertEquals(Status.EINVAL, wq.init(null));
        assertEquals(Status.EINVAL, wq.init(rt.hashMap("other", 4)));
        assertEquals(0, rt.audit().blocks());
        assertEquals(Status.OK, wq.init(map));
        assertEquals(Status.EBUSY, wq.init(map));
        assertEquals(1, rt.audit().blocks());
    }

    @Test
    void timerAndWorkOfAnElementAreApart() {
        BpfTimer<Integer, String> timer = timer(1, ClockId.MONOTONIC);
        BpfWq<Integer, String> wq = map.lookup(1).wq();
        assertEquals(Status.EINVAL, wq.start());
        assertEquals(Status.OK, wq.init(map));
        assertEquals(Status.EINVAL, wq.start());
        assertEquals(Status.OK, wq.setCallback(prog, (inMap, key, value) -> fired.add("work")));
        assertEquals(Status.OK, timer.start(MS, 0));
        assertEquals(Status.OK, wq.start());
        assertEquals(Status.CANCELLED, wq.cancelAsync());
        assertEquals(List.of("v1"), dueAfter(1));
        assertEquals(Status.OK, wq.start());
        assertEquals(Status.IDLE, timer.cancel());
        assertEquals(List.of("work"), due());
    }

    @Test
    void initRefusesWhenTheQuotaOfTheMapIsUsedUp() {
        map = rt.hashMap("few", 4, 1);
        BpfWq<Integer, String> first = bare(1);
        map.update(2, "v2").orThrow();
        BpfWq<Integer, String> second = map.lookup(2).wq();
        assertEquals(Status.ENOMEM, second.init(map));
        assertEquals(Status.OK, map.lookup(2).timer().init(map, ClockId.MONOTONIC), "works have a quota of their own");
        map.delete(1).orThrow();
        assertEquals(Status.OK, second.init(map));
        assertEquals(Status.ENOENT, first.init(map));
        BpfHashMap<Integer, String> none = rt.hashMap("none", 4, 0);
        none.update(1, "v").orThrow();
        assertEquals(Status.ENOMEM, none.lookup(1).wq().init(none));
    }

    @Test
    void initRefusesWhenTheCapOfTheRuntimeIsUsedUp() {
        AsyncRuntime capped = AsyncRuntime.builder().clock(clock).maxTimers(1).build();
        BpfHashMap<Integer, String> its = capped.hashMap("m", 4);
        its.update(1, "v").orThrow();
        MapElement<Integer, String> element = its.lookup(1);
        assertEquals(Status.OK, element.timer().init(its, ClockId.MONOTONIC));
        assertEquals(Status.ENOMEM, element.wq().init(its));
        its.update(1, "w").orThrow();
        assertEquals(Status.OK, element.wq().init(its));
        assertEquals(Status.ENOMEM, element.timer().init(its, ClockId.MONOTONIC));
        capped.close();
        assertEquals(true, capped.audit().isClean(), capped.audit().toString());
    }

    @Test
    void nothingCanBeDoneOnceTheMapIsClosed() {
        BpfWq<Integer, String> wq = work(1);
        map.close();
        assertEquals(Status.EPERM, wq.init(map));
        assertEquals(Status.ENOENT, wq.setCallback(prog, record));
        assertEquals(Status.ENOENT, wq.start());
        assertEquals(Status.ENOENT, wq.cancelAsync());
        assertEquals(Status.ENOENT, wq.cancel());
        assertEquals(Status.ENOENT, wq.flush());
    }

    // -------------------------------------------------------------------------------------------- setCallback

    @Test
    void setCallbackRefusesWhatItCannotUse() {
        map.update(1, "v").orThrow();
        BpfWq<Integer, String> wq = map.lookup(1).wq();
        assertEquals(Status.EINVAL, wq.setCallback(prog, record), "not initialised");
        wq.init(map).orThrow();
        assertEquals(Status.EINVAL, wq.setCallback(null, record));
        assertEquals(Status.EINVAL, wq.setCallback(prog, null));
        assertEquals(Status.EINVAL, wq.setCallback(prog, record, UNKNOWN));
        AsyncRuntime other = AsyncRuntime.builder().build();
        assertEquals(Status.EINVAL, wq.setCallback(other.loadProgram("foreign", () -> { }), record));
        other.close();
        BpfProg dead = rt.loadProgram("dead", () -> { });
        dead.close();
        assertEquals(Status.ENOENT, wq.setCallback(dead, record));
        assertEquals(Status.EINVAL, wq.start(), "none of them was set");
        map.delete(1).orThrow();
        assertEquals(Status.ENOENT, wq.setCallback(prog, record));
    }

    @Test
    void theCallbackThatIsSetWhenTheRunBeginsIsRun() {
        BpfWq<Integer, String> wq = work(1);
        wq.start().orThrow();
        passOn();
        wq.setCallback(prog, (inMap, key, value) -> fired.add("new")).orThrow();
        assertEquals(List.of("new"), due());
    }

    @Test
    void aWorkHoldsItsProgram() {
        BpfProg its = rt.loadProgram("its", () -> fired.add("its unload"));
        BpfWq<Integer, String> wq = bare(1);
        wq.setCallback(its, (inMap, key, value) -> fired.add("ran")).orThrow();
        its.close();
        assertEquals(List.of(), due());
        wq.start().orThrow();
        assertEquals(List.of("ran"), due());
        wq.setCallback(prog, record).orThrow();
        assertEquals(List.of("its unload"), due());
    }

    @Test
    void cancelDropsTheProgram() {
        BpfProg its = rt.loadProgram("its", () -> fired.add("its unload"));
        BpfWq<Integer, String> wq = bare(1);
        wq.setCallback(its, record).orThrow();
        its.close();
        wq.start().orThrow();
        passOn();
        assertEquals(Status.CANCELLED, wq.cancel());
        assertEquals(List.of("its unload"), due());
    }

    // -------------------------------------------------------------------------------------------------- start

    @Test
    void startRefusesWhatCannotRun() {
        map.update(1, "v").orThrow();
        BpfWq<Integer, String> wq = map.lookup(1).wq();
        assertEquals(Status.EINVAL, wq.start(), "not initialised");
        wq.init(map).orThrow();
        assertEquals(Status.EINVAL, wq.start(), "no callback");
        wq.setCallback(prog, record).orThrow();
        assertEquals(Status.EINVAL, wq.start(UNKNOWN));
        assertEquals(Status.ENOENT, map.handle().wq().start());
        assertEquals(List.of(), due());
        map.delete(1).orThrow();
        assertEquals(Status.ENOENT, wq.start());
    }

    @Test
    void aStartLeadsToOneRun() {
        BpfWq<Integer, String> wq = work(1);
        assertEquals(Status.OK, wq.start());
        assertEquals(List.of("v1"), due());
        assertEquals(List.of(), due());
        assertEquals(Status.OK, wq.start(0));
        assertEquals(List.of("v1"), due());
    }

    @Test
    void startsOfAPendingWorkComeTogetherInOneRun() {
        BpfWq<Integer, String> wq = work(1);
        assertEquals(Status.OK, wq.start());
        assertEquals(Status.PENDING, wq.start());
        passOn();
        assertEquals(Status.PENDING, wq.start());
        passOn();
        assertEquals(1, rt.audit().pendingWorks());
        assertEquals(List.of("v1"), due());
        assertEquals(0, rt.audit().pendingWorks());
    }

    @Test
    void aStartFromItsOwnCallbackRunsItOnceMore() {
        int[] left = {3};
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            assertEquals(1, rt.audit().pendingWorks(), "running");
            if (--left[0] > 0) {
                answers.add(map.lookup(key).wq().start());
                answers.add(map.lookup(key).wq().start());
            }
            fired.add(value);
        });
        wq.start().orThrow();
        assertEquals(List.of("v1", "v1", "v1"), due());
        assertEquals(List.of(Status.OK, Status.PENDING, Status.OK, Status.PENDING), answers);
    }

    @Test
    void aWorkThatStartsItselfGoesToTheTail() {
        work(1, (inMap, key, value) -> {
            fired.add("busy");
            if (fired.stream().filter("busy"::equals).count() < 4) {
                inMap.lookup(key).wq().start();
            }
        }).start().orThrow();
        work(2).start().orThrow();
        work(3).start().orThrow();
        List<String> ran = due();
        assertEquals(Set.of("busy", "v2", "v3"), Set.copyOf(ran.subList(0, 3)), "each once before one runs again");
        assertEquals(List.of("busy", "busy", "busy"), ran.subList(3, 6));
    }

    @Test
    void theCallbackGetsMapKeyAndTheValueOfItsInit() {
        BpfWq<Integer, String> wq = work(7, (inMap, key, value) -> {
            assertSame(map, inMap);
            fired.add(key + "=" + value);
        });
        wq.start().orThrow();
        assertEquals(List.of("7=v7"), due());
    }

    // ------------------------------------------------------------------------------------------------- cancel

    @Test
    void cancelAsyncTakesAPendingRunBackWhereverItIs() {
        BpfWq<Integer, String> wq = work(1);
        assertEquals(Status.IDLE, wq.cancelAsync());
        wq.start().orThrow();
        assertEquals(Status.CANCELLED, wq.cancelAsync());
        assertEquals(Status.IDLE, wq.cancelAsync());
        assertEquals(List.of(), due());
        assertEquals(Status.OK, wq.start());
        passOn();
        assertEquals(Status.CANCELLED, wq.cancelAsync(), "the kworkers have it");
        assertEquals(List.of(), due());
        assertEquals(Status.OK, wq.start(), "the callback stays set");
        assertEquals(List.of("v1"), due());
    }

    @Test
    void aWorkThatIsStartedAgainWhileTheKworkersHaveItStillRunsOnce() {
        BpfWq<Integer, String> wq = work(1);
        wq.start().orThrow();
        passOn();
        wq.cancelAsync();
        assertEquals(Status.OK, wq.start());
        passOn();
        assertEquals(List.of("v1"), due());
    }

    @Test
    void cancelAsyncRefusals() {
        map.update(1, "v").orThrow();
        BpfWq<Integer, String> wq = map.lookup(1).wq();
        assertEquals(Status.EINVAL, wq.cancelAsync());
        assertEquals(Status.EINVAL, wq.cancel());
        assertEquals(Status.EINVAL, wq.flush());
        map.delete(1).orThrow();
        assertEquals(Status.ENOENT, wq.cancelAsync());
        assertEquals(Status.ENOENT, wq.cancel());
        assertEquals(Status.ENOENT, wq.flush());
        assertEquals(Status.ENOENT, map.handle().wq().flush());
    }

    @Test
    void cancelTakesBackAndDropsTheCallback() {
        BpfWq<Integer, String> wq = work(1);
        assertEquals(Status.IDLE, wq.cancel());
        assertEquals(Status.EINVAL, wq.start());
        assertEquals(Status.IDLE, wq.cancel());
        wq.setCallback(prog, record).orThrow();
        wq.start().orThrow();
        passOn();
        assertEquals(Status.CANCELLED, wq.cancel());
        wq.setCallback(prog, (inMap, key, value) -> fired.add("second")).orThrow();
        assertEquals(Status.OK, wq.start());
        assertEquals(List.of("second"), due());
    }

    @Test
    void aCallbackThatCancelsItsOwnWorkTakesBackWhatItStartedAndMayStartAgain() {
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            BpfWq<Integer, String> own = inMap.lookup(key).wq();
            fired.add(value);
            if (fired.size() == 1) {
                answers.add(own.cancelAsync());
                answers.add(own.start());
                answers.add(own.cancelAsync());
                answers.add(own.start());
            }
        });
        wq.start().orThrow();
        assertEquals(List.of("v1", "v1"), due());
        assertEquals(List.of(Status.RUNNING, Status.OK, Status.CANCELLED, Status.OK), answers);
    }

    @Test
    void ownCancelAndFlushWouldDeadlock() {
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            BpfWq<Integer, String> own = inMap.lookup(key).wq();
            answers.add(own.cancel());
            answers.add(own.flush());
            if (fired.isEmpty()) {
                answers.add(own.start());
                answers.add(own.flush());
            }
            fired.add(value);
        });
        wq.start().orThrow();
        assertEquals(List.of("v1", "v1"), due());
        assertEquals(List.of(Status.EDEADLK, Status.EDEADLK, Status.OK, Status.EDEADLK, Status.EDEADLK, Status.EDEADLK), answers);
    }

    @Test
    void aCallbackMayCancelOthers() {
        BpfWq<Integer, String> other = work(2);
        BpfTimer<Integer, String> timer = timer(3, ClockId.MONOTONIC);
        work(1, (inMap, key, value) -> {
            other.start().orThrow();
            answers.add(other.cancel());
            answers.add(other.cancel());
            answers.add(other.flush());
            timer.start(0, 0).orThrow();
            answers.add(timer.cancel());
        }).start().orThrow();
        assertEquals(List.of(), due());
        assertEquals(List.of(Status.CANCELLED, Status.IDLE, Status.IDLE, Status.CANCELLED), answers);
    }

    // -------------------------------------------------------------------------------------------------- flush

    @Test
    void flushFindsNothingToWaitFor() {
        BpfWq<Integer, String> wq = work(1);
        assertEquals(Status.IDLE, wq.flush());
        wq.start().orThrow();
        due();
        assertEquals(Status.IDLE, wq.flush());
        wq.start().orThrow();
        passOn();
        wq.cancelAsync();
        assertEquals(Status.IDLE, wq.flush(), "the kworkers have it, but it is not pending");
        wq.cancel();
        assertEquals(Status.IDLE, wq.flush());
    }

    @Test
    void theOnlyKworkerCannotWaitForWhatComesAfterIt() {
        BpfWq<Integer, String> other = work(2);
        work(1, (inMap, key, value) -> {
            other.start().orThrow();
            answers.add(other.flush());
        }).start().orThrow();
        assertEquals(List.of("v2"), due());
        assertEquals(List.of(Status.EDEADLK), answers);
        answers.clear();
        BpfProg its = rt.loadProgram("its", () -> {
            other.start().orThrow();
            answers.add(other.flush());
        });
        its.close();
        assertEquals(List.of("v2"), due());
        assertEquals(List.of(Status.EDEADLK), answers, "a hook runs on a kworker too");
    }

    // ----------------------------------------------------------------------------------------------- contexts

    @Test
    void nothingWaitsInNmi() {
        BpfWq<Integer, String> wq = work(1);
        rt.nmiEnter();
        assertEquals(Status.OK, wq.start());
        assertEquals(Status.PENDING, wq.start());
        assertEquals(Status.EOPNOTSUPP, wq.cancel());
        assertEquals(Status.EOPNOTSUPP, wq.flush());
        assertEquals(Status.CANCELLED, wq.cancelAsync());
        assertEquals(Status.OK, wq.setCallback(prog, record));
        map.update(2, "v2").orThrow();
        assertEquals(Status.OK, map.lookup(2).wq().init(map));
        assertEquals(Status.OK, wq.start());
        rt.nmiExit();
        assertEquals(List.of("v1"), due());
    }

    @Test
    void nothingWaitsInNmiInsideOfACallback() {
        BpfWq<Integer, String> other = work(2);
        work(1, (inMap, key, value) -> {
            rt.nmiEnter();
            answers.add(other.cancel());
            answers.add(other.flush());
            answers.add(inMap.lookup(key).wq().cancel());
            rt.nmiExit();
        }).start().orThrow();
        due();
        assertEquals(List.of(Status.EOPNOTSUPP, Status.EOPNOTSUPP, Status.EOPNOTSUPP), answers);
    }

    @Test
    void aTimersCallbackWaitsForNoWork() {
        BpfWq<Integer, String> wq = work(2);
        timer(1, ClockId.MONOTONIC, (inMap, key, value) -> {
            answers.add(wq.cancel());
            answers.add(wq.flush());
            answers.add(wq.start());
        }).start(0, 0).orThrow();
        assertEquals(List.of("v2"), due());
        assertEquals(List.of(Status.EOPNOTSUPP, Status.EOPNOTSUPP, Status.OK), answers);
    }

    @Test
    void nothingWaitsInAReadSection() {
        BpfWq<Integer, String> wq = work(1);
        BpfTimer<Integer, String> timer = timer(2, ClockId.MONOTONIC);
        map.forEach(map.handle(), element -> answers.add(wq.cancel()));
        map.forEach(map.handle(), element -> answers.add(wq.flush()));
        assertEquals(List.of(Status.EOPNOTSUPP, Status.EOPNOTSUPP, Status.EOPNOTSUPP, Status.EOPNOTSUPP), answers);
        answers.clear();
        work(3, (inMap, key, value) -> inMap.forEach(inMap.handle(), element -> {
            if (answers.isEmpty()) {
                answers.add(timer.cancel());
                answers.add(wq.cancel());
            }
        })).start().orThrow();
        due();
        assertEquals(List.of(Status.EOPNOTSUPP, Status.EOPNOTSUPP), answers, "not in a work's callback either");
    }

    // ------------------------------------------------------------------------------------------- what is thrown

    @Test
    void whatACallbackThrowsIsReportedAndHarmsNothing() {
        List<Throwable> thrown = List.of(new IllegalStateException("a"), new StackOverflowError("b"), new OutOfMemoryError("c"),
            new AssertionError("d"));
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            Throwable next = thrown.get(answers.size());
            answers.add(Status.OK);
            WqTest.<RuntimeException>sneak(next);
        });
        BpfWq<Integer, String> sibling = work(2);
        for (Throwable ignored : thrown) {
            assertEquals(Status.OK, wq.start());
            sibling.start().orThrow();
            assertEquals(List.of("v2"), due());
            assertEquals(Status.IDLE, wq.cancelAsync());
            assertEquals(Status.IDLE, wq.flush());
        }
        assertEquals(thrown.stream().map(each -> "prog/map/" + each).toList(), List.copyOf(reports));
        assertEquals(4, rt.audit().callbackErrors());
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void aStackThatOverflowsInACallbackIsReported() {
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> overflow(0));
        wq.start().orThrow();
        due();
        assertEquals(1, reports.size());
        wq.setCallback(prog, record).orThrow();
        wq.start().orThrow();
        assertEquals(List.of("v1"), due());
    }

    private static int overflow(int depth) {
        return depth < 0 ? 0 : 1 + overflow(depth + 1);
    }

    // ------------------------------------------------------------------------------------------- ends of a work

    @Test
    void aWorkThatWasNeverStartedIsDeleted() {
        bare(1);
        work(2);
        map.delete(1).orThrow();
        map.delete(2).orThrow();
        assertEquals(List.of(), due());
        assertEquals(0, rt.audit().blocks());
        assertEquals(true, rt.audit().poolsFull());
    }

    @Test
    void deletingOrUpdatingTakesAPendingRunBack() {
        BpfWq<Integer, String> started = work(1);
        BpfWq<Integer, String> passedOn = work(2);
        BpfWq<Integer, String> updated = work(3);
        passedOn.start().orThrow();
        updated.start().orThrow();
        passOn();
        started.start().orThrow();
        map.delete(1).orThrow();
        map.delete(2).orThrow();
        map.update(3, "new").orThrow();
        assertEquals(Status.EINVAL, updated.start());
        assertEquals(Status.ENOENT, passedOn.cancelAsync());
        assertEquals(List.of(), due());
        assertEquals(0, rt.audit().blocks());
        assertEquals(Status.OK, updated.init(map));
        updated.setCallback(prog, record).orThrow();
        updated.start().orThrow();
        assertEquals(List.of("new"), due());
    }

    @Test
    void aCallbackMayDeleteItsElementOrCloseItsMap() {
        work(1, (inMap, key, value) -> {
            BpfWq<Integer, String> own = inMap.lookup(key).wq();
            own.start().orThrow();
            answers.add(inMap.delete(key));
            answers.add(own.start());
            answers.add(own.cancelAsync());
            answers.add(own.cancel());
            answers.add(inMap.update(key, "next life"));
            answers.add(own.start());
            BpfWq<Integer, String> next = inMap.lookup(key).wq();
            answers.add(next.init(inMap));
            answers.add(next.setCallback(prog, (m, k, v) -> {
                fired.add(v);
                m.close();
            }));
            answers.add(next.start());
            fired.add(value);
        }).start().orThrow();
        assertEquals(List.of("v1", "next life"), due());
        assertEquals(List.of(Status.OK, Status.ENOENT, Status.ENOENT, Status.ENOENT, Status.OK, Status.ENOENT, Status.OK, Status.OK,
            Status.OK), answers);
        assertEquals(0, rt.audit().blocks());
    }

    @Test
    void aHandleThatIsPointedElsewhereTakesItsWorkAlong() {
        MapElement<Integer, String> handle = map.handle();
        BpfWq<Integer, String> wq = handle.wq();
        assertSame(wq, handle.wq());
        assertEquals(Status.ENOENT, wq.start());
        work(1);
        work(2);
        map.lookup(2, handle).orThrow();
        assertEquals(Status.OK, wq.start());
        assertEquals(List.of("v2"), due());
        assertNotSame(wq, map.lookup(2).wq());
    }

    @Test
    void blocksAreUsedAgain() {
        map = rt.hashMap("one", 1);
        for (int life = 0; life < 200; life++) {
            BpfWq<Integer, String> wq = work(life);
            wq.start().orThrow();
            if (life % 3 == 0) {
                assertEquals(List.of("v" + life), due());
            } else if (life % 3 == 1) {
                passOn();
            }
            map.delete(life).orThrow();
        }
        assertEquals(List.of(), due());
        assertEquals(0, rt.audit().blocks());
        assertEquals(true, rt.audit().poolsFull());
    }

    @Test
    void closingSaysWhatWasPending() {
        work(1).start().orThrow();
        work(2).start().orThrow();
        passOn();
        work(3);
        timer(4, ClockId.MONOTONIC).start(MS, 0).orThrow();
        assertEquals(2, rt.audit().pendingWorks());
        rt.close();
        assertEquals(List.of(new CloseHandler.StillArmed("map", 1, 2)), stillArmed);
        assertEquals(List.of(), fired);
        assertFalse(reports.stream().anyMatch(report -> report.contains("error")));
    }

    @Test
    void aWorkMayCloseTheRuntime() {
        work(1, (inMap, key, value) -> rt.close()).start().orThrow();
        work(2).start().orThrow();
        driver.drain();
        driver.drain();
        assertEquals(0, rt.audit().blocks());
    }

    @Test
    void morePendingWorksThanTheRingHolds() {
        int many = 10_000;
        map = rt.hashMap("many", many);
        for (int key = 0; key < many; key++) {
            work(key, (inMap, k, value) -> fired.add(value)).start().orThrow();
        }
        passOn();
        assertEquals(many, rt.audit().pendingWorks());
        for (int done = 0; done < many; done += 64) {
            assertEquals(Math.min(64, many - done), kworker());
        }
        List<String> ran = due();
        assertEquals(many, ran.size());
        assertEquals(many, ran.stream().distinct().count());
    }
}
