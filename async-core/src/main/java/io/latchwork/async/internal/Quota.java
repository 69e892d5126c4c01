// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A bounded counter: units are taken while there are any, and given back. Lock-free. */
public final class Quota {
    private static final VarHandle USED;

    static {
        try {
            USED = MethodHandles.lookup().findVarHandle(Quota.class, "used", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long max;
    private long used;

    /**
     * A quota of which nothing is used.
     *
     * @param max the number of units; {@link Long#MAX_VALUE} means no limit
     */
    public Quota(long max) {
        this.max = max;
    }

    /**
     * Takes a unit.
     *
     * @return false if none is left, and nothing is taken
     */
    public boolean tryTake() {
        long seen = (long) USED.getOpaque(this); // relaxed: only the compare-and-set below decides
        while (seen < max) {
            long witness = (long) USED.compareAndExchange(this, seen, seen + 1); // relaxed: counts, orders nothing
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /** Gives a unit back. */
    public void giveBack() {
        USED.getAndAdd(this, -1L); // relaxed: counts, orders nothing
    }

    /**
     * How many units are taken, as of some moment during the call.
     *
     * @return 0 to the maximum
     */
    public long used() {
        return (long) USED.getAcquire(this); // relaxed: a statistic
    }
}
