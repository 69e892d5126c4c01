// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What nothing can be cheaper than: one atomic operation on a word of one's own or of everybody's, one read of a clock. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class LimitBench {
    private static final int PAD = 16;

    /** A benchmark; its states hold everything. */
    public LimitBench() {
        // nothing to set up
    }

    /** A word in the middle of words that nobody uses. */
    @State(Scope.Thread)
    public static class Own {
        private final AtomicLong word = padded();
        private long value;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set here
        }

        private static AtomicLong padded() {
            final AtomicLong[] words = new AtomicLong[2 * PAD + 1];
            for (int i = 0; i < words.length; i++) {
                words[i] = new AtomicLong();
            }
            return words[PAD];
        }
    }

    /** A word that all threads use. */
    @State(Scope.Benchmark)
    public static class Shared {
        private final AtomicLong word = Own.padded();

        /** A state for JMH to set up. */
        public Shared() {
            // fields are set here
        }
    }

    /**
     * One exchange that nobody else competes for.
     *
     * @param own the word
     * @return what was there
     */
    @Benchmark
    public long exchange(final Own own) {
        return own.word.getAndSet(own.value++);
    }

    /**
     * One compare-and-set that nobody else competes for.
     *
     * @param own the word
     * @return whether it succeeded, which it does
     */
    @Benchmark
    public boolean compareAndSet(final Own own) {
        final long expected = own.value++;
        return own.word.compareAndSet(expected, expected + 1);
    }

    /**
     * One volatile read.
     *
     * @param own the word
     * @return what is there
     */
    @Benchmark
    public long volatileRead(final Own own) {
        return own.word.get();
    }

    /**
     * One exchange that all threads compete for.
     *
     * @param shared the word
     * @param own what to write
     * @return what was there
     */
    @Benchmark
    public long sharedExchange(final Shared shared, final Own own) {
        return shared.word.getAndSet(own.value++);
    }

    /**
     * One clock read.
     *
     * @return the time
     */
    @Benchmark
    public long nanoTime() {
        return System.nanoTime();
    }
}
