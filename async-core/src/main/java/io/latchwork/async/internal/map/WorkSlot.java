// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.internal.timer.BpfWork;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The place in an element where its work's control block is attached; in everything the timer's twin. */
abstract class WorkSlot extends TimerSlot {
    private static final VarHandle WORK;

    static {
        try {
            WORK = MethodHandles.lookup().findVarHandle(WorkSlot.class, "work", BpfWork.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private BpfWork work;

    final BpfWork work() {
        return (BpfWork) WORK.getAcquire(this); // AC81 <- AC80: sees the fields of the block
    }

    /** Whether there is a block to detach, seen after life was written. */
    final boolean hasWork() {
        return (BpfWork) WORK.getVolatile(this) != null; // AC18 <-> AC17: as detach
    }

    /** Publishes a block. False if there is one already. */
    final boolean tryAttachWork(BpfWork block) {
        // AC80 -> AC81: publishes the block. AC17 <-> AC18: before the second look at life and user references
        return WORK.compareAndSet(this, null, block);
    }

    /** Takes back a block that this thread attached. False if somebody detached it first, who then destroys it. */
    final boolean tryDetachWork(BpfWork block) {
        return WORK.compareAndSet(this, block, null); // AC80 -> AC81: the slot may be filled again
    }

    /** Takes the block out, or null. Exactly one caller gets it. */
    final BpfWork detachWork() {
        // AC18 <-> AC17: after life or the user references were written; init sees that, or this sees its block
        return (BpfWork) WORK.getAndSet(this, null);
    }
}
