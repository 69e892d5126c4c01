// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.toy;

import io.latchwork.seqlatch.SeqcountLatch;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A pair behind a latch, used as the latch's description says. The stores to the pair are points, too. */
public final class LatchedPair {

    private static final VarHandle CELLS = ConstantBootstraps.arrayVarHandle(
        MethodHandles.lookup(), "cells", VarHandle.class, long[].class);
    private static final long BASE = 1000;

    private final SeqcountLatch latch = new SeqcountLatch();
    private final long[] cells = new long[4];

    public void write(final long first, final long second) {
        latch.writeBegin();
        store(0, first, second);
        latch.writeMiddle();
        store(1, first, second);
        latch.writeEnd();
    }

    /** Both halves in one number. */
    public long read() {
        long seq;
        long pair;
        do {
            seq = latch.readBegin();
            final int at = 2 * SeqcountLatch.copyOf(seq);
            pair = (long) CELLS.getOpaque(cells, at) * BASE + (long) CELLS.getOpaque(cells, at + 1);
        } while (latch.readRetry(seq));
        return pair;
    }

    private void store(final int copy, final long first, final long second) {
        CELLS.setOpaque(cells, 2 * copy, first);
        CELLS.setOpaque(cells, 2 * copy + 1, second);
    }
}
