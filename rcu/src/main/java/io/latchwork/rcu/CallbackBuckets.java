// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The queued heads: one push-only list per bucket, taken whole. Nothing is ever popped singly, so a head that comes back between
 * the look and the CAS of a push does no harm. Each bucket is first in, first out across drains.
 */
final class CallbackBuckets {
    static final int BUCKETS = 8;
    /** Of a push: the bucket accepts nothing any more. */
    static final int SEALED = -1;
    /** Of a push: the head is queued already. */
    static final int TAKEN = -2;
    private static final int STRIDE_SHIFT = 5; // 128 bytes of compressed references between two buckets

    private static final VarHandle TOPS = MethodHandles.arrayElementVarHandle(RcuHead[].class);
    private static final VarHandle IN_FLIGHT = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "inFlight", VarHandle.class, CallbackBuckets.class, long.class);

    private final RcuHead[] tops = new RcuHead[BUCKETS + 2 << STRIDE_SHIFT];
    /** In place of the top: the bucket accepts nothing any more. Its depth is 0. */
    private final RcuHead sealed = new Sealed();
    private long inFlight; // drained, not yet invoked

    private static final class Sealed extends RcuHead {
        @Override
        protected void reclaim() {
            throw new AssertionError("the seal is never invoked");
        }
    }

    private static int at(final int bucket) {
        return (bucket & BUCKETS - 1) + 1 << STRIDE_SHIFT;
    }

    /**
     * Claims and pushes a head; returns the depth of its bucket with it, or {@link #TAKEN}, or {@link #SEALED}. Lock-free.
     *
     * <p>The top is looked up before the claim: behind it the processor would wait for each of the loads. A top that is out of
     * date by then fails the CAS; one that was taken and is the top again is as good as before.
     */
    int push(final RcuHead head, final int bucket) {
        final int at = at(bucket);
        RcuHead top = top(at);
        int depth = top == null ? 1 : top.depth + 1;
        if (!head.claim()) {
            return TAKEN;
        }
        while (top != sealed) {
            head.next = top;
            head.depth = depth;
            // RC19 <-> RC20: publishes links and unlinks to the drain, and comes before the look at the sleeper's ticket; else a wake-up is lost
            if (TOPS.compareAndSet(tops, at, top, head)) {
                return depth;
            }
            top = top(at);
            depth = top == null ? 1 : top.depth + 1;
        }
        head.unclaim();
        return SEALED;
    }

    private RcuHead top(final int at) {
        // relaxed: the CAS decides; acquire only so that the depth read through it is one that was once true
        return (RcuHead) TOPS.getAcquire(tops, at);
    }

    /** Takes a bucket, oldest head first. Owner of the pass only. */
    RcuHead drain(final int bucket, final boolean seal) {
        final int at = at(bucket);
        if (isEmpty(bucket)) {
            if (!seal) {
                return null;
            }
        }
        final RcuHead replacement = seal ? sealed : null;
        // RC20 <-> RC19: takes the links and the unlinks done before the push; else the grace period may have begun before them
        RcuHead top = (RcuHead) TOPS.getAndSet(tops, at, replacement);
        if (top == sealed) {
            return null;
        }
        RcuHead oldest = null;
        int count = 0;
        while (top != null) {
            final RcuHead next = top.next;
            top.next = oldest;
            oldest = top;
            top = next;
            count++;
        }
        addInFlight(count);
        return oldest;
    }

    boolean isEmpty(final int bucket) {
        // RC20 <-> RC19: after the sleeper's ticket was shown; else a push is missed by the sleeper and misses the ticket
        final RcuHead top = (RcuHead) TOPS.getVolatile(tops, at(bucket));
        return top == null || top == sealed;
    }

    boolean isEmpty() {
        for (int i = 0; i < BUCKETS; i++) {
            if (!isEmpty(i)) {
                return false;
            }
        }
        return true;
    }

    /** Owner of the pass only. */
    void addInFlight(final long delta) {
        final long n = inFlight; // plain: the owner of the pass is the only writer
        IN_FLIGHT.setOpaque(this, n + delta); // relaxed: an estimate for the others
    }

    /** Whether drained heads are left over from a pass that did not finish. Owner of the pass only. */
    boolean hasInFlight() {
        return (long) IN_FLIGHT.getOpaque(this) != 0; // relaxed: asked by the writer, or as an estimate
    }

    /** Heads queued or in flight. An estimate: a head may be missed while it is being drained. Wait-free. */
    long backlog() {
        long sum = (long) IN_FLIGHT.getOpaque(this); // relaxed: an estimate
        for (int i = 0; i < BUCKETS; i++) {
            final RcuHead top = (RcuHead) TOPS.getAcquire(tops, at(i)); // relaxed: an estimate
            sum += top == null ? 0 : top.depth;
        }
        return sum;
    }
}
