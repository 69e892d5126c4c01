// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How long programs live. */
abstract class ProgContract extends ContractCase {
    private void unloadsAfter(int expected) {
        driver.drain();
        assertEquals(expected, unloads.get());
    }

    @Test
    void aProgramKnowsItsName() {
        assertEquals("prog", prog.name());
    }

    @Test
    void releasingAnswersOk() {
        assertEquals(Status.OK, prog.release());
    }

    @Test
    void releasingTwiceFindsNothing() {
        prog.release();
        assertEquals(Status.ENOENT, prog.release());
    }

    @Test
    void releasingAfterCloseFindsNothing() {
        prog.close();
        assertEquals(Status.ENOENT, prog.release());
    }

    @Test
    void aProgramThatNobodyUsesIsUnloadedOnce() {
        prog.release();
        unloadsAfter(1);
        prog.close();
        prog.release();
        unloadsAfter(1);
    }

    @Test
    void aProgramIsNotUnloadedWhileItIsLoaded() {
        timer(1);
        map.delete(1);
        unloadsAfter(0);
    }

    @Test
    void anArmedTimerKeepsItsProgram() {
        armed(1, 5);
        prog.release();
        unloadsAfter(0);
        creep(5);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void aTimerThatFiredKeepsItsProgram() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        prog.release();
        creep(10);
        unloadsAfter(0);
        assertEquals(Status.OK, timer.start(0, 0));
    }

    @Test
    void aTimerThatWasCancelledAsyncKeepsItsProgram() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        prog.release();
        timer.cancelAsync();
        unloadsAfter(0);
    }

    @Test
    void cancelDropsTheProgram() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        prog.release();
        timer.cancel();
        unloadsAfter(1);
    }

    @Test
    void deleteDropsTheProgram() {
        armed(1, 5);
        prog.release();
        map.delete(1);
        unloadsAfter(1);
    }

    @Test
    void updateDropsTheProgram() {
        armed(1, 5);
        prog.release();
        map.update(1, "new");
        unloadsAfter(1);
    }

    @Test
    void closingTheMapDropsTheProgram() {
        armed(1, 5);
        armed(2, 5);
        prog.release();
        map.close();
        unloadsAfter(1);
    }

    @Test
    void anotherProgramDropsTheOldOne() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        BpfProg other = rt.loadProgram("other", () -> { });
        timer.setCallback(other, record);
        prog.release();
        unloadsAfter(1);
        creep(5);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void theSameProgramSetManyTimesIsHeldOnce() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int i = 0; i < 100; i++) {
            timer.setCallback(prog, record);
        }
        prog.release();
        unloadsAfter(0);
        map.delete(1);
        unloadsAfter(1);
    }

    @Test
    void aProgramLivesUntilItsLastTimerIsGone() {
        for (int key = 0; key < 10; key++) {
            armed(key, 5);
        }
        prog.release();
        for (int key = 0; key < 10; key++) {
            unloadsAfter(0);
            map.delete(key);
        }
        unloadsAfter(1);
    }

    @Test
    void aProgramIsNotUnloadedWhileItsCallbackRuns() {
        use(launched());
        CountDownLatch unloaded = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        BpfProg slow = rt.loadProgram("slow", () -> {
            fired.add("unloaded");
            unloaded.countDown();
        });
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(slow, (inMap, key, value) -> {
            running.countDown();
            await(mayEnd);
            fired.add("callback ends");
        });
        timer.start(0, 0);
        await(running);
        map.delete(1);
        slow.release();
        for (int i = 0; i < 2_000; i++) {
            Thread.yield();
        }
        mayEnd.countDown();
        await(unloaded);
        assertEquals(List.of("callback ends", "unloaded"), fired);
    }

    @Test
    void anUnloadHookThatThrowsReachesTheHandler() {
        rt.loadProgram("bad", () -> {
            throw new IllegalStateException("boom");
        }).release();
        driver.drain();
        assertEquals(List.of("bad//boom"), errors);
    }

    @Test
    void anUnloadHookThatThrowsHarmsNoOther() {
        rt.loadProgram("bad", () -> {
            throw new AssertionError("boom");
        }).release();
        prog.release();
        unloadsAfter(1);
    }
}
