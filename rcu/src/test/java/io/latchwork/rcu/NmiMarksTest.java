// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NmiMarksTest {
    private static void nests(final Rcu rcu) throws InterruptedException {
        assertFalse(rcu.inNmi());
        rcu.nmiEnter();
        rcu.nmiEnter();
        assertTrue(rcu.inNmi());
        assertFalse(rcu.isReadHeld());
        assertTrue(rcu.synchronize(0), "a mark holds no grace period back");
        rcu.nmiExit();
        assertTrue(rcu.inNmi());
        rcu.nmiExit();
        assertFalse(rcu.inNmi());
        assertThrows(IllegalStateException.class, rcu::nmiExit);
        assertFalse(rcu.inNmi());
    }

    @Test
    void marksNestInEveryTier() throws InterruptedException {
        try (Rcu owned = Support.manual().build();
             Rcu leased = Support.manual().ownedSlots(0).build();
             Rcu unnamed = Support.manual().ownedSlots(0).leasedSlots(0).build()) {
            for (final Rcu rcu : new Rcu[] {owned, leased, unnamed}) {
                nests(rcu);
            }
        }
    }

    @Test
    void marksNestOnVirtualThreads() throws InterruptedException {
        try (Rcu leased = Support.manual().build(); Rcu unnamed = Support.manual().leasedSlots(0).build()) {
            for (final Rcu rcu : new Rcu[] {leased, unnamed}) {
                new Support.Worker(Support.hasVirtualThreads(), () -> nests(rcu)).end();
            }
        }
    }

    @Test
    void namedMarksConcernOneThread() throws InterruptedException {
        for (final int owned : new int[] {16, 0}) {
            try (Rcu rcu = Support.manual().ownedSlots(owned).build()) {
                rcu.nmiEnter();
                Support.start(() -> assertFalse(rcu.inNmi())).end();
                rcu.nmiExit();
            }
        }
    }

    @Test
    void unnamedMarksConcernAllThreadsOfTheSort() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(0).leasedSlots(0).build()) {
            rcu.nmiEnter();
            Support.start(() -> assertTrue(rcu.inNmi())).end();
            if (Support.hasVirtualThreads()) {
                new Support.Worker(true, () -> assertFalse(rcu.inNmi())).end();
            }
            rcu.nmiExit();
            Support.start(() -> assertFalse(rcu.inNmi())).end();
        }
    }

    @Test
    void markTakenWithoutASlotIsTakenBackWithOne() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(1).build()) {
            Support.start(() -> rcu.readLock().unlock()).end();
            rcu.nmiEnter();
            rcu.synchronize();
            assertEquals(SlotFields.OWNED, Support.tierOf(rcu));
            assertTrue(rcu.inNmi());
            rcu.nmiExit();
            assertFalse(rcu.inNmi());
        }
    }

    @Test
    void marksOfTheDeadAreTakenBack() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(0).leasedSlots(1).build()) {
            Support.start(rcu::nmiEnter).end();
            rcu.synchronize();
            rcu.nmiEnter();
            Support.start(() -> assertFalse(rcu.inNmi(), "the one entry is free again, so the mark has a name")).end();
            rcu.nmiExit();
        }
    }

    @Test
    void marksOfADeadOwnerDoNotPassToTheNextOne() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(1).leasedSlots(0).build()) {
            Support.start(rcu::nmiEnter).end();
            rcu.synchronize();
            assertEquals(SlotFields.OWNED, Support.tierOf(rcu));
            assertFalse(rcu.inNmi());
        }
    }
}
