// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Arming and cancelling one timer of the thread's own through a handle that is kept, beside many timers that are armed.
 * The deadlines lie at random among those of the others. Run with {@code -t 2} for two threads on different timers.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class ArmCancelBench {
    /** A benchmark; its states hold everything. */
    public ArmCancelBench() {
        // nothing to set up
    }

    /** A timer that only one thread uses, and times for it. */
    @State(Scope.Thread)
    public static class Own {
        private static final int TIMES = 4096;

        private final long[] delays = new long[TIMES];
        private final long[] deadlines = new long[TIMES];
        private BpfTimer<Integer, Object> timer;
        private long later;
        private int next;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set by JMH
        }

        /**
         * Takes a timer and draws times.
         *
         * @param others the timers that are armed
         */
        @Setup(Level.Trial)
        public void take(PendingTimers others) {
            timer = others.ownTimer();
            Random random = new Random(Thread.currentThread().getId());
            long now = others.now();
            for (int i = 0; i < TIMES; i++) {
                delays[i] = PendingTimers.NEAR_NS + (long) (random.nextDouble() * PendingTimers.SPREAD_NS);
                deadlines[i] = now + delays[i];
            }
            later = now + PendingTimers.NEAR_NS + PendingTimers.SPREAD_NS / 2;
        }

        private int next() {
            next = next + 1 & TIMES - 1;
            return next;
        }
    }

    /**
     * Arm for a deadline, then cancel.
     *
     * @param own the timer
     * @return what cancelling answered
     */
    @Benchmark
    public Status armCancelAbsolute(Own own) {
        own.timer.start(own.deadlines[own.next()], BpfTimer.TIMER_ABS);
        return own.timer.cancelAsync();
    }

    /**
     * Arm for a delay, then cancel.
     *
     * @param own the timer
     * @return what cancelling answered
     */
    @Benchmark
    public Status armCancelRelative(Own own) {
        own.timer.start(own.delays[own.next()], 0);
        return own.timer.cancelAsync();
    }

    /**
     * Push the deadline of the armed timer out by a microsecond.
     *
     * @param own the timer
     * @return what arming answered
     */
    @Benchmark
    public Status rearmLaterAbsolute(Own own) {
        own.later += TimeUnit.MICROSECONDS.toNanos(1);
        return own.timer.start(own.later, BpfTimer.TIMER_ABS);
    }
}
