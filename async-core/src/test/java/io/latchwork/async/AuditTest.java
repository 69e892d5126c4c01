// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.CloseHandler.StillArmed;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The books, and what closing says. */
class AuditTest extends DrivenCase {
    @Test
    void theBooksNameWhatIsInUse() {
        timer(1, ClockId.MONOTONIC).start(MS, 0).orThrow();
        timer(2, ClockId.MONOTONIC);
        rt.newTimer(prog, timer -> { }).start(MS, 0).orThrow();
        Audit audit = rt.audit();
        assertFalse(audit.isClean());
        assertEquals(new Audit(false, 1, 0, 1, 2, 3, 2, 0, false, 0, 0, 0, List.of()), audit);
    }

    @Test
    void theyFollowWhatGoesAway() {
        timer(1, ClockId.MONOTONIC).start(MS, 0).orThrow();
        map.delete(1).orThrow();
        assertEquals(1, rt.audit().elements(), "waits for a grace period");
        assertEquals(0, rt.audit().armedTimers());
        due();
        assertEquals(0, rt.audit().elements());
        assertEquals(0, rt.audit().blocks());
        assertTrue(rt.audit().poolsFull());
        map.close();
        assertEquals(0, rt.audit().maps());
    }

    @Test
    void closingDropsEveryUserReference() {
        map.update(1, "v").orThrow();
        map.open().orThrow();
        map.open().orThrow();
        rt.close();
        assertEquals(Status.ENOENT, map.open());
        assertEquals(0, rt.audit().maps());
        assertEquals(0, rt.audit().elements());
    }

    @Test
    void closingSaysWhatWasStillArmed() {
        timer(1, ClockId.MONOTONIC).start(MS, 0).orThrow();
        timer(2, ClockId.REALTIME).start(MS, 0).orThrow();
        timer(3, ClockId.MONOTONIC);
        BpfHashMap<Integer, String> empty = rt.hashMap("quiet", 4);
        empty.update(1, "x").orThrow();
        rt.newTimer(prog, timer -> { }).start(MS, 0).orThrow();
        rt.close();
        rt.close();
        List<StillArmed> expected = List.of(new StillArmed("map", 2, 0), new StillArmed("", 1, 0));
        assertEquals(expected, stillArmed);
        assertEquals(expected, rt.audit().stillArmed());
    }

    @Test
    void aSlowCallbackIsReportedByName() {
        timer(1, ClockId.MONOTONIC, (inMap, key, value) -> clock.advance(2 * MS)).start(0, 0).orThrow();
        due();
        assertEquals(List.of(), reports, "as long as allowed");
        timer(2, ClockId.MONOTONIC, (inMap, key, value) -> clock.advance(2 * MS + 1)).start(0, 0).orThrow();
        due();
        assertEquals(List.of("slow prog/map/" + (2 * MS + 1)), reports);
        assertEquals(1, rt.audit().slowCallbacks());
    }

    @Test
    void aLaunchedRuntimeLeavesNoThread() {
        AsyncRuntime launched = AsyncRuntime.builder().bases(2).kworkers(2).launch();
        BpfProg its = launched.loadProgram("p", () -> { });
        CountDownLatch expired = new CountDownLatch(1);
        launched.newTimer(its, timer -> expired.countDown()).start(0, 0).orThrow();
        await(expired);
        assertTrue(launched.audit().threads() >= 2, launched.audit().toString());
        launched.close();
        assertTrue(launched.audit().isClean(), launched.audit().toString());
    }

    @Test
    void theTimeOutHookDecidesHowLongClosingWaits() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AsyncRuntime launched = AsyncRuntime.builder().closeTimeoutNs(MS).closeHandler(new CloseHandler() {
            @Override
            public boolean onTimeout(long waitedNs) {
                if (asked.incrementAndGet() == 3) {
                    mayEnd.countDown();
                }
                return true;
            }
        }).launch();
        BpfProg its = launched.loadProgram("p", () -> { });
        launched.newTimer(its, timer -> {
            running.countDown();
            await(mayEnd);
        }).start(0, 0).orThrow();
        await(running);
        launched.close();
        assertTrue(asked.get() >= 3);
        assertTrue(launched.audit().isClean(), launched.audit().toString());
    }

    @Test
    void aHandlerThatThrowsHarmsNothing() {
        AsyncRuntime launched = AsyncRuntime.builder().clock(clock).closeHandler(new CloseHandler() {
            @Override
            public void stillArmed(List<StillArmed> armed) {
                throw new IllegalStateException("mine");
            }
        }).launch();
        launched.loadProgram("p", () -> { });
        launched.close();
        assertTrue(launched.audit().isClean(), launched.audit().toString());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
