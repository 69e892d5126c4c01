// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z49, the promised cancel that never happens: cancel_async meets a running callback, which
 * re-arms. Here the re-arming is refused with ECANCELED, until somebody else starts the timer.
 */
@Needs(Feature.CANCEL_STICKS)
class T45CancelAsyncInCallbackTest extends PortCase {
    private final List<Status> reArms = new ArrayList<>();
    private int ran;

    @Test
    void aCallbackCancelledWhileItRunsCanNotReArmItself() {
        useDriven();
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        boolean[] cancelled = {true};
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> {
            ran++;
            if (cancelled[0]) { // another thread cancels, while this one runs
                Crew.run(() -> assertEquals(Status.RUNNING, found(map, 0).timer().cancelAsync()));
            }
            reArms.add(found(in, key).timer().start(MS, 0));
        });
        assertEquals(Status.OK, timer.start(0, 0));
        driver.drain();
        advance(SECOND);
        assertEquals(1, ran, "the cancelled timer ran again");
        assertEquals(Status.IDLE, timer.cancelAsync());
        cancelled[0] = false;
        assertEquals(Status.OK, timer.start(0, 0)); // somebody else starts it
        driver.drain();
        advance(MS);
        assertEquals(3, ran);
        assertEquals(List.of(Status.ECANCELED, Status.OK, Status.OK), reArms);
        timer.cancelAsync();
    }

    @Test
    void aReArmingBeforeTheCancelIsTakenBackAndOneAfterItRefused() {
        useDriven();
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> {
            ran++;
            reArms.add(found(in, key).timer().start(MS, 0));
            Crew.run(() -> assertEquals(Status.CANCELLED, found(map, 0).timer().cancelAsync()));
            reArms.add(found(in, key).timer().start(MS, 0));
        });
        assertEquals(Status.OK, timer.start(0, 0));
        driver.drain();
        advance(SECOND);
        assertEquals(1, ran);
        assertEquals(List.of(Status.OK, Status.ECANCELED), reArms);
    }

    @Test
    void aStartBySomebodyElseAfterTheCancelHolds() {
        useDriven();
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> {
            if (ran++ == 0) {
                Crew.run(() -> {
                    assertEquals(Status.RUNNING, found(map, 0).timer().cancelAsync());
                    assertEquals(Status.OK, found(map, 0).timer().start(MS, 0));
                });
                reArms.add(found(in, key).timer().start(2 * MS, 0));
            }
        });
        assertEquals(Status.OK, timer.start(0, 0));
        driver.drain();
        assertEquals(List.of(Status.REARMED), reArms);
        advance(2 * MS - 1);
        assertEquals(1, ran);
        advance(1);
        assertEquals(2, ran);
    }

    @Test
    void aPeriodicTimerOfARunningBaseStopsAtItsFirstCancel() {
        useLaunched(1);
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        for (int round = 0; round < Knobs.count(500, 100); round++) {
            AtomicInteger runs = new AtomicInteger();
            CyclicBarrier begun = new CyclicBarrier(2);
            assertEquals(Status.OK, map.update(0, "v"));
            BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> {
                if (runs.getAndIncrement() == 0) {
                    Crew.meet(begun);
                }
                found(in, key).timer().start(0, 0);
            });
            assertEquals(Status.OK, timer.start(0, 0));
            Crew.meet(begun);
            timer.cancelAsync();
            Crew.await("it has stopped", () -> timer.cancelAsync() == Status.IDLE);
            int stopped = runs.get();
            Crew.spin(2_000);
            assertEquals(stopped, runs.get(), "round " + round);
        }
    }
}
