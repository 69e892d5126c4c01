// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.parts.WorkService;
import io.latchwork.bench.parts.WorkServices;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Asking for a run of a work on another thread: what that costs the caller, and how long it takes until it has run. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class WorkBench {
    /** Works that are started one after the other. */
    static final int BURST = 1024;
    private static final long POLL_NS = 20_000;

    /** The service's name. */
    @Param({"lockfree", "lockfree-spin", "lockfree-park", "jdk-pool", "jdk-forkjoin", "jctools"})
    public String kind;

    private WorkService service;
    private volatile long runs; // written by the one worker
    private long started;

    /** A benchmark for JMH to set up. */
    public WorkBench() {
        // fields are set by JMH
    }

    /** Starts the service. */
    @Setup(Level.Trial)
    public void start() {
        service = WorkServices.start(kind, BURST, this::count);
    }

    private void count() {
        runs++;
    }

    /** Waits until every work that was started has run. */
    @TearDown(Level.Invocation)
    public void await() {
        while (runs != started) {
            LockSupport.parkNanos(this, POLL_NS); // leaves the processors to those who run them
        }
    }

    /** Stops the service. */
    @TearDown(Level.Trial)
    public void stop() {
        service.close();
    }

    /** How many works have run. */
    long runs() {
        return runs;
    }

    /** Ask for runs of works that are idle; what follows is not measured. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void startBurst() {
        for (int i = 0; i < BURST; i++) {
            service.start(i);
        }
        started += BURST;
    }
}
