// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.CallbackErrorHandler;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.irqwork.Raiser;
import io.latchwork.rcu.Rcu;
import java.util.Queue;
import org.agrona.concurrent.Agent;
import org.jctools.queues.varhandle.MpscLinkedVarHandleQueue;

/**
 * The housekeeping agent: runs the code of users that may block, which neither a base nor the thread that ends grace
 * periods should run. Today that is the unload hooks of programs.
 *
 * <p>Its queue lies between workers only, so it may be one that is not safe in NMI: JCTools'.
 */
final class Kworker implements Agent {
    private static final int BATCH = 64;

    private final Queue<ProgImpl> unloads = new MpscLinkedVarHandleQueue<>();
    private final Rcu rcu;
    private final boolean reclaims;
    private final Raiser raiser;
    private final CallbackErrorHandler errors;

    /**
     * An idle worker.
     *
     * @param rcu the domain
     * @param reclaims whether this agent also ends grace periods, because the domain has no thread
     * @param raiser wakes the thread of this agent
     * @param errors told what hooks throw
     */
    Kworker(Rcu rcu, boolean reclaims, Raiser raiser, CallbackErrorHandler errors) {
        this.rcu = rcu;
        this.reclaims = reclaims;
        this.raiser = raiser;
        this.errors = errors;
    }

    /** Hands over a dead program whose grace period has passed. Called by the thread that runs RCU callbacks. */
    void unload(ProgImpl prog) {
        unloads.offer(prog);
        raiser.raise();
    }

    boolean isQuiet() {
        return unloads.isEmpty();
    }

    @Override
    public int doWork() {
        int work = reclaims ? rcu.reclaim() : 0;
        for (int i = 0; i < BATCH; i++) {
            ProgImpl prog = unloads.poll();
            if (prog == null) {
                break;
            }
            run(prog);
            work++;
        }
        return work;
    }

    private void run(ProgImpl prog) {
        try {
            prog.unload();
        } catch (Throwable error) { // the hook's own fault; the next hook runs all the same
            try {
                errors.onError(prog.name(), "", error);
            } catch (Throwable dropped) {
                // documented: what the handler throws is dropped
            }
        }
    }

    @Override
    public void onClose() {
        while (doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public String roleName() {
        return "latchwork-kworker";
    }
}
