// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/** The original: as T21 in a hash map that is not preallocated; the port changes as there. */
@Needs({Feature.WORKS, Feature.GROWING})
class T24WorkInGrowingHashTest extends WorkCase {
    @Test
    void aWorkOfAGrowingHashMapRunsOnce() {
        useDriven();
        runsOnce(rt.growingHashMap("growing", 2));
    }

    @Test
    void aWorkOfAGrowingHashMapStartedInATimersCallbackRuns() {
        useDriven();
        startInTimerCallback(rt.growingHashMap("growing", 2), KEY);
        driver.drain();
        assertEquals(1 << KEY, ok.get(), () -> "errors: " + errors);
    }
}
