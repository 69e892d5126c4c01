// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.peers.Peer;
import io.latchwork.bench.peers.Peers;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A peer with many timers armed one to two hours ahead, at random. */
@State(Scope.Benchmark)
public class PeerService {
    private static final long SEED = 42;

    /** Its name. */
    @Param({"lockfree", "locked-spin", "locked-reentrant", "jdk-remove", "jdk-keep", "jdk-forkjoin", "netty-wheel-1ms",
        "netty-wheel-100ms", "netty-executor", "kafka", "agrona-wheel", "agrona-queue"})
    public String peer;

    /** How many other timers are armed. */
    @Param({"0", "1000", "100000", "1000000"})
    public int pending;

    private Peer started;

    /** A state for JMH to set up. */
    public PeerService() {
        // fields are set by JMH
    }

    /** Starts the peer and arms the other timers. */
    @Setup(Level.Trial)
    public void start() {
        started = Peers.start(peer);
        final Peer.Client others = started.client(Math.max(1, pending), () -> { });
        final Random random = new Random(SEED);
        for (int i = 0; i < pending; i++) {
            others.arm(i, Delays.random(random));
        }
        final AtomicBoolean fired = new AtomicBoolean();
        final Peer.Client last = started.client(1, () -> fired.set(true));
        last.arm(0, Settling.SOON_NS);
        Settling.await(fired, last::poll, pending);
    }

    /** Timers for a thread of the measurement. */
    Peer.Client client(final int timers, final Runnable action) {
        return started.client(timers, action);
    }

    /** Stops the peer, if the JVM would not end without that; to take down a million timers may take longer than to measure. */
    @TearDown(Level.Trial)
    public void stop() {
        if (!Peers.LIBRARY.contains(peer)) {
            started.close();
        }
    }
}
