// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncRuntime;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Calls nested in calls. The library asks the clock, and the keys' {@code hashCode} and {@code equals}, in the middle of its own
 * calls and of its bases' passes; {@link InterruptedClock} and {@link InterruptedKey} come here then. Now and then that runs a
 * handler, marked as NMI: what was interrupted can not go on before it ends. Or it stops the thread there for long.
 */
final class Interrupts {
    private static final int EVERY = 23;
    private static final int DEEPEST = 2;
    private static final int SUSPEND_ONE_IN = 4_000;
    private static final long SHORTEST_NS = 1_000_000;
    private static final long LONGEST_NS = 200_000_000;

    private final EventLog log;
    private final Faults faults;
    private volatile AsyncRuntime runtime;
    private volatile Consumer<ThreadLog> handler;

    Interrupts(EventLog log, Faults faults) {
        this.log = log;
        this.faults = faults;
    }

    void arm(AsyncRuntime rt, Consumer<ThreadLog> code) {
        runtime = rt;
        handler = code;
    }

    /** No interrupt begins any more. */
    void disarm() {
        handler = null;
    }

    /** A chance for an interrupt. */
    void chance() {
        if (handler == null) {
            return;
        }
        ThreadLog mine = log.mine();
        if (mine.immune || mine.interrupts() >= DEEPEST || ++mine.skipped < EVERY) {
            return;
        }
        mine.skipped = mine.random.nextInt(EVERY / 2);
        mine.interrupts(1);
        Consumer<ThreadLog> code = handler; // again: who disarms, and then sees this thread in no interrupt, sees the last
        if (code != null) {
            interrupt(mine, code);
        }
        mine.interrupts(-1);
    }

    private void interrupt(ThreadLog mine, Consumer<ThreadLog> code) {
        runtime.nmiEnter();
        try {
            if (faults.has(Fault.SUSPEND) && mine.random.nextInt(SUSPEND_ONE_IN) == 0) {
                faults.count(Fault.SUSPEND);
                suspend(SHORTEST_NS + mine.random.nextLong(LONGEST_NS));
            } else {
                code.accept(mine);
            }
        } finally {
            runtime.nmiExit();
        }
    }

    private static void suspend(long ns) {
        long until = System.nanoTime() + ns;
        boolean interrupted = false;
        for (long left = ns; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
