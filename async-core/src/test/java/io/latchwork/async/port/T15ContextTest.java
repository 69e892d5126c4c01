// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * The original: the program reads "in interrupt" as zero, the timer's callback as not. Here the question is put to the
 * one call that depends on it: cancel waits in task context and in a work, is refused in the timer's callback and in
 * NMI; and a callback never runs on the thread that armed it.
 */
class T15ContextTest extends PortCase {
    @Test
    void aCallbackRunsOnTheBaseNeverOnTheCaller() throws Exception {
        useLaunched(1);
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        for (long delay : new long[] {0, -1, MS}) {
            CompletableFuture<Thread> ranOn = new CompletableFuture<>();
            assertEquals(Status.OK, map.update(0, "v"));
            BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> ranOn.complete(Thread.currentThread()));
            assertEquals(Status.OK, timer.start(delay, 0));
            assertNotEquals(Thread.currentThread(), ranOn.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void cancelKnowsTaskContextFromCallback() throws Exception {
        useLaunched(1);
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        CompletableFuture<Status> inCallback = new CompletableFuture<>();
        BpfTimer<Integer, String> timer = timer(map, 0,
            (in, key, value) -> inCallback.complete(found(in, key).timer().cancel()));
        assertEquals(Status.OK, timer.start(0, 0));
        assertEquals(Status.EDEADLK, inCallback.get(20, TimeUnit.SECONDS));
        assertEquals(Status.IDLE, timer.cancel());
    }

    @Test
    void cancelIsRefusedInNmiWhateverWasInterrupted() {
        useDriven();
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        Status[] inCallback = new Status[1];
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> {
            rt.nmiEnter();
            inCallback[0] = found(map, key) == null ? null : cancelled(map, key);
            rt.nmiExit();
        });
        assertEquals(Status.OK, timer.start(0, 0));
        rt.nmiEnter();
        assertEquals(Status.EOPNOTSUPP, timer.cancel());
        rt.nmiExit();
        if (has(Feature.NMI)) {
            driver.drain();
            assertEquals(Status.EOPNOTSUPP, inCallback[0]);
        }
        timer.cancelAsync();
        assertEquals(Status.IDLE, timer.cancel());
    }

    private static Status cancelled(BpfMap<Integer, String> map, Integer key) {
        return found(map, key).timer().cancel();
    }

    @Test
    @Needs(Feature.WORKS)
    void aWorkRunsInTaskContextAndMayWait() throws Exception {
        useLaunched(1);
        BpfHashMap<Integer, String> map = rt.hashMap("map", 2);
        assertEquals(Status.OK, map.update(0, "v"));
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> inTimer = new CompletableFuture<>();
        CompletableFuture<Void> waits = new CompletableFuture<>();
        AtomicBoolean ended = new AtomicBoolean();
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> {
            inTimer.complete(null);
            waits.join();
            ended.set(true);
        });
        CompletableFuture<Status> inWork = new CompletableFuture<>();
        assertEquals(Status.OK, found(map, 0).wq().init(map));
        assertEquals(Status.OK, found(map, 0).wq().setCallback(prog, (in, key, value) -> {
            begun.complete(null);
            inTimer.join();
            waits.complete(null);
            Status answer = found(in, key).timer().cancel();
            inWork.complete(ended.get() ? answer : Status.EBUSY);
        }));
        assertEquals(Status.OK, found(map, 0).wq().start());
        begun.get(20, TimeUnit.SECONDS); // first, since it is the base that hands works over
        assertEquals(Status.OK, timer.start(0, 0));
        assertEquals(Status.IDLE, inWork.get(20, TimeUnit.SECONDS));
    }
}
