// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The moves of the state table. */
public class IrqWorkTest {

    private final IrqWork work = new CountingWork("w", new ArrayList<>());

    private void state(final int flags) {
        assertEquals((flags & IrqWork.PENDING) != 0, work.isPending(), "PENDING");
        assertEquals((flags & IrqWork.BUSY) != 0, work.isBusy(), "BUSY");
        assertEquals(flags == 0, work.isIdle(), "idle");
    }

    @Test
    void startsIdle() {
        state(0);
    }

    @Test
    void claimBeginFinish() {
        assertTrue(work.claim());
        state(IrqWork.PENDING);
        work.begin();
        state(IrqWork.BUSY);
        work.finish();
        state(0);
    }

    @Test
    void i1_secondClaimIsRefused() {
        assertTrue(work.claim());
        assertFalse(work.claim());
        state(IrqWork.PENDING);
    }

    @Test
    void claimWhileRunningStandsWhenTheRunEnds() {
        work.claim();
        work.begin();
        assertTrue(work.claim(), "I2: a claim during a run is a new one");
        state(IrqWork.CLAIMED);
        assertFalse(work.claim());
        work.finish();
        state(IrqWork.PENDING);
        work.begin();
        state(IrqWork.BUSY);
        work.finish();
        state(0);
    }

    @Test
    void undoneClaimLeavesIdle() {
        work.claim();
        work.unclaim();
        state(0);
    }

    @Test
    void claimUndoneDuringARunLeavesTheRun() {
        work.claim();
        work.begin();
        work.claim();
        work.unclaim();
        state(IrqWork.BUSY);
        work.finish();
        state(0);
    }

    @Test
    void claimMadeDuringARunAndUndoneAfterItLeavesIdle() {
        work.claim();
        work.begin();
        work.claim();
        work.finish();
        work.unclaim();
        state(0);
    }
}
