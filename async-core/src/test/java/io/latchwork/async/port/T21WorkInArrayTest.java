// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * The original: a work in an array, started by a program that must not sleep, runs. Here the program that must not
 * sleep is a timer's callback.
 */
class T21WorkInArrayTest extends WorkCase {
    @Test
    void aWorkOfAnArrayRunsOnce() {
        useDriven();
        runsOnce(array("array", 2, i -> "v"));
    }

    @Test
    void aWorkOfAnArrayStartedInATimersCallbackRuns() {
        useDriven();
        startInTimerCallback(array("array", 2, i -> "v"), KEY);
        driver.drain();
        assertEquals(1 << KEY, ok.get(), () -> "errors: " + errors);
    }
}
