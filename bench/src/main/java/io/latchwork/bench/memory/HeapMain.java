// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.memory;

import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Prints what an armed timer adds to the heap in use. */
public final class HeapMain {
    /** The quantity. */
    public static final String WHAT = "heap";

    private static final int COLLECTIONS = 3;

    private HeapMain() {
    }

    /**
     * Measures.
     *
     * @param args which timers, and how many
     * @throws InterruptedException if interrupted
     */
    public static void main(final String[] args) throws InterruptedException {
        System.out.println(RowLine.of(measure(args[0], Integer.parseInt(args[1]))));
        System.exit(0); // whatever threads a peer leaves
    }

    static Row measure(final String name, final int count) throws InterruptedException {
        try (ArmedTimers timers = ArmedTimers.start(name, count)) {
            final long before = used();
            timers.arm();
            timers.settle();
            final double each = (used() - before) / (double) count;
            if (timers.root() == null) {
                throw new IllegalStateException("collected");
            }
            return Row.of(WHAT, name, count, -1, each, ObjectsMain.BYTES);
        }
    }

    private static long used() {
        final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
