// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.peers.Peer;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/** How long single arms take, from two threads on timers of their own. Each is cancelled before the next, untimed. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgs = {"-Xms4g", "-Xmx4g", "-Xmn512m"})
@Threads(2)
public class ArmLatencyBench {
    /** A benchmark; its state holds everything. */
    public ArmLatencyBench() {
        // nothing to set up
    }

    /** A timer that only one thread uses. */
    @State(Scope.Thread)
    public static class Own {
        private Peer.Client client;
        private Delays delays;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set by JMH
        }

        /**
         * Takes a timer.
         *
         * @param service the peer
         * @param threads tells which thread this is
         */
        @Setup(Level.Trial)
        public void take(final PeerService service, final ThreadParams threads) {
            delays = new Delays(threads.getThreadIndex());
            client = service.client(1, () -> { });
        }

        /** Cancels it. */
        @TearDown(Level.Invocation)
        public void cancel() {
            client.cancel(0);
        }
    }

    /**
     * Arm.
     *
     * @param own the timer
     */
    @Benchmark
    public void arm(final Own own) {
        own.client.arm(0, own.delays.next());
    }

    /** What a sample shows that nothing is done in. */
    @Benchmark
    public void nothing() {
        // the floor
    }
}
