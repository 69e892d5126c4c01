// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.irqwork.Raiser;
import io.latchwork.rcu.Rcu;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.Agent;

/** One of the kworkers: an agent that takes tasks from their common queue. */
final class Kworker implements Agent {
    private static final int BATCH = 64;
    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(Kworker.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Kworkers all;
    private final int index;
    private final Raiser raiser;
    private final boolean launched;
    private final Rcu reclaims;
    private boolean marked; // the agent's own note: its bit in asleep is set
    private boolean overflowFirst; // as above
    private Thread owner;

    Kworker(Kworkers all, int index, Raiser raiser, boolean launched, Rcu reclaims) {
        this.all = all;
        this.index = index;
        this.raiser = raiser;
        this.launched = launched;
        this.reclaims = reclaims;
    }

    void raise() {
        raiser.raise();
    }

    /** For the idle strategy, when it has shown that it parks. */
    boolean mayPark() {
        marked = true;
        return all.mayPark(1L << index);
    }

    /** Tells whether the calling thread is inside a duty cycle of this kworker. */
    boolean isOwnDutyCycle() {
        return (Thread) OWNER.getOpaque(this) == Thread.currentThread(); // relaxed: a thread looks for its own store
    }

    /** Runs up to a batch of tasks, one after the other. */
    @Override
    public int doWork() {
        if (marked) {
            marked = false;
            all.awake(1L << index);
        }
        Thread outer = (Thread) OWNER.getOpaque(this); // relaxed: not null only in a duty cycle that this one is nested in
        OWNER.setOpaque(this, Thread.currentThread()); // relaxed: a thread only looks for itself here
        try {
            return (reclaims == null ? 0 : reclaims.reclaim()) + runTasks();
        } finally {
            OWNER.setOpaque(this, outer); // relaxed: as above
        }
    }

    private int runTasks() {
        int work = 0;
        while (work < BATCH) {
            Object task = all.take(overflowFirst);
            if (task == null) {
                break;
            }
            overflowFirst = !overflowFirst;
            if (!all.isEmpty()) {
                all.raiseOne(); // this task may block
            }
            all.run(task);
            work++;
            if (launched) {
                Thread.interrupted(); // what a callback leaves behind must not end the thread
            }
        }
        return work;
    }

    @Override
    public void onClose() {
        while (doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public String roleName() {
        return "latchwork-kworker-" + index;
    }
}
