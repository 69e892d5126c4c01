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

/** What no arming can be cheaper than: one exchange on a word of one's own, and for a delay one clock read. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Thread)
public class LimitBench {
    private static final int PAD = 16;

    private final AtomicLong[] words = new AtomicLong[2 * PAD + 1];
    private long value;

    /** A benchmark with its word in the middle of words that nobody uses. */
    public LimitBench() {
        for (int i = 0; i < words.length; i++) {
            words[i] = new AtomicLong();
        }
    }

    /**
     * One exchange that nobody else competes for.
     *
     * @return what was there
     */
    @Benchmark
    public long exchange() {
        return words[PAD].getAndSet(value++);
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
