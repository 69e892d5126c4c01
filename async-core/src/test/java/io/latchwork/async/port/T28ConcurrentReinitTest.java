// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/** The original: init of an initialised timer, from task and NMI at once, is EBUSY. The NMI is an {@link Interrupt}. */
class T28ConcurrentReinitTest extends Conctest {
    private static final int ITERATIONS = 50_000;

    @Test
    void initOfAnInitialisedTimerIsBusyInTask() {
        openArmed();
        answers.allow("init", Status.EBUSY);
        inTask(Knobs.count(ITERATIONS, 100), e -> answers.of("init", e.timer().init(map, ClockId.MONOTONIC)));
    }

    @Test
    @Needs(Feature.NMI)
    void initOfAnInitialisedTimerIsBusyInTaskAndNmi() {
        openArmed();
        answers.allow("init", Status.EBUSY);
        inTaskAndNmi(Knobs.count(ITERATIONS, 100), e -> answers.of("init", e.timer().init(map, ClockId.MONOTONIC)));
    }
}
