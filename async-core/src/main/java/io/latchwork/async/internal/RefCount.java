// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import io.latchwork.rcu.RcuHead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A reference count for which zero is final: taking a reference is "add one unless zero", so a dying object is never
 * revived. Whoever drops the last reference learns it, and nobody else does.
 *
 * <p>It is an RCU head as well, for owners that are reclaimed a grace period after the last reference: one object for both.
 */
public class RefCount extends RcuHead {
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(RefCount.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int count;

    /**
     * A count with some references in existence.
     *
     * @param references not negative
     */
    public RefCount(int references) {
        this.count = references;
    }

    /**
     * Takes a reference unless there is none left. Lock-free: retries only when another reference was taken or dropped.
     *
     * @return false if the count is zero, for ever
     */
    public final boolean tryGet() {
        int seen = (int) COUNT.getOpaque(this); // relaxed: only the compare-and-set below decides
        while (seen > 0) {
            int witness = (int) COUNT.compareAndExchange(this, seen, seen + 1); // relaxed: owns a share, orders nothing
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /**
     * Drops a reference. Wait-free. The last put acquires what every other put released.
     *
     * @return true if it was the last one: everything done under any reference happened before this return
     * @throws IllegalStateException if there was none: a surplus release
     */
    public final boolean put() {
        int before = (int) COUNT.getAndAdd(this, -1); // AC1 <-> AC2: before the last one looks further
        if (before <= 0) {
            throw new IllegalStateException("surplus release: the count was " + before);
        }
        return before == 1;
    }

    /**
     * Drops a reference unless there is none left. Lock-free.
     *
     * @return false if the count was zero already, and nothing changed
     */
    public final boolean tryPut() {
        int seen = (int) COUNT.getOpaque(this); // relaxed: only the compare-and-set below decides
        while (seen > 0) {
            int witness = (int) COUNT.compareAndExchange(this, seen, seen - 1); // AC1 <-> AC2: as put
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /**
     * Makes the count ready for a new life, before the object is published.
     *
     * @param references not negative
     */
    public final void reset(int references) {
        COUNT.set(this, references); // plain: nobody else can reach the object; its publication orders this store
    }

    /**
     * The count at this moment, read after everything the caller wrote before in a sequentially consistent way.
     *
     * @return 0 if dead
     */
    public final int get() {
        return (int) COUNT.getVolatile(this); // AC2 <-> AC1: who publishes and then looks, or drops and then looks
    }

    /** What happens a grace period after the last reference, if the owner asked for one; here, nothing. */
    @Override
    protected void reclaim() {
        // for owners that need it
    }
}
