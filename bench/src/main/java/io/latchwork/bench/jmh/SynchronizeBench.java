// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.rcu.Rcu;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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

/** Waiting until every reader has left, beside readers that enter and leave all the time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class SynchronizeBench {
    /** How many readers there are. */
    @Param({"0", "1"})
    public int readers;

    private final Rcu rcu = Rcu.builder().build();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<Thread> reading = new ArrayList<>();
    private volatile boolean isOver;

    /** A benchmark for JMH to set up. */
    public SynchronizeBench() {
        // fields are set by JMH
    }

    /** Starts the readers. */
    @Setup(Level.Trial)
    public void start() {
        for (int i = 0; i < readers; i++) {
            final Thread reader = new Thread(this::read, "reader-" + i);
            reader.setDaemon(true);
            reader.start();
            reading.add(reader);
        }
    }

    private void read() {
        while (!isOver) {
            rcu.readLock().unlock();
            lock.readLock().lock();
            lock.readLock().unlock();
        }
    }

    /**
     * Stops everything.
     *
     * @throws InterruptedException if interrupted
     */
    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
        isOver = true;
        for (final Thread reader : reading) {
            reader.join();
        }
        rcu.close();
    }

    /**
     * A grace period.
     *
     * @throws InterruptedException if interrupted
     */
    @Benchmark
    public void synchronize() throws InterruptedException {
        rcu.synchronize();
    }

    /**
     * A grace period in a hurry.
     *
     * @throws InterruptedException if interrupted
     */
    @Benchmark
    public void synchronizeExpedited() throws InterruptedException {
        rcu.synchronizeExpedited();
    }

    /** What waits for readers where there are locks. */
    @Benchmark
    public void writeLock() {
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }
}
