// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.CloseHandler;
import io.latchwork.irqwork.ParkIdle;
import io.latchwork.irqwork.Parker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How workers are ended. Their parks have no end here, so one that is not told would stay until it is interrupted. */
@Timeout(60)
class WorkersTest {
    /** How long a test waits for what must come. */
    private static final long PATIENCE_S = Long.getLong("latchwork.patience.seconds", 20);

    private final List<String> reports = Collections.synchronizedList(new ArrayList<>());
    private final ErrorReports errors = new ErrorReports((program, map, error) -> reports.add(program + "/" + error));
    private final List<Thread> threads = new ArrayList<>();
    private final Workers workers = new Workers(null, this::newThread, errors, true);

    private Thread newThread(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    }

    /** Parks by a semaphore, and tells when it does. */
    private static final class TestParker implements Parker {
        final CountDownLatch parks = new CountDownLatch(1);
        final Semaphore permits = new Semaphore(0);

        @Override
        public void park(long ns) {
            parks.countDown();
            try {
                permits.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void unpark() {
            permits.release();
        }
    }

    /** Counts what it is asked to do, and remembers whether it was interrupted. */
    private static final class Idler implements Agent {
        final Semaphore cycles = new Semaphore(0);
        private boolean interrupted;
        private boolean closed;

        @Override
        public int doWork() {
            cycles.release();
            interrupted |= Thread.currentThread().isInterrupted();
            return 0;
        }

        @Override
        public void onClose() {
            interrupted |= Thread.currentThread().isInterrupted();
            closed = true; // before the thread ends, which stop waits for
        }

        @Override
        public String roleName() {
            return "idler";
        }
    }

    private boolean stop() {
        return workers.stop(new CloseBudget(new CloseHandler() { }, TimeUnit.SECONDS.toNanos(PATIENCE_S)));
    }

    private void endsByItself(Idler idler) {
        assertTrue(stop());
        assertTrue(idler.closed);
        assertFalse(idler.interrupted, "it was not told");
        assertEquals(List.of(), reports);
        for (Thread thread : threads) {
            assertFalse(thread.isAlive());
        }
    }

    @Test
    void aWorkerThatIsParkedGoesOnAndEnds() throws Exception {
        TestParker parker = new TestParker();
        ParkIdle park = new ParkIdle(Long.MAX_VALUE, System::nanoTime, parker);
        Idle idle = new Idle(park, park);
        idle.bind(() -> true, () -> Long.MAX_VALUE);
        Idler idler = new Idler();
        workers.add(idler, idle);
        workers.start();
        assertTrue(parker.parks.await(PATIENCE_S, TimeUnit.SECONDS));
        endsByItself(idler);
    }

    /** It has looked whether to end, and parks next. */
    @Test
    void aWorkerThatIsAboutToParkDoesNot() {
        TestParker parker = new TestParker();
        ParkIdle park = new ParkIdle(Long.MAX_VALUE, System::nanoTime, parker);
        Idle idle = new Idle(park, park);
        idle.bind(() -> true, () -> Long.MAX_VALUE);
        parker.permits.release(); // it would end at once
        idle.end();
        idle.strategy().idle();
        assertEquals(1, parker.parks.getCount());
    }

    /** A worker that never parks is ended as well. */
    @Test
    void aWorkerThatSpinsEnds() throws Exception {
        Idler idler = new Idler();
        workers.add(idler, Idle.none());
        workers.start();
        assertTrue(idler.cycles.tryAcquire(PATIENCE_S, TimeUnit.SECONDS));
        endsByItself(idler);
    }
}
