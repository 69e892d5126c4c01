// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadSectionTest {
    @Test
    void platformThreadGetsItsOwnedSlotAgain() {
        try (Rcu rcu = Support.manual().build()) {
            final RcuSlot first = rcu.readLock();
            first.unlock();
            final RcuSlot second = rcu.readLock();
            second.close();
            assertSame(first, second);
            assertEquals(SlotFields.OWNED, first.kind);
        }
    }

    @Test
    void nestedLevelsHoldUntilTheLast() throws InterruptedException {
        try (Rcu rcu = Support.manual().build()) {
            final RcuSlot outer = rcu.readLock();
            final RcuSlot inner = rcu.readLock();
            assertEquals(2, outer.nest());
            inner.unlock();
            assertTrue(rcu.isReadHeld());
            final Support.Worker other = Support.start(() -> assertFalse(rcu.synchronize(0)));
            other.end();
            outer.unlock();
            assertFalse(rcu.isReadHeld());
            assertTrue(rcu.synchronize(0));
        }
    }

    /** Stall reports are the sign that the grace period has looked again. */
    @Test
    void levelTakenInsideARunningGracePeriodDoesNotEndItsWait() throws InterruptedException {
        final AtomicInteger reports = new AtomicInteger();
        try (Rcu rcu = Support.manual().expeditedStallTimeoutNs(1_000)
            .stallListener(report -> reports.incrementAndGet()).build()) {
            final RcuSlot outer = rcu.readLock();
            final Support.Worker waiter = Support.start(rcu::synchronizeExpedited);
            Support.until(() -> reports.get() > 0);
            final RcuSlot inner = rcu.readLock();
            final int before = reports.get();
            Support.until(() -> reports.get() > before + 1 || !waiter.thread.isAlive());
            assertTrue(waiter.thread.isAlive(), "the grace period did not wait for the outer level");
            inner.unlock();
            outer.unlock();
            waiter.end();
        }
    }

    @Test
    void unlockWithoutLockIsRefused() {
        try (Rcu rcu = Support.manual().build()) {
            final RcuSlot slot = rcu.readLock();
            slot.unlock();
            assertThrows(IllegalStateException.class, slot::unlock);
            assertFalse(rcu.isReadHeld());
        }
    }

    @Test
    void leasedUnlockByAnotherThreadIsRefused() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(0).build()) {
            final RcuSlot slot = rcu.readLock();
            Support.start(() -> assertThrows(IllegalStateException.class, slot::unlock)).end();
            assertTrue(rcu.isReadHeld());
            slot.unlock();
            assertThrows(IllegalStateException.class, slot::unlock);
        }
    }

    @Test
    void nestingDeeperThanTheCountIsRefused() {
        try (Rcu rcu = Support.manual().build()) {
            RcuSlot slot = null;
            for (int i = 0; i < SlotFields.NEST_MASK; i++) {
                slot = rcu.readLock();
            }
            assertThrows(IllegalStateException.class, rcu::readLock);
            for (int i = 0; i < SlotFields.NEST_MASK; i++) {
                slot.unlock();
            }
            assertFalse(rcu.isReadHeld());
        }
    }

    @Test
    void withoutOwnedSlotsSectionsLease() {
        try (Rcu rcu = Support.manual().ownedSlots(0).build()) {
            final RcuSlot outer = rcu.readLock();
            final RcuSlot inner = rcu.readLock();
            assertEquals(SlotFields.LEASED, outer.kind);
            assertEquals(SlotFields.LEASED, inner.kind);
            outer.unlock();
            assertTrue(rcu.isReadHeld());
            inner.unlock();
            assertFalse(rcu.isReadHeld());
            assertEquals(1, rcu.stats().epoch());
        }
    }

    @Test
    void withoutAnySlotsSectionsCount() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(0).leasedSlots(0).build()) {
            final RcuSlot slot = rcu.readLock();
            assertEquals(SlotFields.COUNTER, slot.kind);
            assertFalse(rcu.isReadHeld(), "documented: cannot be known");
            Support.start(() -> assertFalse(rcu.synchronize(0))).end();
            slot.unlock();
            assertTrue(rcu.synchronize(0));
            assertTrue(rcu.synchronize(0));
        }
    }

    @Test
    void fullTablesFallThroughTierByTier() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(1).leasedSlots(1).build()) {
            final List<Support.HeldReader> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(new Support.HeldReader(rcu));
            }
            assertEquals(SlotFields.OWNED, readers.get(0).kind);
            assertEquals(SlotFields.LEASED, readers.get(1).kind);
            assertEquals(SlotFields.COUNTER, readers.get(2).kind);
            for (int i = 2; i >= 0; i--) {
                assertFalse(rcu.synchronize(0), "reader " + i + " is inside");
                readers.get(i).leave();
            }
            assertTrue(rcu.synchronize(0));
        }
    }

    @Test
    void virtualThreadsLeaseAndOlderJdksForceTheTier() throws InterruptedException {
        final boolean virtual = Support.hasVirtualThreads();
        try (Rcu rcu = Support.manual().ownedSlots(virtual ? 16 : 0).build()) {
            final Support.HeldReader reader = new Support.HeldReader(rcu, virtual);
            assertEquals(SlotFields.LEASED, reader.kind);
            assertFalse(rcu.synchronize(0));
            reader.leave();
            assertTrue(rcu.synchronize(0));
        }
    }

    @Test
    void readersWorkAfterClose() throws InterruptedException {
        final Rcu rcu = Support.manual().build();
        rcu.close();
        final RcuSlot slot = rcu.readLock();
        assertTrue(rcu.isReadHeld());
        slot.unlock();
        rcu.synchronize();
    }

    @Test
    void deadOwnerIsReleasedAndItsSlotServesAgain() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(1).build()) {
            Support.start(() -> {
                rcu.readLock();
                rcu.readLock();
                rcu.nmiEnter();
            }).end();
            assertEquals(SlotFields.LEASED, Support.tierOf(rcu));
            rcu.synchronize();
            assertEquals(1, rcu.stats().autoReleased());
            assertEquals(SlotFields.OWNED, Support.tierOf(rcu));
            assertFalse(rcu.inNmi());
        }
    }

    @Test
    void deadOwnerOutsideASectionGivesItsSlotBackUncounted() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(1).build()) {
            Support.start(() -> rcu.readLock().unlock()).end();
            rcu.synchronize();
            assertEquals(0, rcu.stats().autoReleased());
            assertEquals(SlotFields.OWNED, Support.tierOf(rcu));
        }
    }

    @Test
    void deadLesseeIsReleased() throws InterruptedException {
        try (Rcu rcu = Support.manual().ownedSlots(0).leasedSlots(1).build()) {
            Support.start(rcu::readLock).end();
            assertEquals(SlotFields.COUNTER, Support.tierOf(rcu));
            rcu.synchronize();
            assertEquals(1, rcu.stats().autoReleased());
            assertEquals(SlotFields.LEASED, Support.tierOf(rcu));
        }
    }
}
