// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import java.util.Locale;

/** What the machine is busy with beside the timers. */
enum BackgroundLoad {
    /** Nothing. */
    NONE,
    /** One thread allocates without pause and keeps the last 64 MB. */
    GC {
        @Override
        void start() {
            thread(BackgroundLoad::allocate);
        }
    },
    /** As many threads as there are processors compute without pause. */
    CPU {
        @Override
        void start() {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                thread(BackgroundLoad::compute);
            }
        }
    };

    private static final int KEPT = 65_536;
    private static final int SIZE = 1_000;

    /** Makes the machine busy until the JVM ends. */
    void start() {
        // not at all
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void thread(final Runnable task) {
        final Thread thread = new Thread(task, "load");
        thread.setDaemon(true);
        thread.start();
    }

    private static void allocate() {
        final byte[][] kept = new byte[KEPT][];
        for (int i = 0; !Thread.interrupted(); i = (i + 1) % KEPT) {
            kept[i] = new byte[SIZE];
        }
    }

    private static void compute() {
        long x = System.nanoTime() | 1;
        while (!Thread.interrupted() && x != 0) {
            for (int i = 0; i < SIZE; i++) {
                x ^= x << 13; // xorshift: never 0
                x ^= x >>> 7;
                x ^= x << 17;
            }
        }
    }
}
