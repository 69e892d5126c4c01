// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * The original: set_callback from task and NMI at once always succeeds. Here it may answer EBUSY when more writers than
 * the cell has slots are stopped in mid-call, which is counted; the NMI is an {@link Interrupt}.
 */
class T32ConcurrentSetCallbackTest extends Conctest {
    private static final int ITERATIONS = 50_000;

    @Test
    void setCallbackSucceedsInTask() {
        open();
        inTask(Knobs.count(ITERATIONS, 100), e -> answers.of("setCallback", e.timer().setCallback(prog, this::reArm)));
        check();
    }

    @Test
    @Needs(Feature.NMI)
    void setCallbackSucceedsInTaskAndNmi() {
        open();
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), e -> answers.of("setCallback", e.timer().setCallback(prog, this::reArm)));
        check();
    }

    private void open() {
        openArmed();
        answers.allow("setCallback", Status.OK, Status.EBUSY);
    }

    private void check() {
        assertTrue(answers.done("setCallback") > 99 * answers.count("setCallback", Status.EBUSY), answers::toString);
    }
}
