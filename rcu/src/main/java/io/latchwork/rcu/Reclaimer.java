// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A pass: drain the buckets, wait for one grace period, invoke. One pass at a time, by the thread of the domain or by a caller. */
final class Reclaimer {
    private static final VarHandle RUNNER = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "runner", VarHandle.class, Reclaimer.class, Thread.class);
    private static final VarHandle WANTED = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "wanted", VarHandle.class, Reclaimer.class, int.class);

    private final CallbackBuckets buckets;
    private final GracePeriod gracePeriod;
    private final CallbackErrorHandler errorHandler;
    private final Counters counters;
    private Thread runner;  // who runs the present pass, or null
    private int wanted;     // 1: a poll cookie waits for a grace period that nothing else may start
    private RcuHead oldest; // drained and not yet invoked; belongs to the runner, and outlives a pass that was given up
    private RcuHead newest;

    Reclaimer(final CallbackBuckets buckets, final GracePeriod gracePeriod, final CallbackErrorHandler errorHandler,
              final Counters counters) {
        this.buckets = buckets;
        this.gracePeriod = gracePeriod;
        this.errorHandler = errorHandler;
        this.counters = counters;
    }

    /** Whether the calling thread is inside a pass, that is, in a callback. */
    boolean isRunner() {
        return runner == Thread.currentThread(); // plain: only this thread stores itself here, and takes itself out
    }

    /** Asks for a grace period even if nothing is queued. Wait-free. */
    void want() {
        // RC19 <-> RC20: as a push: shown before the look at the sleeper's ticket; else the cookie may never complete
        WANTED.setVolatile(this, 1);
    }

    /** Whether a pass would have something to do. */
    boolean hasWork() {
        // RC20 <-> RC19: after the sleeper's ticket was shown; else a request is missed by the sleeper and misses the ticket
        if ((int) WANTED.getVolatile(this) != 0) {
            return true;
        }
        return buckets.hasInFlight() || !buckets.isEmpty();
    }

    /** Waits until no pass that is running now runs any more. */
    void awaitPass(final Waiting waiting) throws InterruptedException {
        begin(waiting);
        end();
    }

    /**
     * Runs one pass.
     *
     * @param seal the last pass: the buckets accept nothing afterwards
     * @return callbacks invoked, barrier markers not counted
     */
    int pass(final Waiting waiting, final boolean seal) throws InterruptedException {
        begin(waiting);
        try {
            for (int i = 0; i < CallbackBuckets.BUCKETS; i++) {
                append(buckets.drain(i, seal));
            }
            // RC20 <-> RC19: taken before the epoch moves, so a cookie made before is complete after this grace period
            final int request = (int) WANTED.getAndSet(this, 0);
            if (seal && oldest == null && request == 0) {
                return 0; // nobody is owed a grace period: the end of an idle domain waits for no reader
            }
            boolean complete = false;
            try {
                complete = gracePeriod.await(gracePeriod.cookie(), waiting, false);
            } finally {
                if (!complete && request != 0) {
                    want();
                }
            }
            return complete ? invokeAll() : 0;
        } finally {
            end();
        }
    }

    private void begin(final Waiting waiting) throws InterruptedException {
        waiting.reset();
        // RC26 <- RC25: the drained list and the in-flight count of the runner before us; else a head is lost or invoked twice
        while (!RUNNER.compareAndSet(this, (Thread) null, Thread.currentThread())) {
            waiting.step();
        }
    }

    private void end() {
        // RC25 -> RC26: hands the drained list to the next runner
        RUNNER.setRelease(this, (Thread) null);
    }

    private void append(final RcuHead first) {
        if (first == null) {
            return;
        }
        if (oldest == null) {
            oldest = first;
        } else {
            newest.next = first;
        }
        RcuHead last = first;
        while (last.next != null) {
            last = last.next;
        }
        newest = last;
    }

    private int invokeAll() {
        int invoked = 0;
        for (RcuHead head = oldest; head != null; head = oldest) {
            oldest = head.next;
            if (oldest == null) {
                newest = null;
            }
            head.next = null;
            head.unclaim();
            invoked += invoke(head);
        }
        return invoked;
    }

    private int invoke(final RcuHead head) {
        try {
            head.reclaim();
        } catch (final Throwable error) {
            counters.add(Counters.CALLBACK_ERRORS);
            handle(head, error);
        } finally {
            buckets.addInFlight(-1);
        }
        if (head instanceof BarrierWait.Marker) {
            return 0;
        }
        counters.add(Counters.INVOKED);
        return 1;
    }

    private void handle(final RcuHead head, final Throwable error) {
        try {
            errorHandler.onError(head, error);
        } catch (final Throwable dropped) {
            // a handler must not be able to stop the callbacks after it
        }
    }
}
