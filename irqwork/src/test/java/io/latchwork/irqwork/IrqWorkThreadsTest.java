// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class IrqWorkThreadsTest {

    private static final int ROUNDS = 5_000;
    /** After that AgentRunner interrupts the worker; it does not raise it. */
    private static final int CLOSE_MS = 20;
    private static final int PARK_ROUNDS = 5_000;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int stored;
    private int seen;

    private final IrqWork copier = new IrqWork() {
        @Override
        protected void run() {
            seen = stored;
        }
    };

    private IrqWorkQueue queueOf(final Raiser raiser) {
        return new IrqWorkQueue(raiser, (work, e) -> failure.set(e));
    }

    private AgentRunner start(final IdleStrategy idle, final IrqWorker worker) {
        final AgentRunner runner = new AgentRunner(idle, failure::set, null, worker);
        AgentRunner.startOnThread(runner);
        return runner;
    }

    /** After queue, whatever it answered, and sync, a run has seen what was stored before; no store is ordered else. */
    private void storeQueueSync(final IrqWorkQueue queue, final int rounds) {
        for (int i = 1; i <= rounds; i++) {
            stored = i;
            queue.queue(copier);
            queue.sync(copier);
            assertEquals(i, seen);
        }
    }

    @Test
    void busySpinningWorkerRunsAll() {
        final BusySpinIdle idle = new BusySpinIdle();
        final IrqWorkQueue queue = queueOf(idle);
        final AgentRunner runner = start(idle, new IrqWorker("spin", queue));
        try {
            storeQueueSync(queue, ROUNDS);
            assertEquals("latchwork-busy-spin", idle.alias());
            assertEquals("spin", runner.agent().roleName());
        } finally {
            runner.close(CLOSE_MS, thread -> { });
        }
        assertTrue(queue.isClosed());
        assertNull(failure.get());
    }

    /** With a lazy tick without end every lost wake-up is a hang. */
    @Test
    void parkingWorkerMissesNoRaise() {
        final ParkIdle idle = new ParkIdle(Long.MAX_VALUE, System::nanoTime);
        final IrqWorkQueue queue = queueOf(idle);
        final IrqWorker worker = new IrqWorker("park", queue);
        idle.bind(queue::isEmpty, worker::nextDeadlineNs);
        final AgentRunner runner = start(idle, worker);
        try {
            storeQueueSync(queue, PARK_ROUNDS);
            assertEquals("park", runner.agent().roleName());
        } finally {
            runner.close(CLOSE_MS, thread -> { });
        }
        assertNull(failure.get());
    }

    @Test
    void hybridWorkerMissesNoRaise() {
        final HybridIdle idle = new HybridIdle(5, 1, Long.MAX_VALUE, System::nanoTime);
        final IrqWorkQueue queue = queueOf(idle);
        final IrqWorker worker = new IrqWorker("hybrid", queue);
        idle.bind(queue::isEmpty, worker::nextDeadlineNs);
        final AgentRunner runner = start(idle, worker);
        try {
            storeQueueSync(queue, PARK_ROUNDS);
            assertEquals("hybrid", runner.agent().roleName());
        } finally {
            runner.close(CLOSE_MS, thread -> { });
        }
        assertNull(failure.get());
    }

    @Test
    void lazyItemRunsWithinTheTickThoughNobodyIsRaised() throws InterruptedException {
        final ParkIdle idle = new ParkIdle(1_000_000, System::nanoTime);
        final IrqWorkQueue queue = queueOf(() -> failure.set(new AssertionError("raised")));
        final IrqWorker worker = new IrqWorker("lazy", queue);
        idle.bind(queue::isEmpty, worker::nextDeadlineNs);
        final CountDownLatch ran = new CountDownLatch(1);
        final AgentRunner runner = start(idle, worker);
        try {
            queue.queueLazy(new IrqWork() {
                @Override
                protected void run() {
                    ran.countDown();
                }
            });
            assertTrue(ran.await(50, TimeUnit.SECONDS));
            assertEquals("lazy", runner.agent().roleName());
        } finally {
            runner.close(CLOSE_MS, thread -> { });
        }
        assertNull(failure.get());
    }

    /** Two threads queue one item each while the worker closes: each accepted item runs, each refused one is idle. */
    @Test
    void closingAgainstQueueingLosesNothing() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            final IrqWorkQueue queue = queueOf(() -> { });
            final int[] runs = new int[1];
            final int[] accepted = new int[1];
            final IrqWork counter = new IrqWork() {
                @Override
                protected void run() {
                    runs[0]++;
                }
            };
            final Thread other = new Thread(() -> {
                IrqWorkQueue.Outcome outcome;
                do {
                    outcome = queue.queue(counter);
                    accepted[0] += outcome == IrqWorkQueue.Outcome.QUEUED ? 1 : 0;
                } while (outcome != IrqWorkQueue.Outcome.CLOSED);
            });
            other.start();
            while (runs[0] < 3) {
                queue.run();
                Thread.yield();
            }
            queue.close();
            other.join();
            assertEquals(accepted[0], runs[0]);
            assertTrue(counter.isIdle());
        }
    }

    @Test
    void syncKeepsTheInterruptStatus() throws InterruptedException {
        final IrqWorkQueue queue = queueOf(() -> { });
        queue.queue(copier);
        final AtomicReference<Boolean> kept = new AtomicReference<>();
        final Thread waiter = new Thread(() -> {
            Thread.currentThread().interrupt();
            queue.sync(copier);
            kept.set(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        queue.run();
        waiter.join();
        assertEquals(true, kept.get());
    }
}
