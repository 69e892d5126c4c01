// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfWq;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.port.Interrupt.Key;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The original: schedule and delete of task works (callbacks run in a chosen task when it next returns to user mode),
 * from task and NMI. A JVM has no such moment and the library no such object; the nearest is a work, so this schedules
 * works and deletes them, from task and NMI at once: none may run more often than it was scheduled, and none after it
 * was deleted.
 */
@Needs({Feature.WORKS, Feature.NMI})
class T35TaskWorkTest extends Conctest {
    private static final int ITERATIONS = 10_000;

    private final AtomicLong ran = new AtomicLong();

    @Test
    void schedulingAndDeletingFromTaskAndNmi() {
        openArmed();
        answers.allow("update", Status.OK)
            .allow("init", Status.OK, Status.EBUSY, Status.ENOENT)
            .allow("setCallback", Status.OK, Status.EINVAL, Status.ENOENT, Status.EBUSY)
            .allow("schedule", Status.OK, Status.PENDING, Status.EINVAL, Status.ENOENT)
            .allow("delete", Status.OK, Status.ENOENT);
        Key[] keys = {interrupt.key(1), interrupt.key(2)};
        AtomicInteger turn = new AtomicInteger();
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), element -> schedule(keys[turn.getAndIncrement() & 1], element, turn.get()));
        System.out.println("T35 " + ran + " ran");
        assertTrue(answers.done("schedule") > 0 && answers.done("delete") > 0, answers::toString);
        assertTrue(ran.get() <= answers.count("schedule", Status.OK), () -> ran + " ran, " + answers);
    }

    private void schedule(Key own, MapElement<Key, String> element, int turn) {
        answers.of("update", map.update(own, "v"));
        map.lookup(own, element);
        answers.of("init", element.wq().init(map));
        answers.of("setCallback", element.wq().setCallback(prog, (in, k, value) -> ran.getAndIncrement()));
        answers.of("schedule", element.wq().start());
        if (turn % 3 == 0) {
            answers.of("delete", map.delete(own));
        }
    }

    @Test
    void whatIsDeletedBeforeItsTurnDoesNotRun() {
        useDriven();
        BpfHashMap<Integer, String> works = rt.hashMap("works", 2);
        for (int key = 0; key < 2; key++) {
            assertEquals(Status.OK, works.update(key, "v"));
            BpfWq<Integer, String> wq = found(works, key).wq();
            assertEquals(Status.OK, wq.init(works));
            assertEquals(Status.OK, wq.setCallback(prog, (in, k, value) -> ran.getAndIncrement()));
            rt.nmiEnter();
            assertEquals(Status.OK, wq.start());
            assertEquals(Status.PENDING, wq.start());
            rt.nmiExit();
        }
        rt.nmiEnter();
        assertEquals(Status.OK, works.delete(0));
        rt.nmiExit();
        driver.drain();
        assertEquals(1, ran.get());
    }
}
