// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The meter itself can fail. */
public class AllocationMeterTest {

    private Object kept;

    @Test
    void seesAnAllocation() {
        assertTrue(AllocationMeter.bytes(() -> kept = new long[100]) >= 800);
        assertEquals(100, ((long[]) kept).length);
    }

    @Test
    void seesNone() {
        assertEquals(0, AllocationMeter.bytes(() -> { }));
    }
}
