// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The original: as T21 in a preallocated hash map; the port changes as there. */
class T23WorkInPreallocatedHashTest extends WorkCase {
    @Test
    void aWorkOfAPreallocatedHashMapRunsOnce() {
        useDriven();
        runsOnce(rt.hashMap("hash", 2));
    }

    @Test
    void aWorkOfAPreallocatedHashMapStartedInATimersCallbackRuns() {
        useDriven();
        startInTimerCallback(rt.hashMap("hash", 2), KEY);
        driver.drain();
        assertEquals(1 << KEY, ok.get(), () -> "errors: " + errors);
    }
}
