// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/** The original: as T07 with an absolute deadline; the port changes as there. */
@Needs(Feature.PIN)
class T08PinnedAbsoluteTest extends PinCase {
    @Override
    Status startPinned(BpfTimer<Integer, String> timer, long ahead) {
        return timer.start(now() + ahead, BpfTimer.TIMER_ABS | BpfTimer.TIMER_CPU_PIN);
    }

    @Test
    void aPinnedTimerFiresOnTheBaseItWasArmedOn() {
        pinnedTimersFireWhereTheyWereArmed();
    }

    @Test
    void aPinnedTimerFiresOnTheThreadOfTheBaseItWasArmedOn() {
        pinnedTimersFireOnTheThreadOfTheBase();
    }
}
