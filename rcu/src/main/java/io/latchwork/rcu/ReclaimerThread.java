// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread of a domain: batches, runs passes, and sleeps without a time limit while there is nothing to do.
 *
 * <p>Sleeping is Dekker's handshake: the sleeper shows a ticket, then looks for work; a caller shows its work, then looks for a ticket. A
 * caller unparks first and takes the ticket away after, by CAS on the very ticket it saw: one that is suspended in between can
 * neither keep the others from waking the thread nor take away a later ticket. So it does not matter who made a bucket non-empty.
 */
final class ReclaimerThread implements Runnable {
    private static final VarHandle TICKET = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "ticket", VarHandle.class, ReclaimerThread.class, long.class);
    private static final VarHandle HURRY = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "hurry", VarHandle.class, ReclaimerThread.class, int.class);
    private static final VarHandle CLOSING = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "closing", VarHandle.class, ReclaimerThread.class, int.class);

    private final Reclaimer reclaimer;
    private final CallbackBuckets buckets;
    private final long batchDelayNs;
    private final long backlogHigh;
    private final Thread thread;
    private long sleeps;    // this thread only
    private long ticket;    // not 0: the thread sleeps, or is about to
    private int hurry;      // 1: somebody waits, skip the batch delay
    private int closing;    // 1: make the last pass and end

    /** @param factory makes the thread; null for manual mode, where this object only answers "awake" */
    ReclaimerThread(final Reclaimer reclaimer, final CallbackBuckets buckets, final long batchDelayNs, final long backlogHigh,
                    final ThreadFactory factory) {
        this.reclaimer = reclaimer;
        this.buckets = buckets;
        this.batchDelayNs = batchDelayNs;
        this.backlogHigh = backlogHigh;
        this.thread = factory == null ? null : factory.newThread(this);
    }

    boolean isManual() {
        return thread == null;
    }

    Thread thread() {
        return thread;
    }

    void start() {
        if (thread != null) {
            thread.start();
        }
    }

    /** Wakes the thread if it sleeps. Called after work was shown. Wait-free. */
    void wake() {
        // RC19 <-> RC20: after the push or request; the sleeper looks for them after showing its ticket
        final long seen = (long) TICKET.getVolatile(this);
        if (seen != 0) {
            wakeSleeper(seen);
        }
    }

    void wakeSleeper(final long seen) {
        LockSupport.unpark(thread);
        // relaxed: spares the callers after us an unpark; only the ticket that was served is taken away
        final boolean unused = TICKET.compareAndSet(this, seen, 0L);
    }

    /** Wakes the thread if it sleeps, and ends a batch delay. Wait-free. */
    void hurry() {
        // RC19 <-> RC20: shown before the ticket is looked at; else the thread sleeps out its batch delay with somebody waiting
        HURRY.setVolatile(this, 1);
        LockSupport.unpark(thread);
    }

    /** Asks the thread for its last pass and waits until it has ended. */
    void closeAndJoin(final Waiting waiting) throws InterruptedException {
        // RC27 -> RC28: what the closing thread did before comes before the last pass
        CLOSING.setVolatile(this, 1);
        LockSupport.unpark(thread);
        while (thread.isAlive()) {
            waiting.checkInterrupt();
            LockSupport.parkNanos(this, Waiting.PARK_NS);
        }
    }

    @Override
    public void run() {
        while (!isClosing()) {
            try {
                if (reclaimer.hasWork()) {
                    awaitBatch();
                    reclaimer.pass(Waiting.uninterruptibly(), false);
                } else {
                    sleep();
                }
            } catch (final Throwable survived) {
                // out of memory or stack in the middle of a pass: drained heads are kept and come again after a new grace period
                LockSupport.parkNanos(this, Waiting.PARK_NS);
            }
            Thread.interrupted(); // nobody's signal here; left pending it would turn sleeps into spins
        }
        lastPass();
    }

    private void lastPass() {
        boolean done = false;
        while (!done) {
            try {
                reclaimer.pass(Waiting.uninterruptibly(), true);
                done = true;
            } catch (final Throwable survived) {
                LockSupport.parkNanos(this, Waiting.PARK_NS);
            }
        }
    }

    private boolean isClosing() {
        // RC28 <- RC27: the last pass sees what was done before close()
        return (int) CLOSING.getVolatile(this) != 0;
    }

    private void sleep() {
        sleeps++;
        // RC20 <-> RC19: the ticket before the look for work; else a caller sees no sleeper and the sleeper sees no work
        TICKET.setVolatile(this, sleeps);
        if (!reclaimer.hasWork() && !isClosing()) {
            LockSupport.park(this);
        }
        // relaxed: awake; a caller that still sees the ticket unparks in vain
        TICKET.setOpaque(this, 0L);
    }

    private void awaitBatch() {
        final long began = System.nanoTime();
        while (!isHurried() && !isClosing() && buckets.backlog() <= backlogHigh) {
            final long left = batchDelayNs - (System.nanoTime() - began);
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
            Thread.interrupted();
        }
        // relaxed: a hurry set later than this is served by the pass that follows, and costs one delay at most once more
        HURRY.setOpaque(this, 0);
    }

    private boolean isHurried() {
        // RC20 <-> RC19: looked at after waking; the unpark that follows the store ends the delay in any case
        return (int) HURRY.getVolatile(this) != 0;
    }
}
