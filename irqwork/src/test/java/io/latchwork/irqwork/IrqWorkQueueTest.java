// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static io.latchwork.irqwork.IrqWorkQueue.Outcome.CLOSED;
import static io.latchwork.irqwork.IrqWorkQueue.Outcome.PENDING;
import static io.latchwork.irqwork.IrqWorkQueue.Outcome.QUEUED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public class IrqWorkQueueTest {

    private final List<String> ran = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int raises;
    private final IrqWorkQueue queue = new IrqWorkQueue(() -> raises++, (work, e) -> errors.add(e.getMessage()));
    private final IrqWork a = new CountingWork("a", ran);
    private final IrqWork b = new CountingWork("b", ran);
    private final IrqWork c = new CountingWork("c", ran);

    @Test
    void argumentsAreRequired() {
        assertThrows(NullPointerException.class, () -> new IrqWorkQueue(null, (work, e) -> { }));
        assertThrows(NullPointerException.class, () -> new IrqWorkQueue(() -> { }, null));
        assertThrows(NullPointerException.class, () -> queue.queue(null));
    }

    @Test
    void runsOldestFirstAndCounts() {
        assertEquals(QUEUED, queue.queue(a));
        assertEquals(QUEUED, queue.queue(b));
        assertEquals(QUEUED, queue.queue(c));
        assertEquals(3, queue.run());
        assertEquals(List.of("a", "b", "c"), ran);
        assertEquals(0, queue.run());
    }

    @Test
    void pendingItemRunsOnce() {
        assertEquals(QUEUED, queue.queue(a));
        assertEquals(PENDING, queue.queue(a));
        assertEquals(PENDING, queue.queueLazy(a));
        assertEquals(PENDING, queue.queueHard(a));
        assertEquals(1, queue.run());
        assertEquals(QUEUED, queue.queue(a), "after its run it is free again");
        assertEquals(1, queue.run());
        assertEquals(List.of("a", "a"), ran);
    }

    @Test
    void onlyTheFirstOfABatchRaises() {
        queue.queue(a);
        queue.queue(b);
        queue.queue(a);
        assertEquals(1, raises);
        queue.run();
        queue.queue(a);
        assertEquals(2, raises);
    }

    @Test
    void lazyRaisesNobodyAndRunsInTheNextDutyCycleAfterTheOthers() {
        assertEquals(QUEUED, queue.queueLazy(a));
        assertEquals(0, raises);
        assertFalse(queue.isEmpty());
        assertEquals(QUEUED, queue.queueLazy(c));
        assertEquals(QUEUED, queue.queue(b));
        assertEquals(1, raises, "a lazy item waiting spares nobody the raise");
        assertEquals(3, queue.run());
        assertEquals(List.of("b", "a", "c"), ran);
        assertTrue(queue.isEmpty());
    }

    @Test
    void hardAlwaysRaises() {
        assertEquals(QUEUED, queue.queueHard(a));
        assertEquals(QUEUED, queue.queueHard(b));
        assertEquals(PENDING, queue.queueHard(a));
        assertEquals(3, raises);
        queue.close();
        assertEquals(CLOSED, queue.queueHard(c));
        assertEquals(4, raises);
    }

    @Test
    void i2_whatIsQueuedWhileRunningRunsInTheNextCall() {
        final IrqWork again = new CountingWork("again", ran, () -> { });
        final IrqWork[] self = new IrqWork[1];
        self[0] = new CountingWork("self", ran, () -> {
            assertEquals(QUEUED, queue.queue(self[0]));
            assertEquals(PENDING, queue.queue(self[0]));
            queue.queueLazy(again);
        });
        queue.queue(self[0]);
        assertEquals(1, queue.run());
        assertEquals(List.of("self"), ran);
        assertTrue(self[0].isPending());
        assertFalse(self[0].isBusy());
        assertEquals(2, queue.run());
        assertEquals(List.of("self", "self", "again"), ran);
    }

    @Test
    void itemThatQueuesItselfDoesNotCutOffThoseBehindIt() {
        final IrqWork[] self = new IrqWork[1];
        self[0] = new CountingWork("self", ran, () -> queue.queue(self[0]));
        queue.queue(self[0]);
        queue.queue(a);
        queue.queue(b);
        assertEquals(3, queue.run());
        assertEquals(List.of("self", "a", "b"), ran);
        queue.queue(c);
        assertEquals(2, queue.run());
        assertEquals(List.of("self", "a", "b", "self", "c"), ran);
    }

    @Test
    void itemsAreBusyAndNotPendingWhileTheyRun() {
        final List<Boolean> seen = new ArrayList<>();
        final IrqWork[] self = new IrqWork[1];
        self[0] = new CountingWork("self", ran, () -> {
            seen.add(self[0].isPending());
            seen.add(self[0].isBusy());
        });
        queue.queue(self[0]);
        queue.run();
        assertEquals(List.of(false, true), seen);
        assertFalse(self[0].isBusy());
    }

    @Test
    void throwingItemIsReportedAndTheRestRuns() {
        final IrqWork bad = new CountingWork("bad", ran, () -> {
            throw new IllegalArgumentException("on purpose");
        });
        final IrqWork worse = new CountingWork("worse", ran, () -> {
            throw new AssertionError("an error too");
        });
        queue.queue(bad);
        queue.queue(worse);
        queue.queue(a);
        assertEquals(3, queue.run());
        assertEquals(List.of("bad", "worse", "a"), ran);
        assertEquals(List.of("on purpose", "an error too"), errors);
        assertFalse(bad.isBusy());
        assertEquals(QUEUED, queue.queue(bad));
        assertEquals(0, queue.handlerFailures());
    }

    @Test
    void throwingErrorHandlerIsCountedAndTheRestRuns() {
        final IrqWorkQueue q = new IrqWorkQueue(() -> { }, (work, e) -> {
            throw new IllegalStateException(e);
        });
        final IrqWork bad = new CountingWork("bad", ran, () -> {
            throw new IllegalArgumentException();
        });
        q.queue(bad);
        q.queue(a);
        assertEquals(2, q.run());
        assertEquals(1, q.handlerFailures());
        assertFalse(bad.isBusy());
        assertEquals(List.of("bad", "a"), ran);
    }

    @Test
    void closeRunsWhatWasAcceptedAndRefusesTheRest() {
        final IrqWork requeues = new CountingWork("requeues", ran, () -> {
            assertEquals(CLOSED, queue.queue(b));
            assertEquals(CLOSED, queue.queueLazy(b));
        });
        queue.queueLazy(a);
        queue.queue(requeues);
        assertFalse(queue.isClosed());
        assertEquals(2, queue.close());
        assertTrue(queue.isClosed());
        assertTrue(queue.isEmpty());
        assertEquals(List.of("requeues", "a"), ran);
        assertEquals(CLOSED, queue.queue(a));
        assertEquals(CLOSED, queue.queueLazy(a));
        assertFalse(a.isPending(), "a refused item is as before");
        assertFalse(a.isBusy());
        assertEquals(0, queue.close());
        assertEquals(0, queue.run());
    }

    @Test
    void itemThatQueuesItselfOnAClosedQueueIsLeftIdle() {
        final IrqWork[] self = new IrqWork[1];
        self[0] = new CountingWork("self", ran, () -> assertEquals(CLOSED, queue.queue(self[0])));
        queue.queue(self[0]);
        assertEquals(1, queue.close());
        assertEquals(List.of(), errors);
        assertTrue(self[0].isIdle());
    }

    @Test
    void runAndCloseFromInsideARunAreRefused() {
        queue.queue(new CountingWork("r", ran, queue::run));
        queue.queue(new CountingWork("c", ran, queue::close));
        assertEquals(2, queue.run());
        assertEquals(List.of("called from inside a run", "called from inside a run"), errors);
        assertFalse(queue.isClosed());
        assertEquals(0, queue.run());
    }

    @Test
    void syncByTheWorkerIsRefused() {
        queue.sync(a);
        queue.run();
        assertThrows(IllegalStateException.class, () -> queue.sync(a));
        queue.queue(new CountingWork("s", ran, () -> queue.sync(a)));
        queue.run();
        assertEquals(List.of("sync by the worker itself"), errors);
    }

    @Test
    void nothingIsAllocated() {
        final IrqWork quiet = new IrqWork() {
            @Override
            protected void run() {
                raises++;
            }
        };
        assertEquals(0, AllocationMeter.bytes(() -> {
            for (int i = 0; i < 1000; i++) {
                queue.queue(quiet);
                queue.queueHard(quiet);
                queue.run();
                queue.queueLazy(quiet);
                queue.run();
                queue.isEmpty();
            }
        }));
    }
}
