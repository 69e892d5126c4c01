// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

/** Making, driving and closing a runtime. */
abstract class RuntimeContract extends ContractCase {
    private static final int LARGEST = 1 << 26;

    @Test
    void aMapHasAtLeastOneEntry() {
        assertThrows(IllegalArgumentException.class, () -> rt.hashMap("none", 0));
        assertThrows(IllegalArgumentException.class, () -> rt.hashMap("none", -1));
    }

    @Test
    void aMapHasNoMoreEntriesThanTheLimit() {
        assertThrows(IllegalArgumentException.class, () -> rt.hashMap("large", LARGEST + 1));
        assertThrows(IllegalArgumentException.class, () -> rt.hashMap("large", Integer.MAX_VALUE, 1));
    }

    @Test
    void aMapHasNoFewerTimersThanNone() {
        assertThrows(IllegalArgumentException.class, () -> rt.hashMap("few", 4, -1));
    }

    @Test
    void aMapHasNoMoreTimersThanEntries() {
        assertThrows(IllegalArgumentException.class, () -> rt.hashMap("many", 4, 5));
    }

    @Test
    void theClockIsTheOneThatWasGiven() {
        assertSame(clock, rt.clock());
    }

    @Test
    void thereIsOneAgentABaseAndOneForHousekeeping() {
        assertEquals(2, rt.agents().size());
        assertEquals(4, open(driven().withBases(3)).agents().size());
    }

    @Test
    void theListOfAgentsIsUnmodifiable() {
        List<Agent> agents = rt.agents();
        assertThrows(UnsupportedOperationException.class, () -> agents.remove(0));
    }

    @Test
    void anAgentWithNothingToDoSaysSo() throws Exception {
        driver.drain();
        for (Agent agent : rt.agents()) {
            assertEquals(0, agent.doWork(), agent.roleName());
        }
    }

    @Test
    void drivingCountsWork() {
        armed(1, 5);
        driver.drain();
        clock.advance(5 * MS);
        assertTrue(driver.drain() > 0);
    }

    @Test
    void timersOfManyBasesFire() {
        use(driven().withBases(4));
        for (int key = 0; key < ENTRIES; key++) {
            armed(key, 1 + key % 7);
        }
        creep(8);
        assertEquals(ENTRIES, fired.size());
        assertEquals(ENTRIES, fired.stream().distinct().count());
    }

    @Test
    void twoRuntimesKnowNothingOfEachOther() {
        AsyncRuntime other = open(driven());
        armed(1, 5);
        clock.advance(5 * MS);
        new Driver(other).drain();
        assertEquals(List.of(), fired);
        other.close();
        driver.drain();
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void closingCancelsEveryTimer() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        rt.close();
        clock.advance(5 * MS);
        assertEquals(List.of(), fired);
        assertEquals(Status.ENOENT, timer.start(0, 0));
        assertEquals(Status.EPERM, map.update(2, "a"));
        assertEquals(0, map.size());
    }

    @Test
    void closingUnloadsEveryProgramOnce() {
        armed(1, 5);
        rt.close();
        assertEquals(1, unloads.get());
        assertEquals(Status.ENOENT, prog.release());
    }

    @Test
    void closingALaunchedRuntimeUnloadsEveryProgramOnce() {
        use(launched());
        armed(1, 5);
        rt.close();
        assertEquals(1, unloads.get());
    }

    @Test
    void closingTwiceDoesNothingMore() {
        rt.close();
        rt.close();
        assertEquals(1, unloads.get());
    }

    @Test
    void noProgramIsLoadedAfterClose() {
        rt.close();
        assertThrows(IllegalStateException.class, () -> rt.loadProgram("late", () -> { }));
    }

    @Test
    void noMapIsMadeAfterClose() {
        rt.close();
        assertThrows(IllegalStateException.class, () -> rt.hashMap("late", 1));
    }

    @Test
    void aCallbackMayCloseTheRuntime() {
        armed(2, 6);
        timer(1, (inMap, key, value) -> {
            rt.close();
            fired.add("closed");
        }).start(5 * MS, 0);
        advance(10);
        assertEquals(List.of("closed"), fired);
    }

    @Test
    void aCallbackMayCloseALaunchedRuntime() {
        use(launched());
        CountDownLatch unloaded = new CountDownLatch(1);
        rt.loadProgram("last", unloaded::countDown);
        timer(1, (inMap, key, value) -> rt.close()).start(0, 0);
        await(unloaded);
    }

    @Test
    void closingWaitsForTheRunningCallback() throws Exception {
        use(launched());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        timer(1, (inMap, key, value) -> {
            running.countDown();
            await(mayEnd);
            ended.set(true);
        }).start(0, 0);
        await(running);
        CompletableFuture<Boolean> endedFirst = CompletableFuture.supplyAsync(() -> {
            rt.close();
            return ended.get();
        });
        for (int i = 0; i < 2_000 && !endedFirst.isDone(); i++) {
            Thread.yield();
        }
        assertFalse(endedFirst.isDone());
        mayEnd.countDown();
        assertTrue(endedFirst.get(20, TimeUnit.SECONDS));
    }

    @Test
    void closingGivesUpAfterItsTimeOut() {
        use(launched().withCloseTimeoutNs(MS));
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        timer(1, (inMap, key, value) -> {
            running.countDown();
            await(mayEnd);
        }).start(0, 0);
        await(running);
        rt.close();
        mayEnd.countDown();
    }
}
