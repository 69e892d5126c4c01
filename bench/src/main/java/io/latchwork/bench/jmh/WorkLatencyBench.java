// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.parts.WorkService;
import io.latchwork.bench.parts.WorkServices;
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

/** Asking for a run of a work on another thread, and waiting until it has run. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class WorkLatencyBench {
    private static final int WORKS = 2;

    /** The service's name. */
    @Param({"lockfree", "lockfree-spin", "lockfree-park", "jdk-pool", "jdk-forkjoin", "jctools"})
    public String kind;

    private WorkService service;
    private volatile long runs; // written by the one worker
    private long started;

    /** A benchmark for JMH to set up. */
    public WorkLatencyBench() {
        // fields are set by JMH
    }

    /** Starts the service. */
    @Setup(Level.Trial)
    public void start() {
        service = WorkServices.start(kind, WORKS, this::count);
    }

    private void count() {
        runs++;
    }

    /** Stops the service. */
    @TearDown(Level.Trial)
    public void stop() {
        service.close();
    }

    /**
     * Start, and spin until the work has run.
     *
     * @return how often it has
     */
    @Benchmark
    public long startAndAwait() {
        service.start((int) started % WORKS);
        started++;
        while (runs != started) {
            Thread.onSpinWait();
        }
        return started;
    }
}
