// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CallbackTest {
    @Test
    void callbacksOfOneThreadRunInOrderInsideReclaim() {
        try (Rcu rcu = Support.manual().build()) {
            final List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                final int n = i;
                rcu.callRcu(Support.head(() -> order.add(n)));
            }
            assertEquals(5, rcu.stats().backlog());
            assertEquals(5, rcu.reclaim());
            assertEquals(List.of(0, 1, 2, 3, 4), order);
            assertEquals(0, rcu.stats().backlog());
            assertEquals(5, rcu.stats().invoked());
            assertEquals(0, rcu.reclaim());
        }
    }

    @Test
    void callbackWaitsForTheReader() throws InterruptedException {
        try (Rcu rcu = Rcu.builder().batchDelayNs(0).build()) {
            final Support.HeldReader reader = new Support.HeldReader(rcu);
            final Support.Counting head = new Support.Counting();
            rcu.callRcu(head);
            Support.until(() -> rcu.stats().epoch() > 1);
            assertEquals(0, head.runs);
            reader.leave();
            rcu.barrier();
            assertEquals(1, head.runs);
        }
    }

    @Test
    void secondCallOfAQueuedHeadIsRefused() {
        try (Rcu rcu = Support.manual().build()) {
            final Support.Counting head = new Support.Counting();
            rcu.callRcu(head);
            assertThrows(IllegalStateException.class, () -> rcu.callRcu(head));
            assertThrows(IllegalStateException.class, () -> rcu.tryCallRcu(head));
            assertEquals(1, rcu.reclaim());
            assertEquals(1, head.runs);
            rcu.callRcu(head);
            assertEquals(1, rcu.reclaim());
            assertThrows(NullPointerException.class, () -> rcu.callRcu(null));
        }
    }

    @Test
    void tryCallRefusesAtTheMaximum() {
        try (Rcu rcu = Support.manual().backlogMax(2).build()) {
            assertTrue(rcu.tryCallRcu(new Support.Counting()));
            assertTrue(rcu.tryCallRcu(new Support.Counting()));
            final Support.Counting third = new Support.Counting();
            assertFalse(rcu.tryCallRcu(third));
            assertEquals(1, rcu.stats().refused());
            rcu.callRcu(new Support.Counting());
            assertEquals(3, rcu.reclaim());
            assertTrue(rcu.tryCallRcu(third), "a refused head is free");
        }
    }

    @Test
    void throttledCallMakesRoomItself() throws InterruptedException {
        try (Rcu rcu = Support.manual().backlogMax(1).build()) {
            final Support.Counting first = new Support.Counting();
            rcu.callRcuThrottled(first);
            assertEquals(0, rcu.stats().throttled());
            rcu.callRcuThrottled(new Support.Counting());
            assertEquals(1, rcu.stats().throttled());
            assertEquals(1, first.runs);
            assertEquals(1, rcu.stats().backlog());
        }
    }

    @Test
    void throttledCallWaitsForTheReclaimerAndCanBeInterrupted() throws InterruptedException {
        try (Rcu rcu = Rcu.builder().batchDelayNs(TimeUnit.HOURS.toNanos(1)).backlogMax(1).build()) {
            final Support.Counting first = new Support.Counting();
            rcu.callRcu(first);
            rcu.callRcuThrottled(new Support.Counting());
            rcu.barrier(); // a head leaves the backlog just before it is invoked
            assertEquals(1, first.runs);
            final Support.HeldReader reader = new Support.HeldReader(rcu);
            rcu.callRcu(new Support.Counting());
            final Support.Counting refused = new Support.Counting();
            final Support.Worker worker = Support.start(
                () -> assertThrows(InterruptedException.class, () -> rcu.callRcuThrottled(refused)));
            Support.until(() -> rcu.stats().throttled() == 2);
            worker.thread.interrupt();
            worker.end();
            reader.leave();
            rcu.barrier();
            assertEquals(0, refused.runs);
        }
    }

    @Test
    void callbackMayQueueItselfAgain() throws InterruptedException {
        try (Rcu rcu = Rcu.builder().batchDelayNs(0).build()) {
            final CountDownLatch done = new CountDownLatch(100);
            final RcuHead head = new RcuHead() {
                @Override
                protected void reclaim() {
                    done.countDown();
                    if (done.getCount() > 0) {
                        rcu.callRcu(this);
                    }
                }
            };
            rcu.callRcu(head);
            Support.await(done);
            rcu.barrier();
            assertEquals(100, rcu.stats().invoked());
            assertTrue(rcu.stats().gracePeriods() >= 100, "a grace period for each");
        }
    }

    @Test
    void callbackThatThrowsStopsNothing() {
        final AtomicReference<RcuHead> failed = new AtomicReference<>();
        try (Rcu rcu = Support.manual().callbackErrorHandler((head, error) -> {
            failed.set(head);
            throw new IllegalStateException("dropped");
        }).build()) {
            final RcuHead bad = Support.head(() -> {
                throw new AssertionError("expected");
            });
            final Support.Counting after = new Support.Counting();
            rcu.callRcu(bad);
            rcu.callRcu(after);
            assertEquals(2, rcu.reclaim());
            assertSame(bad, failed.get());
            assertEquals(1, after.runs);
            assertEquals(1, rcu.stats().callbackErrors());
            assertEquals(0, rcu.stats().backlog());
        }
    }

    @Test
    void barrierCountsAreExact() throws InterruptedException {
        try (Rcu rcu = Rcu.builder().batchDelayNs(100_000).build()) {
            final AtomicInteger runs = new AtomicInteger();
            final List<Support.Worker> workers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                workers.add(Support.start(() -> {
                    for (int round = 1; round <= 20; round++) {
                        final AtomicInteger mine = new AtomicInteger();
                        for (int i = 0; i < 50; i++) {
                            rcu.callRcu(Support.head(() -> {
                                mine.incrementAndGet();
                                runs.incrementAndGet();
                            }));
                        }
                        rcu.barrier();
                        assertEquals(50, mine.get());
                    }
                }));
            }
            for (final Support.Worker worker : workers) {
                worker.end();
            }
            assertEquals(4000, runs.get());
            assertEquals(4000, rcu.stats().invoked());
        }
    }

    /** A thread's bucket is chosen by its id; markers are invoked bucket by bucket, so the last bucket tells. */
    @Test
    void barrierWaitsForTheBucketsOfAllThreads() throws InterruptedException {
        try (Rcu rcu = Rcu.builder().batchDelayNs(TimeUnit.HOURS.toNanos(1)).build()) {
            final CountDownLatch begun = new CountDownLatch(1);
            final CountDownLatch goOn = new CountDownLatch(1);
            final AtomicBoolean queued = new AtomicBoolean();
            while (!queued.get()) {
                Support.start(() -> {
                    if ((Thread.currentThread().getId() & CallbackBuckets.BUCKETS - 1) == CallbackBuckets.BUCKETS - 1) {
                        rcu.callRcu(Support.head(() -> {
                            begun.countDown();
                            awaitUninterruptibly(goOn);
                        }));
                        queued.set(true);
                    }
                }).end();
            }
            final Support.Worker waiter = Support.start(rcu::barrier);
            Support.await(begun);
            waiter.thread.join(100); // if it does not wait it ends at once
            assertTrue(waiter.thread.isAlive(), "the barrier did not wait for the last bucket");
            goOn.countDown();
            waiter.end();
        }
    }

    private static void awaitUninterruptibly(final CountDownLatch latch) {
        try {
            Support.await(latch);
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A pass has taken its heads when its grace period begins: that does not wait for readers of what comes later. */
    @Test
    void callbackQueuedDuringAGracePeriodWaitsForTheNext() throws InterruptedException {
        try (Rcu rcu = Support.manual().build()) {
            final Support.Counting early = new Support.Counting();
            final Support.Counting late = new Support.Counting();
            rcu.callRcu(early);
            final Support.HeldReader before = new Support.HeldReader(rcu);
            final long epoch = rcu.stats().epoch();
            final Support.Worker pass = Support.start(rcu::reclaim);
            Support.until(() -> rcu.stats().epoch() > epoch);
            final Support.HeldReader inside = new Support.HeldReader(rcu);
            rcu.callRcu(late);
            before.leave();
            pass.end();
            assertEquals(1, early.runs);
            assertEquals(0, late.runs, "a reader that may see it is inside");
            inside.leave();
            rcu.reclaim();
            assertEquals(1, late.runs);
        }
    }

    @Test
    void barrierDrivesAManualDomainAndEndsTheBatchDelayOfAnother() throws InterruptedException {
        try (Rcu manual = Support.manual().build(); Rcu slow = Rcu.builder().batchDelayNs(TimeUnit.HOURS.toNanos(1)).build()) {
            for (final Rcu rcu : new Rcu[] {manual, slow}) {
                final Support.Counting head = new Support.Counting();
                rcu.callRcu(head);
                rcu.barrier();
                assertEquals(1, head.runs);
                assertEquals(1, rcu.stats().invoked());
            }
        }
    }

    @Test
    void aBacklogAboveTheHighMarkEndsTheBatchDelay() throws InterruptedException {
        try (Rcu rcu = Rcu.builder().batchDelayNs(TimeUnit.HOURS.toNanos(1)).backlogHigh(3).build()) {
            final CountDownLatch done = new CountDownLatch(4);
            for (int i = 0; i < 4; i++) {
                rcu.callRcu(Support.head(done::countDown));
            }
            Support.await(done);
        }
    }

    @Test
    void callbackMayWaitForAGracePeriodButNotForCallbacks() {
        try (Rcu rcu = Support.manual().build()) {
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            rcu.callRcu(Support.head(() -> {
                try {
                    rcu.synchronize();
                    rcu.synchronizeExpedited();
                    assertThrows(IllegalStateException.class, rcu::barrier);
                    assertThrows(IllegalStateException.class, rcu::reclaim);
                    assertThrows(IllegalStateException.class, rcu::close);
                    assertThrows(IllegalStateException.class, () -> rcu.callRcuThrottled(new Support.Counting()));
                } catch (final Throwable e) {
                    failure.set(e);
                }
            }));
            rcu.reclaim();
            assertEquals(null, failure.get());
        }
    }

    @Test
    void closeRunsEverythingThenRefuses() throws InterruptedException {
        for (final boolean manual : new boolean[] {true, false}) {
            final AtomicInteger errors = new AtomicInteger();
            final Rcu.Builder builder = Rcu.builder().batchDelayNs(TimeUnit.HOURS.toNanos(1))
                .callbackErrorHandler((head, error) -> errors.incrementAndGet());
            final Rcu rcu = manual ? builder.manual().build() : builder.build();
            final AtomicInteger runs = new AtomicInteger();
            final RcuHead again = new RcuHead() {
                @Override
                protected void reclaim() {
                    runs.incrementAndGet();
                    rcu.callRcu(this);
                }
            };
            rcu.callRcu(again);
            rcu.callRcu(Support.head(runs::incrementAndGet));
            rcu.close();
            assertTrue(manual ? runs.get() == 2 : runs.get() >= 2, "runs: " + runs); // a thread may pass once before close
            assertEquals(1, errors.get(), "queueing during close is refused");
            final Support.Counting late = new Support.Counting();
            assertThrows(IllegalStateException.class, () -> rcu.callRcu(late));
            assertThrows(IllegalStateException.class, () -> rcu.tryCallRcu(late));
            assertEquals(0, rcu.stats().backlog());
            rcu.close();
            rcu.barrier();
            rcu.condSynchronize(rcu.startPoll());
            assertEquals(0, rcu.reclaim());
        }
    }

    @Test
    void closingAnIdleDomainWaitsForNoReader() throws InterruptedException {
        for (final boolean manual : new boolean[] {true, false}) {
            final AtomicInteger waits = new AtomicInteger();
            final CountDownLatch leave = new CountDownLatch(1);
            final CountDownLatch entered = new CountDownLatch(1);
            final Rcu.Builder builder = Rcu.builder().stallTimeoutNs(1).stallListener(report -> {
                waits.incrementAndGet();
                leave.countDown();
            });
            final Rcu rcu = manual ? builder.manual().build() : builder.build();
            final Support.Worker reader = Support.start(() -> {
                final RcuSlot section = rcu.readLock();
                entered.countDown();
                Support.await(leave);
                section.unlock();
            });
            Support.await(entered);
            rcu.close();
            leave.countDown();
            reader.end();
            assertEquals(0, waits.get());
        }
    }

    @Test
    void idleReclaimerSleepsWithoutALimitAndIsWokenByOneCall() throws InterruptedException {
        final AtomicReference<Thread> thread = new AtomicReference<>();
        try (Rcu rcu = Rcu.builder().batchDelayNs(0).threadFactory(task -> {
            final Thread made = new Thread(task, "mine");
            made.setDaemon(true);
            thread.set(made);
            return made;
        }).build()) {
            for (int i = 0; i < 200; i++) {
                if (i % 10 == 0) {
                    Support.until(() -> thread.get().getState() == Thread.State.WAITING);
                }
                final CountDownLatch done = new CountDownLatch(1);
                rcu.callRcu(Support.head(done::countDown));
                Support.await(done);
            }
        }
        assertFalse(thread.get().isAlive());
    }

    @Test
    void reclaimIsLegalBesideTheThread() throws InterruptedException {
        try (Rcu rcu = Rcu.builder().batchDelayNs(0).build()) {
            final AtomicInteger runs = new AtomicInteger();
            for (int i = 0; i < 500; i++) {
                rcu.callRcu(Support.head(runs::incrementAndGet));
                rcu.reclaim();
            }
            rcu.barrier();
            assertEquals(500, runs.get());
        }
    }
}
