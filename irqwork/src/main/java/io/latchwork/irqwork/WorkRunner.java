// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The owner's side of an {@link IrqWorkQueue}: runs chains of items, and knows whose thread does. */
final class WorkRunner {

    /*
     * Invariants
     *   I1  a node is cut off its chain before its PENDING is cleared: from then on others may push it.
     *   I2  whatever a run throws, finish() follows it, and the rest of the chain is run.
     *   I3  an idle duty cycle stores nothing, so that it does not take cache lines away from those who queue.
     */

    private static final VarHandle OWNER = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "owner", VarHandle.class, WorkRunner.class, Thread.class);
    private static final VarHandle HANDLER_FAILURES = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "handlerFailures", VarHandle.class, WorkRunner.class, long.class);

    private final IrqWorkErrorHandler errorHandler;
    private Thread owner;
    private long handlerFailures;
    /** The owner's own note. */
    private boolean running;

    WorkRunner(final IrqWorkErrorHandler errorHandler) {
        this.errorHandler = errorHandler;
    }

    /** Makes the calling thread the owner. */
    void enter() {
        if (running) {
            throw new IllegalStateException("called from inside a run");
        }
        if (!isOwner()) {
            OWNER.setOpaque(this, Thread.currentThread()); // relaxed: each thread only looks for itself
        }
    }

    boolean isOwner() {
        return (Thread) OWNER.getOpaque(this) == Thread.currentThread(); // relaxed: each thread only looks for itself
    }

    long handlerFailures() {
        return (long) HANDLER_FAILURES.getOpaque(this); // relaxed: a statistic
    }

    /** Runs two chains that were taken off their lists, each newest first as taken, each from its oldest item on. */
    int run(final LlistNode newestRaised, final LlistNode newestLazy) {
        if (newestRaised == null && newestLazy == null) {
            return 0;
        }
        running = true;
        try {
            return runChain(Llist.reverse(newestRaised)) + runChain(Llist.reverse(newestLazy));
        } finally {
            running = false;
        }
    }

    private int runChain(final LlistNode oldest) {
        int count = 0;
        LlistNode rest = oldest;
        while (rest != null) {
            final IrqWork work = (IrqWork) rest;
            rest = work.detach();
            work.begin();
            try {
                work.run();
            } catch (final Throwable t) {
                report(work, t);
            } finally {
                work.finish();
            }
            count++;
        }
        return count;
    }

    private void report(final IrqWork work, final Throwable error) {
        try {
            errorHandler.onError(work, error);
        } catch (final Throwable t) {
            final long count = (long) HANDLER_FAILURES.get(this); // plain: only the owner stores it
            HANDLER_FAILURES.setOpaque(this, count + 1); // relaxed: a statistic
        }
    }
}
