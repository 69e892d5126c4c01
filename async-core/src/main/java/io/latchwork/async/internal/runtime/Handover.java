// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.internal.timer.BpfWork;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A work as it is given to an executor: runs once, whoever runs it, so neither an executor that runs a task twice nor one
 * that throws though it took the task can make an item run on two threads.
 */
final class Handover implements Runnable {
    private static final VarHandle BEGUN;

    static {
        try {
            BEGUN = MethodHandles.lookup().findVarHandle(Handover.class, "begun", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Kworkers kworkers;
    private final BpfWork work;
    private boolean begun;

    Handover(Kworkers kworkers, BpfWork work) {
        this.kworkers = kworkers;
        this.work = work;
    }

    @Override
    public void run() {
        if (BEGUN.compareAndSet(this, false, true)) { // relaxed: picks one winner; who queued the item ordered the rest
            kworkers.executeElsewhere(work);
        }
    }
}
