// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.WorkCallback;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.port.Interrupt.Key;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The original: start, set_callback, and delete with init again, of a work, from task and NMI at once, on an array,
 * whose delete is refused. Here it is a hash map; and an item must never run on two workers at once.
 */
@Needs({Feature.WORKS, Feature.NMI})
class T34ConcurrentWorkTest extends Conctest {
    private static final int ITERATIONS = 20_000;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicLong runs = new AtomicLong();
    private final AtomicInteger together = new AtomicInteger();
    private final WorkCallback<Key, String> callback = (in, k, value) -> runs.getAndIncrement();
    private final WorkCallback<Key, String> alone = (in, k, value) -> {
        if (inside.getAndIncrement() != 0) {
            together.getAndIncrement();
        }
        Crew.spin(20);
        inside.getAndDecrement();
        runs.getAndIncrement();
    };

    private void open(WorkCallback<Key, String> code) {
        openArmed();
        answers.allow("wq.delete", Status.OK, Status.ENOENT)
            .allow("wq.update", Status.OK)
            .allow("wq.init", Status.OK, Status.EBUSY, Status.ENOENT)
            .allow("wq.setCallback", Status.OK, Status.EBUSY)
            .allow("wq.start", Status.OK, Status.PENDING);
        assertEquals(Status.OK, found(map, key).wq().init(map));
        assertEquals(Status.OK, found(map, key).wq().setCallback(prog, code));
    }

    @Test
    void startIsNeverRefusedAndNoItemRunsTwiceAtOnce() {
        open(alone);
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), e -> answers.of("wq.start", e.wq().start()));
        found(map, key).wq().flush();
        assertEquals(0, together.get(), "runs of one item at the same time");
        assertTrue(runs.get() > 0);
        assertTrue(runs.get() <= answers.count("wq.start", Status.OK), () -> runs + " runs, " + answers);
    }

    @Test
    void everyStartThatWasNotPendingLeadsToARunOfItsOwn() {
        open(callback);
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), e -> answers.of("wq.start", e.wq().start()));
        found(map, key).wq().flush();
        assertEquals(answers.count("wq.start", Status.OK), runs.get());
    }

    @Test
    void setCallbackUnderStarts() {
        open(callback);
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), e -> {
            answers.of("wq.setCallback", e.wq().setCallback(prog, callback));
            answers.of("wq.start", e.wq().start());
        });
        assertTrue(answers.done("wq.setCallback") > 99 * answers.count("wq.setCallback", Status.EBUSY), answers::toString);
    }

    @Test
    void deleteAndReinitUnderStarts() {
        open(callback);
        answers.allow("wq.setCallback", Status.OK, Status.EINVAL, Status.ENOENT, Status.EBUSY)
            .allow("wq.start", Status.OK, Status.PENDING, Status.EINVAL, Status.ENOENT);
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), this::deleteAndReinit);
        assertTrue(answers.done("wq.delete") > 0 && answers.done("wq.start") > 0, answers::toString);
    }

    private void deleteAndReinit(MapElement<Key, String> element) {
        answers.of("wq.delete", map.delete(key));
        answers.of("wq.update", map.update(key, "v"));
        map.lookup(key, element);
        answers.of("wq.init", element.wq().init(map));
        answers.of("wq.setCallback", element.wq().setCallback(prog, callback));
        answers.of("wq.start", element.wq().start());
    }
}
