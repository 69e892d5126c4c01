// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import io.latchwork.async.AsyncRuntime;
import org.agrona.concurrent.Agent;

/** Runs the agents of a runtime that has no threads, until none of them finds work. */
public final class Driver {
    /** How often nobody may have worked before it is over: a grace period takes a few idle rounds. */
    private static final int IDLE_ROUNDS = 16;
    private static final int MAX_ROUNDS = 1_000_000;

    private final AsyncRuntime runtime;

    /** Drives the runtime by the calling thread. */
    public Driver(AsyncRuntime runtime) {
        this.runtime = runtime;
    }

    /** Runs everything that is due now. Returns how much work was done. */
    public int drain() {
        int total = 0;
        int idle = 0;
        for (int round = 0; idle < IDLE_ROUNDS; round++) {
            if (round == MAX_ROUNDS) {
                throw new AssertionError("the agents never run out of work");
            }
            int done = round();
            total += done;
            idle = done == 0 ? idle + 1 : 0;
        }
        return total;
    }

    private int round() {
        int done = 0;
        for (Agent agent : runtime.agents()) {
            try {
                done += agent.doWork();
            } catch (Exception e) {
                throw new AssertionError(agent.roleName(), e);
            }
        }
        return done;
    }
}
