// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.AsyncRuntime;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The NMI of the ports. The library calls the clock, and the keys' {@code hashCode} and {@code equals}, in the middle
 * of its own calls and of its base's pass; those of {@link #clock} and {@link #key} run a handler there, marked as NMI.
 * So the handler interrupts a call of the same thread which cannot go on before it ends.
 */
final class Interrupt {
    private static final class Depth {
        private int depth;
        private int skipped;
    }

    private final ThreadLocal<Depth> depths = ThreadLocal.withInitial(Depth::new);
    private final AtomicLong hits = new AtomicLong();
    private volatile AsyncRuntime runtime;
    private volatile Runnable handler;
    private volatile int period = 1;
    private volatile int maxDepth = 1;

    /** Interrupts every {@code every}th chance of each thread, nested at most so deep, until {@link #disarm}. */
    void arm(AsyncRuntime rt, int every, int depth, Runnable code) {
        period = every;
        maxDepth = depth;
        runtime = rt;
        handler = code;
    }

    void arm(AsyncRuntime rt, Runnable code) {
        arm(rt, 1, 1, code);
    }

    /** No interrupt begins any more. */
    void disarm() {
        handler = null;
    }

    /** How many interrupts there were. */
    long hits() {
        return hits.get();
    }

    /** A chance for an interrupt. */
    void chance() {
        Runnable code = handler;
        if (code == null) {
            return;
        }
        Depth mine = depths.get();
        if (mine.depth >= maxDepth || ++mine.skipped < period) {
            return;
        }
        mine.skipped = 0;
        mine.depth++;
        runtime.nmiEnter();
        try {
            hits.getAndIncrement();
            code.run();
        } finally {
            runtime.nmiExit();
            mine.depth--;
        }
    }

    /** A clock in whose {@code nanoTime} interrupts come. */
    AsyncClock clock(AsyncClock of) {
        return new InterruptedClock(of, this);
    }

    /** A key in whose {@code hashCode} and {@code equals} interrupts come. */
    Key key(int id) {
        return new Key(id, this);
    }

    /** See {@link #key}. */
    static final class Key {
        private final int id;
        private final Interrupt interrupt;

        private Key(int id, Interrupt interrupt) {
            this.id = id;
            this.interrupt = interrupt;
        }

        @Override
        public int hashCode() {
            interrupt.chance();
            return id;
        }

        @Override
        public boolean equals(Object other) {
            interrupt.chance();
            return other instanceof Key key && key.id == id;
        }

        @Override
        public String toString() {
            return "key " + id;
        }
    }

    private static final class InterruptedClock implements AsyncClock {
        private final AsyncClock of;
        private final Interrupt interrupt;

        private InterruptedClock(AsyncClock of, Interrupt interrupt) {
            this.of = of;
            this.interrupt = interrupt;
        }

        @Override
        public long nanoTime() {
            interrupt.chance();
            return of.nanoTime();
        }

        @Override
        public long epochNanos() {
            return of.epochNanos();
        }

        @Override
        public long bootNanos() {
            return of.bootNanos();
        }

        @Override
        public void onStep(Runnable listener) {
            of.onStep(listener);
        }

        @Override
        public void offStep(Runnable listener) {
            of.offStep(listener);
        }
    }
}
