// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Arming and cancelling a timer of the thread's own while other threads do the same with timers next to it in memory, or far
 * away. Deadlines lie an hour ahead. Run with {@code -t 2} and more: on separate cache lines no thread pays for another.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class NeighbourBench {
    /** A benchmark; its states hold everything. */
    public NeighbourBench() {
        // nothing to set up
    }

    /** The timers. */
    @State(Scope.Benchmark)
    public static class Shared {
        private static final int TIMERS = 1 << 16;
        private static final int FAR = 1 << 12;

        /** How far the threads' timers are apart: {@code next} to each other, or {@code far}. */
        @Param({"next", "far"})
        public String distance;

        private final AsyncRuntime runtime = AsyncRuntime.builder().launch();
        private final BpfProg prog = runtime.loadProgram("bench", () -> { });
        private final BpfArrayMap<Object> map = runtime.arrayMap("timers", TIMERS);

        /** A state for JMH to set up. */
        public Shared() {
            // fields are set by JMH
        }

        /** Initialises the timers in order, so that neighbours have neighbouring control blocks. */
        @Setup(Level.Trial)
        public void init() {
            final MapElement<Integer, Object> handle = map.handle();
            for (int i = 0; i < TIMERS; i++) {
                map.updateAt(i, this).orThrow();
                map.lookupAt(i, handle).orThrow();
                handle.timer().init(map, ClockId.MONOTONIC).orThrow();
                handle.timer().setCallback(prog, (from, key, value) -> { }).orThrow();
            }
        }

        /** How many timers are armed. */
        int armed() {
            return map.timers().armed().size();
        }

        private MapElement<Integer, Object> element(final int thread) {
            final int index = TIMERS / 2 + thread * (distance.equals("next") ? 1 : FAR) & TIMERS - 1;
            final MapElement<Integer, Object> handle = map.handle();
            map.lookupAt(index, handle).orThrow();
            return handle;
        }

        /** Drops all timers. */
        @TearDown(Level.Trial)
        public void close() {
            map.close();
            prog.close();
            runtime.close();
        }
    }

    /** One thread's timer. */
    @State(Scope.Thread)
    public static class Own {
        private MapElement<Integer, Object> element;
        private BpfTimer<Integer, Object> timer;
        private long deadline;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set by JMH
        }

        /**
         * Takes it, and arms it once, so that the base has its entry.
         *
         * @param shared the timers
         * @param threads which thread this is
         */
        @Setup(Level.Trial)
        public void take(final Shared shared, final ThreadParams threads) {
            element = shared.element(threads.getThreadIndex());
            timer = element.timer();
            deadline = shared.runtime.clock().nanoTime() + TimeUnit.HOURS.toNanos(1);
            timer.start(deadline, BpfTimer.TIMER_ABS);
        }

        /** The number of its timer; null before it has one. */
        Integer key() {
            return element == null ? null : element.key();
        }
    }

    /**
     * Cancel, then arm again, each time a little later.
     *
     * @param own the timer
     * @return what arming answered
     */
    @Benchmark
    public Status pair(final Own own) {
        own.timer.cancelAsync();
        own.deadline++;
        return own.timer.start(own.deadline, BpfTimer.TIMER_ABS);
    }
}
