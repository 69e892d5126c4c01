// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GracePeriodTest {
    @Test
    void allWaitsRefuseInsideTheOwnSection() {
        try (Rcu rcu = Support.manual().build(); Rcu leased = Support.manual().ownedSlots(0).build()) {
            for (final Rcu each : new Rcu[] {rcu, leased}) {
                final long cookie = each.startPoll();
                final RcuSlot slot = each.readLock();
                try {
                    assertThrows(IllegalStateException.class, each::synchronize);
                    assertThrows(IllegalStateException.class, () -> each.synchronize(0));
                    assertThrows(IllegalStateException.class, each::synchronizeExpedited);
                    assertThrows(IllegalStateException.class, () -> each.condSynchronize(cookie));
                    assertThrows(IllegalStateException.class, each::barrier);
                    assertThrows(IllegalStateException.class, each::reclaim);
                    assertThrows(IllegalStateException.class, each::close);
                    assertThrows(IllegalStateException.class, () -> each.callRcuThrottled(new Support.Counting()));
                } finally {
                    slot.unlock();
                }
            }
        }
    }

    @Test
    void synchronizeWaitsForTheReaderBeforeIt() throws InterruptedException {
        try (Rcu rcu = Support.manual().build()) {
            final Support.HeldReader reader = new Support.HeldReader(rcu);
            final CountDownLatch done = new CountDownLatch(1);
            final Support.Worker waiter = Support.start(() -> {
                rcu.synchronize();
                done.countDown();
            });
            Support.until(() -> rcu.stats().epoch() > 1);
            assertEquals(1, done.getCount());
            // a reader that begins after the epoch moved does not hold it up
            final RcuSlot late = rcu.readLock();
            reader.leave();
            Support.await(done);
            late.unlock();
            waiter.end();
        }
    }

    @Test
    void interruptAbandonsTheWaitAndTheNextSucceeds() throws InterruptedException {
        try (Rcu rcu = Support.manual().build()) {
            final Support.HeldReader reader = new Support.HeldReader(rcu);
            final Support.Worker waiter = Support.start(() -> assertThrows(InterruptedException.class, rcu::synchronizeExpedited));
            Support.until(() -> rcu.stats().epoch() > 1);
            waiter.thread.interrupt();
            waiter.end();
            assertEquals(0, rcu.stats().gracePeriods());
            reader.leave();
            rcu.synchronizeExpedited();
            assertEquals(1, rcu.stats().gracePeriods());
        }
    }

    @Test
    void pendingInterruptIsThrownEvenIfNothingIsToWaitFor() {
        try (Rcu rcu = Support.manual().build()) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, rcu::synchronize);
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void reclaimAndCloseKeepAnInterrupt() {
        final Rcu rcu = Support.manual().build();
        Thread.currentThread().interrupt();
        rcu.reclaim();
        assertTrue(Thread.currentThread().isInterrupted());
        rcu.close();
        assertTrue(Thread.interrupted());
    }

    @Test
    void cookieIsCompleteAfterAFullGracePeriodOnly() throws InterruptedException {
        try (Rcu rcu = Support.manual().build()) {
            final long first = rcu.startPoll();
            assertFalse(rcu.poll(first));
            rcu.reclaim();
            assertTrue(rcu.poll(first));
            final long second = rcu.startPoll();
            assertTrue(second > first);
            assertFalse(rcu.poll(second));
            rcu.condSynchronize(second);
            assertTrue(rcu.poll(second));
            final long before = rcu.stats().gracePeriods();
            rcu.condSynchronize(second);
            assertEquals(before, rcu.stats().gracePeriods(), "a complete cookie starts nothing");
        }
    }

    @Test
    void foreignCookieIsRefused() {
        try (Rcu rcu = Support.manual().build()) {
            assertThrows(IllegalArgumentException.class, () -> rcu.condSynchronize(rcu.stats().epoch() + 2));
            assertThrows(IllegalArgumentException.class, () -> rcu.condSynchronize(0));
            assertFalse(rcu.poll(Long.MAX_VALUE));
        }
    }

    @Test
    void cookieOfARunningGracePeriodWaitsForTheNext() throws InterruptedException {
        try (Rcu rcu = Support.manual().build()) {
            final Support.HeldReader reader = new Support.HeldReader(rcu);
            final Support.Worker waiter = Support.start(rcu::synchronizeExpedited);
            Support.until(() -> rcu.stats().epoch() > 1);
            final long cookie = rcu.startPoll();
            reader.leave();
            waiter.end();
            assertFalse(rcu.poll(cookie));
            rcu.reclaim();
            assertTrue(rcu.poll(cookie));
        }
    }

    @Test
    void gracePeriodThatWasGivenUpCompletesNothing() throws InterruptedException {
        try (Rcu rcu = Support.manual().build()) {
            final Support.HeldReader reader = new Support.HeldReader(rcu);
            final long cookie = rcu.startPoll();
            assertFalse(rcu.synchronize(0));
            assertFalse(rcu.poll(cookie));
            reader.leave();
            rcu.reclaim();
            assertTrue(rcu.poll(cookie));
        }
    }

    @Test
    void reclaimerThreadCompletesACookie() {
        try (Rcu rcu = Rcu.builder().batchDelayNs(0).build()) {
            final long cookie = rcu.startPoll();
            final long end = System.nanoTime() + Support.LIMIT_S * 1_000_000_000L;
            while (!rcu.poll(cookie)) {
                assertTrue(System.nanoTime() < end, "cookie never completed");
                Thread.yield();
            }
        }
    }

    @Test
    void epochWrapIsAsserted() {
        assertThrows(AssertionError.class, () -> new EpochLine(EpochLine.LIMIT - 1).advance());
        assertEquals(EpochLine.LIMIT - 1, new EpochLine(EpochLine.LIMIT - 2).advance());
    }

    @Test
    void stallReportNamesTheReader() throws InterruptedException {
        for (final StallReport.Tier tier : StallReport.Tier.values()) {
            final AtomicReference<StallReport> seen = new AtomicReference<>();
            final CountDownLatch reported = new CountDownLatch(2);
            try (Rcu rcu = Support.manual().ownedSlots(tier == StallReport.Tier.OWNED ? 16 : 0)
                .leasedSlots(tier == StallReport.Tier.LEASED ? 16 : 0).stallTimeoutNs(1_000_000)
                .stallListener(report -> {
                    seen.compareAndSet(null, report);
                    reported.countDown();
                    throw new IllegalStateException("dropped");
                }).build()) {
                rcu.callRcu(new Support.Counting());
                final Support.HeldReader reader = new Support.HeldReader(rcu);
                final Support.Worker waiter = Support.start(rcu::synchronize);
                Support.await(reported);
                reader.leave();
                waiter.end();
                final StallReport report = seen.get();
                assertEquals(tier, report.tier());
                assertEquals(1, report.nest());
                assertEquals(1, report.backlog());
                assertTrue(report.waitedNs() >= 1_000_000);
                assertFalse(report.expedited());
                assertEquals(2, report.targetEpoch());
                if (tier != StallReport.Tier.COUNTER) {
                    assertEquals("worker", report.threadName());
                    assertEquals(1, report.epochLag());
                    assertFalse(report.endedBeforeDump());
                    assertTrue(report.stack().stream().anyMatch(f -> f.getClassName().contains("HeldReader")));
                }
                assertTrue(rcu.stats().stalls() >= 2);
            }
        }
    }

    @Test
    void waitsRefuseInAStallListener() throws InterruptedException {
        final AtomicReference<Rcu> domain = new AtomicReference<>();
        final AtomicReference<Throwable> refusal = new AtomicReference<>();
        final CountDownLatch reported = new CountDownLatch(1);
        try (Rcu rcu = Support.manual().expeditedStallTimeoutNs(1).stallListener(report -> {
            try {
                domain.get().synchronizeExpedited();
            } catch (final Throwable e) {
                refusal.compareAndSet(null, e);
            }
            reported.countDown();
        }).build()) {
            domain.set(rcu);
            final Support.HeldReader reader = new Support.HeldReader(rcu);
            final Support.Worker waiter = Support.start(rcu::synchronizeExpedited);
            Support.await(reported);
            reader.leave();
            waiter.end();
            assertEquals(IllegalStateException.class, refusal.get().getClass());
        }
    }
}
