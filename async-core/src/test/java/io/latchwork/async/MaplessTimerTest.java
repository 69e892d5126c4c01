// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Timers without a map. */
class MaplessTimerTest extends DrivenCase {
    private AsyncTimer timer(String name) {
        return rt.newTimer(prog, timer -> fired.add(name));
    }

    @Test
    void itFiresOnce() {
        AsyncTimer timer = timer("a");
        assertEquals(Status.OK, timer.start(5 * MS, 0));
        assertEquals(Status.REARMED, timer.start(7 * MS, 0));
        assertEquals(List.of(), dueAfter(6));
        assertEquals(List.of("a"), dueAfter(1));
        assertEquals(List.of(), dueAfter(100));
        assertEquals(Status.OK, timer.start(-1, 0));
        assertEquals(List.of("a"), due());
    }

    @Test
    void theCallbackIsGivenTheTimerAndMayReArmIt() {
        int[] left = {3};
        AsyncTimer made = rt.newTimer(prog, timer -> {
            fired.add("t");
            if (--left[0] > 0) {
                timer.start(MS, 0).orThrow();
            } else {
                timer.close();
                assertEquals(Status.ENOENT, timer.start(0, 0));
            }
        });
        made.start(MS, 0).orThrow();
        assertEquals(List.of("t"), dueAfter(1));
        assertEquals(List.of("t"), dueAfter(1));
        assertEquals(List.of("t"), dueAfter(1));
        assertEquals(List.of(), dueAfter(10));
    }

    @Test
    void cancellingTakesItBack() {
        AsyncTimer timer = timer("a");
        assertEquals(Status.IDLE, timer.cancelAsync());
        timer.start(MS, 0).orThrow();
        assertEquals(Status.CANCELLED, timer.cancelAsync());
        assertEquals(Status.IDLE, timer.cancel());
        assertEquals(Status.EINVAL, timer.start(MS, 0), "cancel drops the callback");
        assertEquals(Status.OK, timer.setCallback(prog, at -> fired.add("again")));
        timer.start(MS, 0).orThrow();
        assertEquals(List.of("again"), dueAfter(1));
    }

    @Test
    void afterCloseEveryCallIsRefusedAndNothingFires() {
        AsyncTimer timer = timer("a");
        timer.start(MS, 0).orThrow();
        timer.close();
        timer.close();
        assertEquals(Status.ENOENT, timer.start(0, 0));
        assertEquals(Status.ENOENT, timer.cancelAsync());
        assertEquals(Status.ENOENT, timer.cancel());
        assertEquals(Status.ENOENT, timer.setCallback(prog, at -> { }));
        assertEquals(List.of(), dueAfter(10));
        assertEquals(0, rt.audit().blocks());
        assertEquals(List.of(), reports, "something was given back twice");
    }

    @Test
    void badInputIsRefusedByName() {
        AsyncTimer timer = timer("a");
        assertEquals(Status.EINVAL, timer.start(0, 4));
        assertEquals(Status.EINVAL, timer.setCallback(prog, null));
        assertEquals(Status.EINVAL, timer.setCallback(null, at -> { }));
        try (AsyncRuntime other = AsyncRuntime.builder().clock(clock).build()) {
            assertEquals(Status.EINVAL, timer.setCallback(other.loadProgram("foreign", () -> { }), at -> { }));
            assertEquals(Status.EINVAL, refusal(() -> other.newTimer(prog, at -> { })));
        }
        assertEquals(Status.EINVAL, refusal(() -> rt.newTimer(prog, null)));
        assertEquals(Status.EINVAL, refusal(() -> rt.newTimer(null, at -> { })));
        assertEquals(Status.EINVAL, refusal(() -> rt.newTimer(prog, at -> { }, null)));
        BpfProg dead = rt.loadProgram("dead", () -> { });
        dead.close();
        assertEquals(Status.ENOENT, refusal(() -> rt.newTimer(dead, at -> { })));
        rt.nmiEnter();
        assertEquals(Status.EOPNOTSUPP, timer.cancel());
        rt.nmiExit();
        due();
        assertEquals(1, rt.audit().blocks(), "the refused ones left something behind");
    }

    @Test
    void theCapOfTheRuntimeCounts() {
        try (AsyncRuntime small = AsyncRuntime.builder().clock(clock).maxTimers(2).build()) {
            BpfProg its = small.loadProgram("p", () -> { });
            AsyncTimer first = small.newTimer(its, at -> { });
            small.newTimer(its, at -> { });
            assertEquals(Status.ENOMEM, refusal(() -> small.newTimer(its, at -> { })));
            first.close();
            small.newTimer(its, at -> { });
        }
    }

    @Test
    void noneIsMadeAfterClose() {
        rt.close();
        assertThrows(IllegalStateException.class, () -> timer("late"));
    }

    @Test
    void whatItsCallbackThrowsIsReportedWithoutAMap() {
        AsyncTimer timer = rt.newTimer(prog, at -> {
            throw new IllegalStateException("oops");
        });
        timer.start(0, 0).orThrow();
        due();
        assertEquals(List.of("prog//java.lang.IllegalStateException: oops"), reports);
        assertEquals(1, rt.audit().callbackErrors());
    }

    @Test
    void manyComeAndGo() {
        for (int i = 0; i < 1_000; i++) {
            AsyncTimer timer = timer("t" + i);
            timer.start(i * MS, 0).orThrow();
            if (i % 2 == 0) {
                timer.close();
            }
        }
        assertEquals(500, rt.audit().armedTimers());
        assertEquals(500, dueAfter(2_000).size());
    }

    private static Status refusal(Runnable call) {
        return assertThrows(StatusException.class, call::run).status();
    }
}
