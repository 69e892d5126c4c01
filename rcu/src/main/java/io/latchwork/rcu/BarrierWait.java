// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** One call of {@code barrier()}: a marker in each bucket, invoked after all that was queued there before it. */
final class BarrierWait {
    private static final VarHandle LEFT = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "left", VarHandle.class, BarrierWait.class, int.class);

    private final Thread waiter = Thread.currentThread();
    private int left = CallbackBuckets.BUCKETS;

    /** A head that only counts. It appears in no statistic of invoked callbacks. */
    final class Marker extends RcuHead {
        @Override
        protected void reclaim() {
            arrive();
        }
    }

    private void arrive() {
        // RC23 -> RC24: the callbacks before the marker have returned, with all they wrote
        if ((int) LEFT.getAndAdd(this, -1) == 1) {
            LockSupport.unpark(waiter);
        }
    }

    boolean isDone() {
        // RC24 <- RC23: what the callbacks wrote is there when barrier() returns
        return (int) LEFT.getAcquire(this) == 0;
    }

    /** Waits for the markers; the thread that invokes the last one wakes us, the time limit covers a foreign park permit. */
    void await(final Waiting waiting) throws InterruptedException {
        while (!isDone()) {
            waiting.step();
        }
    }
}
