// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RefCountTest {
    @Test
    void theLastPutIsToldAndZeroIsFinal() {
        RefCount refs = new RefCount(1);
        assertTrue(refs.tryGet());
        assertEquals(2, refs.get());
        assertFalse(refs.put());
        assertTrue(refs.put());
        assertFalse(refs.tryGet(), "a dead object was revived");
        assertEquals(0, refs.get());
    }

    @Test
    void aSurplusPutIsReportedWithTheCount() {
        RefCount refs = new RefCount(0);
        IllegalStateException surplus = assertThrows(IllegalStateException.class, refs::put);
        assertTrue(surplus.getMessage().contains("0"));
    }

    @Test
    void tryPutStopsAtZero() {
        RefCount refs = new RefCount(1);
        assertTrue(refs.tryPut());
        assertFalse(refs.tryPut());
        assertEquals(0, refs.get());
    }

    @Test
    void resetBeginsANewLife() {
        RefCount refs = new RefCount(0);
        refs.reset(1);
        assertTrue(refs.tryGet());
    }

    @Test
    void aQuotaRefusesAtItsLimitAndTakesAgainAfterGivingBack() {
        Quota quota = new Quota(1);
        assertTrue(quota.tryTake());
        assertFalse(quota.tryTake());
        assertEquals(1, quota.used());
        quota.giveBack();
        assertEquals(0, quota.used());
        assertTrue(quota.tryTake());
    }
}
