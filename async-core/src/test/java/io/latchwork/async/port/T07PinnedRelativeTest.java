// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * The original: a relative pinned start runs its callback on the CPU that armed it. Here a base is what a CPU is there,
 * and the thread says by bindThread which one it is on; a callback is on the base that runs it.
 */
@Needs(Feature.PIN)
class T07PinnedRelativeTest extends PinCase {
    @Override
    Status startPinned(BpfTimer<Integer, String> timer, long ahead) {
        return timer.start(ahead, BpfTimer.TIMER_CPU_PIN);
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
