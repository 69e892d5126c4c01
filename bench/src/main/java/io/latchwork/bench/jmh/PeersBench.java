// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.peers.Peer;
import io.latchwork.bench.peers.Peers;
import java.util.Random;
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
 * Arming, re-arming and cancelling timers of the thread's own, relative, beside many that are armed: every peer by the same
 * code. The others' deadlines are one to two hours ahead, at random, and so are the new ones.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class PeersBench {
    /** A benchmark; its states hold everything. */
    public PeersBench() {
        // nothing to set up
    }

    /** The peer. */
    @State(Scope.Benchmark)
    public static class Service {
        /** Its name. */
        @Param({"lockfree", "locked-spin", "locked-reentrant", "jdk-remove", "jdk-keep", "jdk-forkjoin", "netty-wheel-1ms",
            "netty-wheel-100ms", "netty-executor", "kafka", "agrona-wheel", "agrona-queue"})
        public String peer;

        /** How many other timers are armed. */
        @Param({"0", "1000", "100000", "1000000"})
        public int pending;

        private Peer started;

        /** A state for JMH to set up. */
        public Service() {
            // fields are set by JMH
        }

        /** Starts it. */
        @Setup(Level.Trial)
        public void start() {
            started = Peers.start(peer);
        }

        /** Stops it. */
        @TearDown(Level.Trial)
        public void stop() {
            started.close();
        }
    }

    /** Timers that only one thread uses. */
    @State(Scope.Thread)
    public static class Own {
        private static final long NEAR_NS = TimeUnit.HOURS.toNanos(1);
        private static final int TIMES = 4096;
        /** Timers of the delayed cancel. */
        private static final int OWN = 1024;

        private final long[] delays = new long[TIMES];
        private Peer.Client client;
        private int first;
        private int next;
        private long later = NEAR_NS;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set by JMH
        }

        /**
         * Arms this thread's share of the others, and its own.
         *
         * @param service the peer
         * @param threads how many share
         */
        @Setup(Level.Trial)
        public void arm(final Service service, final ThreadParams threads) {
            final Random random = new Random(threads.getThreadIndex());
            first = service.pending / threads.getThreadCount();
            client = service.started.client(first + OWN + 1, () -> { });
            for (int i = 0; i < first + OWN; i++) {
                client.arm(i, NEAR_NS + (long) (random.nextDouble() * NEAR_NS));
            }
            client.arm(first + OWN, later);
            for (int i = 0; i < TIMES; i++) {
                delays[i] = NEAR_NS + (long) (random.nextDouble() * NEAR_NS);
            }
        }

        private long delay() {
            next = next + 1 & TIMES - 1;
            return delays[next];
        }
    }

    /**
     * Cancel, then arm again: a pair, of which the peer never gets to see the other end.
     *
     * @param own the timers
     * @return what cancelling answered
     */
    @Benchmark
    public boolean pair(final Own own) {
        final boolean was = own.client.cancel(own.first);
        own.client.arm(own.first, own.delay());
        return was;
    }

    /**
     * Cancel the timer that was armed 1 023 arms ago, and arm it again.
     *
     * @param own the timers
     * @return what cancelling answered
     */
    @Benchmark
    public boolean delayedPair(final Own own) {
        final long delay = own.delay();
        final int timer = own.first + (own.next & Own.OWN - 1);
        final boolean was = own.client.cancel(timer);
        own.client.arm(timer, delay);
        return was;
    }

    /**
     * Push the deadline of an armed timer out by a microsecond.
     *
     * @param own the timers
     */
    @Benchmark
    public void rearmLater(final Own own) {
        own.later += TimeUnit.MICROSECONDS.toNanos(1);
        own.client.rearm(own.first + Own.OWN, own.later);
    }
}
