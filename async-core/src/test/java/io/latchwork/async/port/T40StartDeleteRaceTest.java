// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * The original: two pinned threads, two million times: one looks up, inits, sets the callback and starts for 100 ms,
 * the other deletes the element; the memory checker must stay silent (Z37). As stored its map is an array, which
 * refuses to delete, so here one form is a hash map and one an array that is updated instead; delays differ, so that
 * expiries meet deletes too; and the audit is the memory checker: pools are full, counts zero, nothing armed.
 */
class T40StartDeleteRaceTest extends RaceCase {
    private static final int OPERATIONS = 2_000_000;
    /** Of the original's count, for the second form. */
    private static final double PERCENT_OF_UPDATES = 25;

    private final Answers answers = new Answers()
        .allow("update", Status.OK)
        .allow("delete", Status.OK, Status.ENOENT)
        .allow("init", Status.OK, Status.EBUSY, Status.ENOENT)
        .allow("setCallback", Status.OK, Status.EINVAL, Status.ENOENT)
        .allow("start", Status.OK, Status.REARMED, Status.EINVAL, Status.ENOENT);

    @Test
    void startingAgainstDeleting() throws Exception {
        repeat(() -> {
            useLaunched(2);
            BpfMap<Integer, String> map = rt.hashMap("race", 2);
            race(map, true, Knobs.count(OPERATIONS, 100), () -> map.delete(0));
        });
        assertTrue(answers.count("delete", Status.OK) > 0, answers::toString);
    }

    @Test
    void startingAgainstUpdating() throws Exception {
        repeat(() -> {
            useLaunched(2);
            BpfMap<Integer, String> map = array("race", 2, i -> "v");
            race(map, false, Knobs.count(OPERATIONS, PERCENT_OF_UPDATES), () -> map.update(0, "w"));
        });
    }

    private interface Free {
        Status free();
    }

    private void race(BpfMap<Integer, String> map, boolean deletes, int operations, Free other) {
        Crew.run(() -> starter(map, deletes, operations), () -> {
            bind(1);
            for (int i = 0; i < operations; i++) {
                answers.of(deletes ? "delete" : "update", other.free());
            }
            bind(-1);
        });
        answers.of(deletes ? "delete" : "update", other.free());
        answers.check();
        assertTrue(answers.done("start") > 0, answers::toString);
        if (has(Feature.AUDIT)) {
            assertEquals(0, rt.audit().armedTimers(), "armed though its element was freed");
            Crew.await("every block is back", () -> rt.audit().blocks() == 0);
        }
    }

    private void starter(BpfMap<Integer, String> map, boolean inserts, int operations) {
        bind(0);
        MapElement<Integer, String> element = map.handle();
        BpfTimer<Integer, String> timer = element.timer();
        for (int i = 0; i < operations; i++) {
            if (inserts && map.lookup(0, element) == Status.ENOENT) {
                answers.of("update", map.update(0, "v"));
            }
            map.lookup(0, element);
            answers.of("init", timer.init(map, ClockId.MONOTONIC));
            answers.of("setCallback", timer.setCallback(prog, (in, key, value) -> { }));
            answers.of("start", timer.start(i % 4 == 0 ? i % 3 * US : 100 * MS, has(Feature.PIN) ? BpfTimer.TIMER_CPU_PIN : 0));
        }
        bind(-1);
    }
}
