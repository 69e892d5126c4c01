// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.parts.ReadGuard;
import io.latchwork.bench.parts.ReadGuards;
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

/**
 * Reading a reference that a writer may take away: what every call on a timer does first. Run with {@code -t 2} for two threads.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class ReadGuardBench {
    /** The guard's name. */
    @Param({"rcu", "rcu-asymmetric", "reentrant-rw", "stamped", "stamped-optimistic", "machine"})
    public String kind;

    private ReadGuard guard;

    /** A benchmark for JMH to set up. */
    public ReadGuardBench() {
        // fields are set by JMH
    }

    /** Makes the guard. */
    @Setup(Level.Trial)
    public void make() {
        guard = ReadGuards.of(kind, this);
    }

    /** Stops it. */
    @TearDown(Level.Trial)
    public void stop() {
        guard.close();
    }

    /**
     * Enter, read, leave.
     *
     * @return what was read
     */
    @Benchmark
    public Object read() {
        return guard.read();
    }
}
