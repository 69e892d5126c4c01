// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** Parks the thread that asks, by {@link LockSupport}. Keeps the interrupt status; an interrupted thread yields. */
final class ThreadParker implements Parker {

    private static final VarHandle THREAD = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "thread", VarHandle.class, ThreadParker.class, Thread.class);

    private Thread thread;

    @Override
    public void prepare() {
        THREAD.setOpaque(this, Thread.currentThread()); // relaxed: published by ID1
    }

    @Override
    public void park(final long ns) {
        if (Thread.currentThread().isInterrupted()) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, ns);
        }
    }

    @Override
    public void unpark() {
        LockSupport.unpark((Thread) THREAD.getOpaque(this)); // relaxed: acquired by ID2; null is allowed
    }
}
