// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.port.Interrupt.Key;
import org.junit.jupiter.api.Test;

/**
 * The original: cancel_async from task and NMI at once. Here the timer is armed again after each, since a cancelled
 * periodic timer stays cancelled; the NMI is an {@link Interrupt}.
 */
class T31ConcurrentCancelAsyncTest extends Conctest {
    private static final int ITERATIONS = 50_000;

    private void open() {
        openArmed();
        answers.allow("cancelAsync", Status.CANCELLED, Status.IDLE, Status.RUNNING)
            .allow("start", Status.OK, Status.REARMED, Status.ECANCELED); // ECANCELED: in NMI inside the callback
    }

    private void cancelAndArm(MapElement<Key, String> element) {
        answers.of("cancelAsync", element.timer().cancelAsync());
        answers.of("start", element.timer().start(0, pinned()));
    }

    @Test
    void cancelAsyncIsNeverRefusedInTask() {
        open();
        inTask(Knobs.count(ITERATIONS, 100), this::cancelAndArm);
    }

    @Test
    @Needs(Feature.NMI)
    void cancelAsyncIsNeverRefusedInTaskAndNmi() {
        open();
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), this::cancelAndArm);
    }
}
