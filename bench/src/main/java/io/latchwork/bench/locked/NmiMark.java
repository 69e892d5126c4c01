// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Which threads are in NMI. Asking costs one plain load as long as none is. */
final class NmiMark {
    private static final VarHandle MARKED;

    static {
        try {
            MARKED = MethodHandles.lookup().findVarHandle(NmiMark.class, "marked", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ThreadLocal<int[]> depth = ThreadLocal.withInitial(() -> new int[1]);
    private int marked;

    void enter() {
        if (depth.get()[0]++ == 0) {
            MARKED.getAndAdd(this, 1); // relaxed: only the marking thread itself relies on it
        }
    }

    void exit() {
        int[] mine = depth.get();
        if (mine[0] == 0) {
            throw new IllegalStateException("nmiExit without nmiEnter");
        }
        if (--mine[0] == 0) {
            MARKED.getAndAdd(this, -1); // relaxed: only the marking thread itself relies on it
        }
    }

    /** Whether the calling thread is in NMI. */
    boolean here() {
        return (int) MARKED.getOpaque(this) != 0 && depth.get()[0] != 0; // relaxed: a thread sees its own mark
    }
}
