// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.port.Interrupt.Key;
import org.junit.jupiter.api.Test;

/**
 * The original: cancel from task context on several CPUs answers 0 or 1 and always comes back. Here the timer is armed
 * again after each cancel, which takes its callback away.
 */
class T30ConcurrentCancelTest extends Conctest {
    private static final int ITERATIONS = 20_000;

    @Test
    void cancelAlwaysComesBack() {
        openArmed();
        answers.allow("cancel", Status.CANCELLED, Status.IDLE)
            .allow("setCallback", Status.OK, Status.EBUSY)
            .allow("start", Status.OK, Status.REARMED, Status.EINVAL);
        inTask(Knobs.count(ITERATIONS, 100), this::cancelAndArm);
    }

    private void cancelAndArm(MapElement<Key, String> element) {
        answers.of("cancel", element.timer().cancel());
        answers.of("setCallback", element.timer().setCallback(prog, this::reArm));
        answers.of("start", element.timer().start(0, pinned()));
    }
}
