// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.expiry;

import io.latchwork.bench.meter.PeerThreads;
import io.latchwork.bench.peers.Peer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Rounds of timers that become due within 50 ms, with one client. */
final class Expiry {
    /** The time within which all become due. */
    static final long WINDOW_NS = 50_000_000;

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    /** How long before the first deadline the processor times are read, and all must be armed. */
    private static final long MARGIN_NS = 5_000_000;

    private final Peer.Client client;
    private final Countdown fired;
    private final PeerThreads threads;
    private final long[] delaysNs;

    /**
     * What a round took.
     *
     * @param armNs arming
     * @param fireNs from the first arm, or in rounds that are armed beforehand from the first deadline, to the last callback
     * @param cpuNs processor time of the threads that expire
     */
    record Times(long armNs, long fireNs, long cpuNs) {
    }

    /**
     * @param client has timers with these numbers at least
     * @param fired runs at each expiry
     * @param threads the peer's
     * @param timers how many timers a round has
     * @param seed of the delays
     */
    Expiry(final Peer.Client client, final Countdown fired, final PeerThreads threads, final int timers, final long seed) {
        this.client = client;
        this.fired = fired;
        this.threads = threads;
        this.delaysNs = new SplittableRandom(seed).longs(timers, 0, WINDOW_NS).toArray();
    }

    /** The timers' delays; of a round that is armed beforehand, from its begin. */
    long[] delaysNs() {
        return delaysNs.clone();
    }

    /** E1: each timer is armed with its delay; they expire while others are being armed. */
    Times armAndFire() {
        final long goal = fired.count() + delaysNs.length;
        final long beganCpuNs = cpuNs();
        final long beganNs = System.nanoTime();
        for (int i = 0; i < delaysNs.length; i++) {
            client.arm(i, delaysNs[i]);
        }
        final long armedNs = System.nanoTime();
        final long endNs = await(goal);
        return new Times(armedNs - beganNs, endNs - beganNs, cpuNs() - beganCpuNs);
    }

    /**
     * E2: all timers are armed before the first is due.
     *
     * @param startNs when the first may be due
     * @return the times; null if arming was not finished by then
     */
    Times fireArmed(final long startNs) {
        final long goal = fired.count() + delaysNs.length;
        final long beganNs = System.nanoTime();
        for (int i = 0; i < delaysNs.length; i++) {
            client.armAt(i, startNs + delaysNs[i]);
        }
        final long armNs = System.nanoTime() - beganNs;
        long wait = startNs - MARGIN_NS - System.nanoTime();
        final boolean isInTime = wait > 0;
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            wait = startNs - MARGIN_NS - System.nanoTime();
        }
        final long beganCpuNs = cpuNs();
        final long endNs = await(goal);
        return isInTime ? new Times(armNs, endNs - startNs, cpuNs() - beganCpuNs) : null;
    }

    private long await(final long goal) {
        return fired.await(goal, LIMIT_NS, client.isPolled() ? client::poll : null);
    }

    /** Of a peer that has no thread of its own, the caller's is the one that expires. */
    private long cpuNs() {
        return client.isPolled() ? PeerThreads.ownCpuNs() : threads.cpuNs();
    }
}
