// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.util.concurrent.locks.LockSupport;

/** How one blocking call waits: spin, then yield, then park for short times; and when it gives up. Used by one thread. */
final class Waiting {
    /** Longest single park, ns: nobody signals the end of a read section, so waits poll. */
    static final long PARK_NS = 50_000;
    private static final int SPINS = 64;
    private static final int YIELDS = 16;
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final boolean interruptible;
    private final long timeoutNs;
    private final long beganNs;
    private int steps;
    private boolean interrupted;

    private Waiting(final boolean interruptible, final long timeoutNs) {
        this.interruptible = interruptible;
        this.timeoutNs = timeoutNs;
        this.beganNs = System.nanoTime();
    }

    static Waiting interruptibly() {
        return new Waiting(true, NO_LIMIT);
    }

    static Waiting atMost(final long timeoutNs) {
        return new Waiting(true, Math.max(0, timeoutNs));
    }

    static Waiting uninterruptibly() {
        return new Waiting(false, NO_LIMIT);
    }

    /** A new thing to wait for: spin again first. */
    void reset() {
        steps = 0;
    }

    /** Throws if the caller may be interrupted and is; keeps the interrupt for {@link #restoreInterrupt()} if not. */
    void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            if (interruptible) {
                throw new InterruptedException();
            }
            interrupted = true; // a pending interrupt would turn every park into a spin
        }
    }

    /** Waits a little; false if the time is up. */
    boolean step() throws InterruptedException {
        checkInterrupt();
        if (timeoutNs != NO_LIMIT && System.nanoTime() - beganNs >= timeoutNs) {
            return false;
        }
        if (steps < SPINS) {
            Thread.onSpinWait();
        } else if (steps < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, PARK_NS);
            return true;
        }
        steps++;
        return true;
    }

    /** Gives back an interrupt that an uninterruptible wait had to swallow. */
    void restoreInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }
}
