// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MeterTest {
    @Test
    void theBusyTimeOfTheMachineIsReadFromItsFile() {
        final String stat = "cpu  100 20 30 4000 500 6 7 8 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n";
        assertEquals((100 + 20 + 30 + 6 + 7 + 8) * 1e7, OtherLoad.busyNs(stat));
        assertEquals(Double.NaN, OtherLoad.busyNs("no such file"));
        assertEquals(Double.NaN, OtherLoad.busyNs(""));
        assertEquals(Double.NaN, OtherLoad.busyNs("cpu 1 2 3"));
    }

    @Test
    void threadsStartedSinceAreThePeers() throws InterruptedException {
        final PeerThreads before = PeerThreads.fromNow();
        final CountDownLatch burnt = new CountDownLatch(1);
        final CountDownLatch end = new CountDownLatch(1);
        final Thread thread = new Thread(() -> {
            final long began = PeerThreads.ownCpuNs();
            while (PeerThreads.ownCpuNs() - began < 20_000_000) {
                Thread.onSpinWait();
            }
            burnt.countDown();
            try {
                end.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        burnt.await();
        final long seen = before.cpuNs();
        final long later = PeerThreads.fromNow().cpuNs();
        end.countDown();
        thread.join();
        assertTrue(seen >= 20_000_000, seen + " ns");
        assertEquals(0, later, "threads that ran before do not count");
    }
}
