// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What one does to a timer of the library and of its locked variant through a handle that is kept, beside many timers that are
 * armed: to one of the thread's own, and to one that all threads share. Deadlines lie at random among those of the others.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgs = {"-Xms4g", "-Xmx4g", "-Xmn512m"})
public class ArmCancelBench {
    private static final long STEP_NS = TimeUnit.MICROSECONDS.toNanos(1);

    /** A benchmark; its states hold everything. */
    public ArmCancelBench() {
        // nothing to set up
    }

    /** A timer that only one thread uses, and times for it. */
    @State(Scope.Thread)
    public static class Own {
        private BpfTimer<Integer, Object> timer;
        private BpfTimer<Integer, Object> idle;
        private Delays delays;
        private long start;
        private long later;
        private long earlier;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set by JMH
        }

        /**
         * Takes timers and draws times.
         *
         * @param others the timers that are armed
         * @param threads tells which thread this is
         */
        @Setup(Level.Trial)
        public void take(final PendingTimers others, final ThreadParams threads) {
            timer = others.ownTimer();
            idle = others.ownTimer();
            delays = new Delays(threads.getThreadIndex());
            start = others.now();
            later = start + Delays.NEAR_NS + Delays.SPREAD_NS / 2;
            earlier = later;
            idle.start(later, BpfTimer.TIMER_ABS).orThrow();
            idle.cancelAsync().orThrow();
        }

        private long deadline() {
            return start + delays.next();
        }
    }

    /** A timer that all threads use. */
    @State(Scope.Benchmark)
    public static class Shared {
        private BpfTimer<Integer, Object> timer;

        /** A state for JMH to set up. */
        public Shared() {
            // fields are set by JMH
        }

        /**
         * Takes a timer.
         *
         * @param others the timers that are armed
         */
        @Setup(Level.Trial)
        public void take(final PendingTimers others) {
            timer = others.ownTimer();
        }
    }

    /**
     * Arm for a deadline, then cancel.
     *
     * @param own the timer
     * @return what cancelling answered
     */
    @Benchmark
    public Status pairAbsolute(final Own own) {
        own.timer.start(own.deadline(), BpfTimer.TIMER_ABS);
        return own.timer.cancelAsync();
    }

    /**
     * Push the deadline of the armed timer out by a microsecond.
     *
     * @param own the timer
     * @return what arming answered
     */
    @Benchmark
    public Status rearmLaterAbsolute(final Own own) {
        own.later += STEP_NS;
        return own.timer.start(own.later, BpfTimer.TIMER_ABS);
    }

    /**
     * Pull the deadline of the armed timer in by a microsecond.
     *
     * @param own the timer
     * @return what arming answered
     */
    @Benchmark
    public Status rearmEarlierAbsolute(final Own own) {
        own.earlier -= STEP_NS;
        return own.timer.start(own.earlier, BpfTimer.TIMER_ABS);
    }

    /**
     * Cancel a timer that is not armed.
     *
     * @param own the timer
     * @return what cancelling answered
     */
    @Benchmark
    public Status cancelIdle(final Own own) {
        return own.idle.cancelAsync();
    }

    /**
     * Arm the timer that others arm and cancel, too, for a deadline, then cancel it.
     *
     * @param shared the timer
     * @param own times for it
     * @return what cancelling answered
     */
    @Benchmark
    public Status sharedPairAbsolute(final Shared shared, final Own own) {
        shared.timer.start(own.deadline(), BpfTimer.TIMER_ABS);
        return shared.timer.cancelAsync();
    }

    /**
     * Push out the deadline of the timer that others push out, too.
     *
     * @param shared the timer
     * @param own times for it
     * @return what arming answered
     */
    @Benchmark
    public Status sharedRearmLaterAbsolute(final Shared shared, final Own own) {
        own.later += STEP_NS;
        return shared.timer.start(own.later, BpfTimer.TIMER_ABS);
    }
}
