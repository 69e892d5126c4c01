// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.peers.Peer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Arming a timer that the peer does not know: it was never armed, or it fired. So each must reach the thread that expires it.
 * Batches are armed about 20 ms ahead and then awaited; only the arming is timed, but processor time and bytes are those of the
 * timers' whole lives, expiry included.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgs = {"-Xms4g", "-Xmx4g", "-Xmn512m"})
public class FreshArmBench {
    private static final int TIMERS = 8192;

    /** A benchmark; its state holds everything. */
    public FreshArmBench() {
        // nothing to set up
    }

    /** Timers of one thread, none of which is armed when a batch begins. */
    @State(Scope.Thread)
    public static class Batch {
        private static final long NEAR_NS = TimeUnit.MILLISECONDS.toNanos(20);
        private static final long SPREAD_NS = TimeUnit.MICROSECONDS.toNanos(500);
        private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

        private final long[] delays = new long[TIMERS];
        private final AtomicInteger left = new AtomicInteger();
        private Peer.Client client;
        private Thread owner;

        /** A state for JMH to set up. */
        public Batch() {
            // fields are set by JMH
        }

        /**
         * Takes timers and draws times.
         *
         * @param service the peer
         * @param threads tells which thread this is
         */
        @Setup(Level.Trial)
        public void take(final PeerService service, final ThreadParams threads) {
            owner = Thread.currentThread();
            client = service.client(TIMERS, this::fired);
            final Random random = new Random(threads.getThreadIndex());
            for (int i = 0; i < TIMERS; i++) {
                delays[i] = NEAR_NS + (long) (random.nextDouble() * SPREAD_NS);
            }
        }

        private void fired() {
            if (left.decrementAndGet() == 0) {
                LockSupport.unpark(owner);
            }
        }

        /** Begins a batch. */
        @Setup(Level.Invocation)
        public void begin() {
            left.set(TIMERS);
        }

        /** Waits until all have fired. */
        @TearDown(Level.Invocation)
        public void await() {
            final long start = System.nanoTime();
            while (left.get() > 0) {
                LockSupport.parkNanos(this, LIMIT_NS);
                if (System.nanoTime() - start > LIMIT_NS) {
                    throw new IllegalStateException(left.get() + " timers never fired");
                }
            }
        }
    }

    /**
     * Arm a batch.
     *
     * @param batch the timers
     */
    @Benchmark
    @OperationsPerInvocation(TIMERS)
    public void arm(final Batch batch) {
        for (int i = 0; i < TIMERS; i++) {
            batch.client.arm(i, batch.delays[i]);
        }
    }
}
