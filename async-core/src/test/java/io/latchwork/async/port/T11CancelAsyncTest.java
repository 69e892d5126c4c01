// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The original: start(100 us), cancel_async at once, and 500 us later the callback must not have run; its reviewers
 * call it flaky. Here the clock is moved by hand, so the cancel always comes in time, and it must say so.
 */
class T11CancelAsyncTest extends PortCase {
    private final AtomicInteger err = new AtomicInteger();

    private BpfTimer<Integer, String> armed() {
        BpfMap<Integer, String> map = array("array", 2, i -> "v" + i);
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> err.set(42));
        assertEquals(Status.OK, timer.start(100 * US, 0));
        return timer;
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        useDriven();
        assertEquals(Status.CANCELLED, armed().cancelAsync());
        advance(500 * US);
        assertEquals(0, err.get());
    }

    @Test
    void aTimerThatTheBaseKnowsOfDoesNotFireEitherWhenItIsCancelled() {
        useDriven();
        BpfTimer<Integer, String> timer = armed();
        driver.drain();
        assertEquals(Status.CANCELLED, timer.cancelAsync());
        assertEquals(Status.IDLE, timer.cancelAsync());
        advance(500 * US);
        assertEquals(0, err.get());
        assertEquals(Status.OK, timer.start(100 * US, 0));
        advance(100 * US);
        assertEquals(42, err.get());
    }

    @Test
    void aTimerOfARunningBaseDoesNotFireWhenItIsCancelled() {
        useLaunchedByHand(1);
        assertEquals(Status.CANCELLED, armed().cancelAsync());
        AtomicInteger later = new AtomicInteger();
        timer(array("fence", 1, i -> "v"), 0, (in, key, value) -> later.set(1)).start(500 * US, 0);
        clock.advance(500 * US);
        Crew.await("the base has passed the deadline", () -> later.get() == 1);
        assertEquals(0, err.get());
    }
}
