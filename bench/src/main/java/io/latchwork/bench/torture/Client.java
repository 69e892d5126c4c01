// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that takes steps at random until the round ends. What a step does is drawn from numbers that belong to the step, so a
 * seed stands for one plan, however the threads are interleaved.
 */
final class Client implements Runnable {
    private static final int PAUSE_EVERY = 32;
    private static final long PAUSE_NS = 50_000;

    private final SplittableRandom seeds;
    private final Actions actions;
    private final Round round;
    private final Handles handles = new Handles();

    Client(long seed, Actions actions, Round round) {
        this.seeds = new SplittableRandom(seed);
        this.actions = actions;
        this.round = round;
    }

    @Override
    public void run() {
        for (int i = 1; !round.isOver(); i++) {
            try {
                actions.step(seeds.split(), handles);
            } catch (Throwable thrown) { // told to the round, which ends unless it was expected
                round.caught(thrown);
            }
            if (i % PAUSE_EVERY == 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }
}
