// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.toy;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One copy and a sequence number: a reader that interrupts the writer spins for ever. */
public final class ToySeqLock {

    private static final VarHandle SEQ = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "seq", VarHandle.class, ToySeqLock.class, int.class);

    private int seq;
    private volatile long a;
    private volatile long b;

    public void write(final long first, final long second) {
        SEQ.setVolatile(this, seq + 1);
        a = first;
        b = second;
        SEQ.setRelease(this, seq + 1);
    }

    public String read() {
        while (true) {
            final int before = (int) SEQ.getAcquire(this);
            final long first = a;
            final long second = b;
            VarHandle.acquireFence();
            if ((before & 1) == 0 && (int) SEQ.getOpaque(this) == before) {
                return first + "/" + second;
            }
            Thread.onSpinWait();
        }
    }
}
