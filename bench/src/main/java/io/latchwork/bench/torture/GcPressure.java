// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.concurrent.locks.LockSupport;

/** Makes garbage of all ages, and now and then asks for a full collection. */
final class GcPressure implements Runnable {
    private static final int KEPT = 64;
    private static final int BYTES = 1 << 16;
    private static final int FULL_EVERY = 400;
    private static final long PAUSE_NS = 500_000;

    private final Faults faults;
    private final byte[][] kept = new byte[KEPT][];
    private volatile boolean stopped;

    GcPressure(Faults faults) {
        this.faults = faults;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        for (int i = 1; !stopped; i++) {
            kept[i % KEPT] = new byte[BYTES];
            if (i % FULL_EVERY == 1) {
                System.gc();
                faults.count(Fault.GC);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
