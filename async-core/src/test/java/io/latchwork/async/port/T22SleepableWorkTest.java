// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfMap;
import io.latchwork.async.Status;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The original: a work in an array started by a sleepable program; its callback calls something that sleeps, and the
 * runner asks that bit 2 is set. Here the callback really sleeps, until after the start returned, and the base goes on
 * meanwhile.
 */
class T22SleepableWorkTest extends WorkCase {
    private final AtomicInteger okSleepable = new AtomicInteger();
    private final CompletableFuture<Void> wakeUp = new CompletableFuture<>();

    private void sleep(BpfMap<Integer, String> map, Integer key, String value) {
        wakeUp.join();
        okSleepable.getAndUpdate(bits -> bits | 1 << key);
    }

    @Test
    void aWorkMayBlockAndTimersGoOn() {
        useLaunched(1);
        BpfMap<Integer, String> map = array("array", 2, i -> "v");
        start(map, KEY, this::sleep);
        AtomicInteger fired = new AtomicInteger();
        timer(map, 0, (in, key, value) -> fired.getAndIncrement()).start(0, 0);
        Crew.await("a timer fired beside the sleeping work", () -> fired.get() == 1);
        assertEquals(0, okSleepable.get());
        wakeUp.complete(null);
        Crew.await("the work has run", () -> okSleepable.get() == 2);
    }

    @Test
    void aSecondRunNeedsASecondStart() {
        useLaunched(1);
        wakeUp.complete(null);
        BpfMap<Integer, String> map = array("array", 2, i -> "v");
        start(map, KEY, this::sleep);
        Crew.await("the work has run", () -> okSleepable.get() == 2);
        var wq = found(map, KEY).wq();
        assertAnswer(EnumSet.of(Status.OK, Status.IDLE), wq.flush(), "flush");
        okSleepable.set(0);
        assertEquals(Status.IDLE, wq.flush());
        assertEquals(0, okSleepable.get());
        assertEquals(Status.OK, wq.start());
        Crew.await("the work has run again", () -> okSleepable.get() == 2);
    }
}
