// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Base class of objects that are reclaimed after a grace period: the link and the state live in the object, so queueing it
 * allocates nothing and cannot fail for lack of memory. One pending use at a time, in one domain.
 *
 * <p>Source of the idea: {@code struct rcu_head} of the Linux kernel.
 */
public abstract class RcuHead {
    private static final VarHandle QUEUED = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "queued", VarHandle.class, RcuHead.class, int.class);

    /** Published by the push, read after the drain; in between nobody writes it. */
    RcuHead next;
    /** Heads in the bucket at the time of the push. Others read it in a race, as an estimate only. */
    int depth;
    private int queued;

    /** For subclasses. A new head is not queued. */
    protected RcuHead() {
    }

    /**
     * Called once for each accepted {@code callRcu}, after a full grace period. The head is free again when this is called: it may
     * be queued again from here.
     *
     * <p><b>Context:</b> the reclaimer thread of the domain, or a thread inside {@link Rcu#reclaim()}, {@link Rcu#close()} or, in manual
     * mode, {@link Rcu#barrier()} or {@link Rcu#callRcuThrottled}. Not inside a section, unless the implementation opens one. It should be short: it
     * delays all callbacks after it. It may call anything of the domain but {@code barrier}, {@code reclaim}, {@code close} and
     * {@code callRcuThrottled}, which refuse. What it throws goes to the domain's {@link CallbackErrorHandler} and stops nothing.
     * <b>Ordering:</b> everything done before the {@code callRcu}, and in the sections the grace period waited for, happens before.
     */
    protected abstract void reclaim();

    /** Free to queued; false if it is queued already. */
    final boolean claim() {
        // RC16 <- RC15: next and depth of the last use are done with; else a second push cuts a list that is being walked
        return QUEUED.compareAndSet(this, 0, 1);
    }

    /** Queued to free. */
    final void unclaim() {
        // RC15 -> RC16: our last look at the links comes before the next use of the head
        QUEUED.setRelease(this, 0);
    }
}
