// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z48, the start that overtakes: a start in NMI is queued, a cancel that waits returns, the
 * callback is set again, and then the queue is run. The start must not come to life after the cancel.
 */
class T46StartCancelSetCallbackTest extends PortCase {
    private static final int ROUNDS = 50_000;

    private final List<String> fired = new ArrayList<>();

    @Test
    void aQueuedStartDoesNotSurviveACancel() {
        useDriven();
        overtake(false);
    }

    @Test
    @Needs(Feature.NMI)
    void aStartQueuedInNmiDoesNotSurviveACancel() {
        useDriven();
        overtake(true);
    }

    private void overtake(boolean inNmi) {
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> fired.add("old"));
        if (inNmi) {
            rt.nmiEnter();
        }
        assertEquals(Status.OK, timer.start(0, 0));
        if (inNmi) {
            rt.nmiExit();
        }
        assertEquals(Status.CANCELLED, timer.cancel()); // the base has not run since
        assertEquals(Status.EINVAL, timer.start(0, 0));
        assertEquals(Status.OK, timer.setCallback(prog, (in, key, value) -> fired.add("new")));
        driver.drain();
        advance(SECOND);
        assertEquals(List.of(), fired);
        assertEquals(Status.OK, timer.start(0, 0));
        driver.drain();
        assertEquals(List.of("new"), fired);
    }

    private static void pause(int i) {
        if (i % 4 == 0) {
            Thread.yield();
        }
    }

    @Test
    @Needs({Feature.NMI, Feature.REARMED})
    void startsInNmiAgainstCancelsThatWaitAreAnsweredForOnce() {
        useLaunched(1);
        BpfMap<Integer, String> map = array("array", 1, i -> "v");
        AtomicInteger runs = new AtomicInteger();
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> runs.getAndIncrement());
        MapElement<Integer, String> inNmi = found(map, 0);
        Answers answers = new Answers()
            .allow("start", Status.OK, Status.REARMED, Status.EINVAL)
            .allow("cancel", Status.CANCELLED, Status.IDLE)
            .allow("setCallback", Status.OK);
        int rounds = Knobs.count(ROUNDS, 100);
        Crew.run(() -> {
            for (int i = 0; i < rounds; i++) {
                rt.nmiEnter();
                answers.of("start", inNmi.timer().start(0, 0));
                rt.nmiExit();
                pause(i);
            }
        }, () -> {
            for (int i = 0; i < rounds; i++) {
                answers.of("cancel", timer.cancel());
                answers.of("setCallback", timer.setCallback(prog, (in, key, value) -> runs.getAndIncrement()));
                pause(i);
            }
        });
        answers.of("cancel", timer.cancel());
        System.out.println("T46 " + runs + " ran, " + answers);
        answers.check();
        assertEquals(answers.count("start", Status.OK) - answers.count("cancel", Status.CANCELLED), runs.get());
        assertTrue(answers.count("start", Status.OK) > 0);
    }
}
