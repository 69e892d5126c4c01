// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that the calling thread allocates in a piece of code. */
final class AllocationMeter {

    private static final int ATTEMPTS = 5;

    private AllocationMeter() {
    }

    /** The least number of bytes over a few attempts, so that class loading and linking do not count. */
    static long bytes(final Runnable code) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && least != 0; i++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            code.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
