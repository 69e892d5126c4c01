// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedPeersTest {
    private static final int TIMERS = 16;
    private static final long LIMIT_NS = 60_000_000_000L;

    @ParameterizedTest
    @ValueSource(strings = {"lockfree", "lockfree-spin", "lockfree-hybrid", "lockfree-park", "lockfree-2-bases",
        "lockfree-4-bases", "locked-spin", "locked-reentrant", "jdk-remove", "jdk-keep", "jdk-forkjoin", "netty-wheel-1ms",
        "netty-wheel-100ms", "netty-executor", "kafka", "agrona-wheel", "agrona-wheel-64us", "agrona-queue"})
    void numberedTimersTellTheirNumber(final String name) {
        assumeTrue(!name.equals("jdk-forkjoin") || Runtime.version().feature() >= 25, "from JDK 25 on");
        final Set<Integer> fired = ConcurrentHashMap.newKeySet();
        final AtomicInteger others = new AtomicInteger();
        final AtomicInteger again = new AtomicInteger();
        try (Peer peer = Peers.start(name)) {
            final Peer.Client plain = peer.client(1, others::incrementAndGet);
            awaitFirst(plain, others);
            final Peer.Client client = peer.numbered(TIMERS, timer -> {
                if (!fired.add(timer)) {
                    again.incrementAndGet();
                }
            });
            for (int i = 0; i < TIMERS; i++) {
                if (i % 2 == 0) {
                    client.arm(i, i * 100_000L);
                } else {
                    client.armAt(i, System.nanoTime() + i * 100_000L);
                }
            }
            final long began = System.nanoTime();
            while (fired.size() < TIMERS) {
                assertTrue(System.nanoTime() - began < LIMIT_NS, () -> name + ": only " + new TreeSet<>(fired) + " fired");
                client.poll();
                Thread.onSpinWait();
            }
            assertEquals(name.startsWith("agrona-wheel"), client.isPolled());
            assertFalse(fired.contains(TIMERS));
        }
        assertEquals(0, again.get());
        assertEquals(1, others.get());
    }

    private static void awaitFirst(final Peer.Client client, final AtomicInteger fired) {
        client.arm(0, 1_000_000);
        final long began = System.nanoTime();
        while (fired.get() == 0) {
            assertTrue(System.nanoTime() - began < LIMIT_NS, "the timer without a number did not fire");
            client.poll();
            Thread.onSpinWait();
        }
    }
}
