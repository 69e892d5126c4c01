// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/** The original: start from task and NMI at once always succeeds. The NMI is an {@link Interrupt}. */
class T29ConcurrentStartTest extends Conctest {
    private static final int ITERATIONS = 50_000;

    @Test
    void startIsNeverRefusedInTask() {
        openArmed();
        answers.allow("start", Status.OK, Status.REARMED);
        inTask(Knobs.count(ITERATIONS, 100), e -> answers.of("start", e.timer().start(0, pinned())));
    }

    @Test
    @Needs(Feature.NMI)
    void startIsNeverRefusedInTaskAndNmi() {
        openArmed();
        answers.allow("start", Status.OK, Status.REARMED);
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), e -> answers.of("start", e.timer().start(0, pinned())));
    }
}
