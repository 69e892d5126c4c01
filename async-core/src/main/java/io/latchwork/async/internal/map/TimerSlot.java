// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.internal.timer.BpfHrtimer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The place in an element where its timer's control block is attached. */
abstract class TimerSlot extends Link {
    private static final VarHandle TIMER;

    static {
        try {
            TIMER = MethodHandles.lookup().findVarHandle(TimerSlot.class, "timer", BpfHrtimer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private BpfHrtimer timer;

    final BpfHrtimer timer() {
        return (BpfHrtimer) TIMER.getAcquire(this); // AC26 <- AC25: sees the fields of the block
    }

    /** Whether there is a block to detach, seen after life was written. */
    final boolean hasTimer() {
        return (BpfHrtimer) TIMER.getVolatile(this) != null; // AC18 <-> AC17: as detach
    }

    /** Publishes a block. False if there is one already. */
    final boolean tryAttachTimer(BpfHrtimer block) {
        // AC25 -> AC26: publishes the block. AC17 <-> AC18: before the second look at life and user references
        return TIMER.compareAndSet(this, null, block);
    }

    /** Takes back a block that this thread attached. False if somebody detached it first, who then destroys it. */
    final boolean tryDetachTimer(BpfHrtimer block) {
        return TIMER.compareAndSet(this, block, null); // AC25 -> AC26: the slot may be filled again
    }

    /** Takes the block out, or null. Exactly one caller gets it. */
    final BpfHrtimer detachTimer() {
        // AC18 <-> AC17: after life or the user references were written; init sees that, or this sees its block
        return (BpfHrtimer) TIMER.getAndSet(this, null);
    }
}
