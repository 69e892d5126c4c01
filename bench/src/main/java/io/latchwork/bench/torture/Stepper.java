// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** The thread that moves a manual clock, and makes it step where that is a fault to inject. */
final class Stepper implements Runnable {
    private static final int ADVANCE_NS = 2_000;
    private static final int STEP_ONE_IN = 16;
    private static final int SUSPEND_ONE_IN = 128;
    private static final int STEP_NS = 400;
    private static final int SUSPEND_NS = 200;
    private static final long LEAP_NS = 1_000_000;
    private static final long PAUSE_NS = 20_000;

    private final RoundClock clock;
    private final ClockMode mode;
    private final EventLog log;
    private final Faults faults;
    private final SplittableRandom random;
    private final long began = System.nanoTime();
    private final long firstReal;
    private final long first;
    private volatile boolean leaping;
    private volatile boolean stopped;

    Stepper(RoundClock clock, ClockMode mode, EventLog log, Faults faults, long seed) {
        this.clock = clock;
        this.mode = mode;
        this.log = log;
        this.faults = faults;
        this.random = new SplittableRandom(seed);
        this.first = clock.nanoTime();
        this.firstReal = clock.read(ClockId.REALTIME) - first;
    }

    /** From now on the clocks go forward only, and fast, so that everything that is armed becomes due. */
    void leap() {
        leaping = true;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        ManualClock manual = clock.manual();
        while (!stopped) {
            if (leaping) {
                manual.advance(LEAP_NS);
                LockSupport.parkNanos(PAUSE_NS);
            } else if (mode == ClockMode.FOLLOWING) {
                manual.set(first + System.nanoTime() - began);
                LockSupport.parkNanos(PAUSE_NS);
            } else {
                manual.advance(random.nextInt(ADVANCE_NS));
                Thread.yield();
            }
            if (!leaping && faults.has(Fault.CLOCK)) {
                step(manual);
            }
        }
    }

    /** The wall clock stays within a small range of where it began; only its offset wanders. */
    private void step(ManualClock manual) {
        long real = manual.epochNanos() - manual.nanoTime();
        long boot = manual.bootNanos() - manual.nanoTime();
        if (random.nextInt(STEP_ONE_IN) == 0) {
            long by = firstReal + random.nextInt(STEP_NS) - STEP_NS / 2 - real;
            clock.history().stepped(log.next(), real + by, boot);
            manual.stepRealTime(by);
            faults.count(Fault.CLOCK);
        } else if (random.nextInt(SUSPEND_ONE_IN) == 0) {
            int ns = random.nextInt(SUSPEND_NS);
            clock.history().stepped(log.next(), real + ns, boot + ns);
            manual.suspend(ns);
            faults.count(Fault.CLOCK);
        }
    }
}
