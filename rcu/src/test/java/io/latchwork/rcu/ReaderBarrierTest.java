// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a grace period makes its barrier: with one that a test controls, so on every JDK and processor. */
class ReaderBarrierTest {
    /** Stands for the barrier of the kernel, as what makes a publication visible that was on its way. */
    private static final class Staged implements ReaderBarrier {
        private final ReaderMode mode = new ReaderMode(true, "staged");
        private Rcu rcu;
        private RcuSlot late;       // of a reader whose publication waits in a store buffer
        private long lateEpoch;     // what that reader loaded
        private int runs;
        private long epochAtRun;
        private boolean refuses;

        @Override
        public ReaderMode mode() {
            return mode;
        }

        @Override
        public void run() {
            runs++;
            epochAtRun = rcu.tables().epochs().current();
            if (refuses) {
                throw new IllegalStateException("refused");
            }
            if (late != null) {
                late.enterOwned(new EpochLine(lateEpoch), true);
            }
        }
    }

    private static Rcu domain(final Staged barrier) {
        final Rcu rcu = Support.manual().barrier(barrier).build();
        barrier.rcu = rcu;
        return rcu;
    }

    @Test
    void sectionThatTheBarrierMakesVisibleIsWaitedFor() throws InterruptedException {
        final Staged barrier = new Staged();
        try (Rcu rcu = domain(barrier)) {
            barrier.late = rcu.tables().slots().owned[0];
            assertTrue(barrier.late.tryOwn(Thread.currentThread()));
            barrier.lateEpoch = rcu.stats().epoch();
            final Support.Worker waiter = Support.start(
                () -> assertFalse(rcu.synchronize(TimeUnit.MILLISECONDS.toNanos(20)), "the scan came before the barrier"));
            waiter.end();
            assertEquals(1, barrier.runs);
            assertEquals(0, rcu.stats().gracePeriods());
            barrier.late.unlock();
            barrier.late = null;
            rcu.synchronizeExpedited();
        }
    }

    @Test
    void readerThatTheBarrierMissesHasLoadedTheNewEpochOrSeesTheUnlink() throws InterruptedException {
        final Staged barrier = new Staged();
        try (Rcu rcu = domain(barrier)) {
            for (int i = 0; i < 3; i++) {
                final long before = rcu.stats().epoch();
                rcu.synchronizeExpedited();
                assertEquals(before + 1, barrier.epochAtRun, "the barrier came before the increment of the epoch");
            }
        }
    }

    @Test
    void gracePeriodMakesOneBarrierHoweverManyCallbacksAndReadersThereAre() throws InterruptedException {
        final Staged barrier = new Staged();
        try (Rcu rcu = domain(barrier)) {
            for (int i = 0; i < 100; i++) {
                rcu.callRcu(new Support.Counting());
                rcu.readLock().unlock();
            }
            assertEquals(0, barrier.runs);
            assertEquals(100, rcu.reclaim());
            assertEquals(1, barrier.runs);
        }
    }

    @Test
    void refusedBarrierEndsNoGracePeriodAndKeepsTheCallbacks() throws InterruptedException {
        final Staged barrier = new Staged();
        try (Rcu rcu = domain(barrier)) {
            final Support.Counting head = new Support.Counting();
            rcu.callRcu(head);
            barrier.refuses = true;
            assertThrows(IllegalStateException.class, rcu::synchronizeExpedited);
            assertThrows(IllegalStateException.class, rcu::reclaim);
            assertEquals(0, rcu.stats().gracePeriods());
            assertEquals(0, head.runs);
            barrier.refuses = false;
            assertEquals(1, rcu.reclaim());
            assertEquals(1, head.runs);
        }
    }
}
