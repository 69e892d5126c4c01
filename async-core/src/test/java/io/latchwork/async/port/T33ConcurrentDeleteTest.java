// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.port.Interrupt.Key;
import org.junit.jupiter.api.Test;

/**
 * The original: delete, init again and start, from task and NMI at once; there its map is an array, so that deleting
 * never succeeds and the rest is dead code. Here it is a hash map, and it does; the NMI is an {@link Interrupt}.
 */
class T33ConcurrentDeleteTest extends Conctest {
    private static final int ITERATIONS = 20_000;

    private void open() {
        openArmed();
        answers.allow("delete", Status.OK, Status.ENOENT)
            .allow("update", Status.OK)
            .allow("init", Status.OK, Status.EBUSY, Status.ENOENT)
            .allow("setCallback", Status.OK, Status.EINVAL, Status.ENOENT, Status.EBUSY)
            .allow("start", Status.OK, Status.REARMED, Status.EINVAL, Status.ENOENT, Status.ECANCELED);
    }

    private void deleteAndReinit(MapElement<Key, String> element) {
        answers.of("delete", map.delete(key));
        answers.of("update", map.update(key, "v"));
        map.lookup(key, element);
        reinit(element);
    }

    private void check() {
        assertTrue(answers.done("delete") > 0 && answers.done("init") > 0 && answers.done("start") > 0, answers::toString);
    }

    @Test
    void deleteAndReinitInTask() {
        open();
        inTask(Knobs.count(ITERATIONS, 100), this::deleteAndReinit);
        check();
    }

    @Test
    @Needs(Feature.NMI)
    void deleteAndReinitInTaskAndNmi() {
        open();
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), this::deleteAndReinit);
        check();
    }
}
