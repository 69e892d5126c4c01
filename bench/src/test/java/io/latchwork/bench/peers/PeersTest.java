// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each peer does what is measured of it. */
@Timeout(60)
class PeersTest {
    private static final int FIRST_JDK_THAT_SCHEDULES = 25;
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long AFTER_NS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long NEVER_NS = TimeUnit.HOURS.toNanos(1);

    static List<String> peers() {
        return Peers.ALL;
    }

    private static Peer start(final String name) {
        assumeTrue(!name.equals(Peers.FORK_JOIN) || Runtime.version().feature() >= FIRST_JDK_THAT_SCHEDULES, "needs JDK 25");
        return Peers.start(name);
    }

    /** Waits until so many have fired, and not one more. */
    private static void await(final Peer.Client client, final AtomicIntegerArray fired, final int index, final int count) {
        while (fired.get(index) < count) {
            client.poll();
            Thread.onSpinWait();
        }
        assertEquals(count, fired.get(index));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void whatIsArmedFiresAndWhatIsCancelledDoesNot(final String name) {
        final AtomicIntegerArray fired = new AtomicIntegerArray(2);
        try (Peer peer = start(name)) {
            final Peer.Client client = peer.client(3, () -> fired.incrementAndGet(0));
            int late = 0;
            client.arm(0, SOON_NS);
            while (!client.cancel(0)) { // this thread was held up for so long, so it fires
                await(client, fired, 0, ++late);
                client.arm(0, SOON_NS);
            }
            client.arm(1, SOON_NS + AFTER_NS); // in the same queue, behind the one that was cancelled
            await(client, fired, 0, late + 1);
            client.arm(2, NEVER_NS);
            client.rearm(2, SOON_NS);
            await(client, fired, 0, late + 2);
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void clientsHaveTimersOfTheirOwn(final String name) {
        assumeTrue(!name.equals(Peers.ONE_THREAD), "all of its timers do the same");
        final AtomicIntegerArray fired = new AtomicIntegerArray(2);
        try (Peer peer = start(name)) {
            final Peer.Client first = peer.client(1, () -> fired.incrementAndGet(0));
            final Peer.Client second = peer.client(1, () -> fired.incrementAndGet(1));
            first.arm(0, NEVER_NS);
            second.arm(0, SOON_NS);
            await(second, fired, 1, 1);
            assertEquals(0, fired.get(0));
            first.rearm(0, SOON_NS);
            await(first, fired, 0, 1);
            assertEquals(1, fired.get(1));
        }
    }

    @Test
    void unknownPeersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Peers.start("sundial"));
    }

    @Test
    void olderForkJoinPoolsAreRefused() {
        assumeTrue(Runtime.version().feature() < FIRST_JDK_THAT_SCHEDULES, "this one schedules");
        assertThrows(UnsupportedOperationException.class, () -> Peers.start(Peers.FORK_JOIN));
    }
}
