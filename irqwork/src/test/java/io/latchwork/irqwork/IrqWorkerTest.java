// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AgentInvoker;
import org.junit.jupiter.api.Test;

public class IrqWorkerTest {

    private final List<String> log = new ArrayList<>();
    private final IrqWorkQueue queue = new IrqWorkQueue(() -> { }, (work, e) -> log.add("error"));
    private final IrqWork a = new CountingWork("a", log);
    private int due;

    private final DeadlineSource source = new DeadlineSource() {
        @Override
        public void onEnter() {
            log.add("enter");
        }

        @Override
        public void onExit() {
            log.add(a.isBusy() ? "exit while busy" : "exit");
        }

        @Override
        public int runDue() {
            log.add("due");
            if (due < 0) {
                throw new IllegalStateException("source");
            }
            return due;
        }

        @Override
        public long nextDeadlineNs() {
            return 77;
        }
    };

    private final IrqWorker worker = new IrqWorker("role", queue, source);

    @Test
    void argumentsAreRequired() {
        assertThrows(NullPointerException.class, () -> new IrqWorker(null, queue));
        assertThrows(NullPointerException.class, () -> new IrqWorker("role", null));
        assertThrows(NullPointerException.class, () -> new IrqWorker("role", queue, null));
    }

    @Test
    void countsItemsAndDueThings() {
        assertEquals(0, worker.doWork());
        queue.queue(a);
        due = 3;
        assertEquals(4, worker.doWork());
    }

    @Test
    void dutyCycleIsQueueThenDueBetweenEnterAndExit() {
        queue.queue(a);
        worker.doWork();
        assertEquals(List.of("enter", "a", "due", "exit"), log);
    }

    @Test
    void throwingSourceIsPassedOnAfterExit() {
        due = -1;
        assertThrows(IllegalStateException.class, worker::doWork);
        assertEquals(List.of("enter", "due", "exit"), log);
        due = 0;
        assertEquals(0, worker.doWork());
    }

    @Test
    void onCloseRunsTheRestAndCloses() {
        queue.queue(a);
        worker.onClose();
        assertEquals(List.of("enter", "a", "exit"), log);
        assertTrue(queue.isClosed());
        worker.onClose();
        assertEquals(0, worker.doWork());
    }

    @Test
    void namesAndDeadlines() {
        assertEquals("role", worker.roleName());
        assertEquals(77, worker.nextDeadlineNs());
        final IrqWorker plain = new IrqWorker("plain", queue);
        assertEquals(Long.MAX_VALUE, plain.nextDeadlineNs());
        queue.queue(a);
        assertEquals(1, plain.doWork());
        plain.onClose();
        assertTrue(queue.isClosed());
    }

    @Test
    void anInvokerDrivesIt() {
        final AgentInvoker invoker = new AgentInvoker(e -> log.add("agent error"), null, worker);
        invoker.start();
        queue.queue(a);
        assertEquals(1, invoker.invoke());
        assertEquals(0, invoker.invoke());
        assertThrows(IllegalStateException.class, () -> queue.sync(a), "the invoker's thread is the worker");
        invoker.close();
        assertTrue(queue.isClosed());
    }

    @Test
    void idleDutyCycleAllocatesNothing() {
        final IrqWorker plain = new IrqWorker("plain", queue);
        assertEquals(0, AllocationMeter.bytes(() -> {
            for (int i = 0; i < 1000; i++) {
                plain.doWork();
            }
        }));
    }

    @Test
    void busySpinHasNothingToDo() {
        final BusySpinIdle idle = new BusySpinIdle();
        idle.idle();
        idle.idle(0);
        idle.idle(1);
        idle.reset();
        idle.raise();
        assertEquals("latchwork-busy-spin", idle.alias());
    }
}
