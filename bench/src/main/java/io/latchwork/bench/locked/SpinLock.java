// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A test-and-test-and-set lock, to be extended by what it guards. Not re-entrant, not fair. A waiter spins, and gives its
 * time slice away when that takes long, because the holder may be off the processor.
 */
class SpinLock {
    private static final VarHandle HELD;
    private static final int SPINS_BEFORE_YIELD = 256;

    static {
        try {
            HELD = MethodHandles.lookup().findVarHandle(SpinLock.class, "held", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int held;

    final void lock() {
        if (!HELD.weakCompareAndSetAcquire(this, 0, 1)) { // LK2 <- LK1: sees what the last holder did
            lockContended();
        }
    }

    final void unlock() {
        HELD.setRelease(this, 0); // LK1 -> LK2: hands what was done under the lock to the next holder
    }

    private void lockContended() {
        int spins = 0;
        do {
            while ((int) HELD.getOpaque(this) != 0) { // relaxed: only a hint that the exchange may succeed
                if (spins < SPINS_BEFORE_YIELD) {
                    spins++;
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        } while (!HELD.weakCompareAndSetAcquire(this, 0, 1)); // LK2 <- LK1
    }
}
