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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
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
@Fork(value = 2, jvmArgs = {"-Xms4g", "-Xmx4g", "-Xmn512m"})
public class PeersBench {
    /** How many timers a batch has, and how many are armed where the one armed longest is cancelled. */
    private static final int TIMERS = 1024;
    private static final long STEP_NS = TimeUnit.MICROSECONDS.toNanos(1);

    /** A benchmark; its states hold everything. */
    public PeersBench() {
        // nothing to set up
    }

    /** Timers that only one thread uses. */
    @State(Scope.Thread)
    public static class Own {
        private static final int ALL = TIMERS + 2;
        private static final int PAIR = TIMERS;
        private static final int MOVED = TIMERS + 1;

        private Peer.Client client;
        private Delays delays;
        private int oldest;
        private long later = Delays.NEAR_NS;
        private long earlier = Delays.NEAR_NS + Delays.SPREAD_NS;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set by JMH
        }

        /**
         * Arms this thread's timers.
         *
         * @param service the peer
         * @param threads tells which thread this is
         */
        @Setup(Level.Trial)
        public void arm(final PeerService service, final ThreadParams threads) {
            delays = new Delays(threads.getThreadIndex());
            client = service.client(ALL, () -> { });
            for (int i = 0; i < ALL; i++) {
                client.arm(i, delays.next());
            }
        }
    }

    /** Timers that are armed anew before each batch. */
    @State(Scope.Thread)
    public static class Armed {
        private Peer.Client client;
        private Delays delays;

        /** A state for JMH to set up. */
        public Armed() {
            // fields are set by JMH
        }

        /**
         * Takes timers.
         *
         * @param service the peer
         * @param threads tells which thread this is
         */
        @Setup(Level.Trial)
        public void take(final PeerService service, final ThreadParams threads) {
            delays = new Delays(threads.getThreadIndex());
            client = service.client(TIMERS, () -> { });
        }

        /** Arms them. */
        @Setup(Level.Invocation)
        public void arm() {
            for (int i = 0; i < TIMERS; i++) {
                client.arm(i, delays.next());
            }
        }
    }

    /**
     * Cancel, then arm again: a pair, of which the peer may never get to see the other end.
     *
     * @param own the timers
     * @return what cancelling answered
     */
    @Benchmark
    public boolean pair(final Own own) {
        final boolean was = own.client.cancel(Own.PAIR);
        own.client.arm(Own.PAIR, own.delays.next());
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
        own.oldest = own.oldest + 1 & TIMERS - 1;
        final boolean was = own.client.cancel(own.oldest);
        own.client.arm(own.oldest, own.delays.next());
        return was;
    }

    /**
     * Push the deadline of an armed timer out, by a microsecond and the time since.
     *
     * @param own the timers
     */
    @Benchmark
    public void rearmLater(final Own own) {
        own.later += STEP_NS;
        own.client.rearm(Own.MOVED, own.later);
    }

    /**
     * Pull the deadline of an armed timer in, by a microsecond less the time since.
     *
     * @param own the timers
     */
    @Benchmark
    public void rearmEarlier(final Own own) {
        own.earlier -= STEP_NS;
        own.client.rearm(Own.MOVED, own.earlier);
    }

    /**
     * Cancel timers that are armed; arming them is not timed, but counts as processor time and bytes.
     *
     * @param armed the timers
     * @return how many said that they were armed
     */
    @Benchmark
    @OperationsPerInvocation(TIMERS)
    public int cancelArmed(final Armed armed) {
        int cancelled = 0;
        for (int i = 0; i < TIMERS; i++) {
            if (armed.client.cancel(i)) {
                cancelled++;
            }
        }
        return cancelled;
    }
}
