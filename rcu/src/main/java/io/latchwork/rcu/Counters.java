// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The statistics of a domain. They order nothing and decide nothing. */
final class Counters {
    static final int GRACE_PERIODS = 0;
    static final int INVOKED = 1;
    static final int CALLBACK_ERRORS = 2;
    static final int STALLS = 3;
    static final int AUTO_RELEASED = 4;
    static final int REFUSED = 5;
    static final int THROTTLED = 6;
    private static final int COUNT = 7;

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells = new long[COUNT];

    void add(final int which) {
        final long unused = (long) CELLS.getAndAdd(cells, which, 1L); // relaxed: a statistic
    }

    long get(final int which) {
        return (long) CELLS.getOpaque(cells, which); // relaxed: a statistic
    }
}
