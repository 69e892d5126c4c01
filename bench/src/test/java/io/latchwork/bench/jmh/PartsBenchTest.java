// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.infra.ThreadParams;

/** Every benchmark, without JMH: it measures what it says. */
class PartsBenchTest {
    private static final int ROUNDS = 3;

    private static ThreadParams thread(final int index) {
        return new ThreadParams(index, 2, 0, 1, 0, 1, index, 2, index, 2);
    }

    @ParameterizedTest
    @CsvSource({"latchcell,true", "latchcell,false", "record,true", "machine,false"})
    void pairs(final String kind, final boolean written) throws InterruptedException {
        final PairCellBench bench = new PairCellBench();
        final PairCellBench.Shared shared = new PairCellBench.Shared();
        shared.kind = kind;
        shared.written = written;
        shared.make();
        final PairCellBench.Own own = new PairCellBench.Own();
        assertNotNull(bench.read(shared));
        final Object before = bench.read(shared);
        final Object replaced = bench.exchange(shared, own);
        assertTrue(written || before == replaced);
        shared.stop();
    }

    @Test
    void guards() {
        final ReadGuardBench bench = new ReadGuardBench();
        bench.kind = "rcu";
        bench.make();
        assertEquals(bench, bench.read());
        bench.stop();
    }

    @Test
    void everyObjectHandedOverIsReclaimedBeforeTheNextRound() throws InterruptedException {
        final GracePeriodBench bench = new GracePeriodBench();
        bench.make();
        for (int i = 1; i <= ROUNDS; i++) {
            bench.callRcu();
            bench.drain();
            assertEquals(i * GracePeriodBench.HEADS, bench.reclaimed());
        }
        bench.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void waits(final int readers) throws InterruptedException {
        final SynchronizeBench bench = new SynchronizeBench();
        bench.readers = readers;
        bench.start();
        bench.synchronize();
        bench.synchronizeExpedited();
        bench.writeLock();
        bench.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"irqwork", "clq", "jctools-linked", "jctools-array"})
    void everyItemIsDone(final String kind) throws InterruptedException {
        final MailboxBench alone = new MailboxBench();
        alone.kind = kind;
        alone.make();
        for (int i = 1; i <= ROUNDS; i++) {
            assertEquals(MailboxBench.BATCH, alone.queueAndDrain());
            assertEquals(i * (long) MailboxBench.BATCH, alone.done());
        }

        final HandOverBench bench = new HandOverBench();
        final HandOverBench.Shared shared = new HandOverBench.Shared();
        shared.kind = kind;
        shared.start();
        final HandOverBench.Own own = new HandOverBench.Own();
        own.make(shared);
        for (int i = 0; i < 10_000; i++) {
            bench.send(own);
        }
        shared.stop();
        assertEquals(10_000, shared.done());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf-hash", "chm", "jctools", "agrona"})
    void everyKeyThatIsDrawnIsThere(final String kind) {
        final KeyedMapBench bench = new KeyedMapBench();
        final KeyedMapBench.Shared shared = new KeyedMapBench.Shared();
        shared.kind = kind;
        shared.entries = 100;
        shared.fill();
        final KeyedMapBench.Own own = new KeyedMapBench.Own();
        own.draw(shared, thread(1));
        for (int i = 0; i < 10_000; i++) {
            assertNotNull(bench.lookup(own));
            bench.update(own, shared);
            bench.insertAndDelete(own, shared);
        }
        shared.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockfree", "lockfree-spin", "lockfree-park", "jdk-pool", "jdk-forkjoin", "jctools"})
    void everyWorkThatIsStartedRuns(final String kind) {
        final WorkBench bench = new WorkBench();
        bench.kind = kind;
        bench.start();
        for (int i = 1; i <= ROUNDS; i++) {
            bench.startBurst();
            bench.await();
            assertEquals(i * (long) WorkBench.BURST, bench.runs());
        }
        bench.stop();

        final WorkLatencyBench latency = new WorkLatencyBench();
        latency.kind = kind;
        latency.start();
        for (int i = 1; i <= ROUNDS; i++) {
            assertEquals(i, latency.startAndAwait());
        }
        latency.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"next", "far"})
    void everyThreadReArmsATimerOfItsOwn(final String distance) {
        final NeighbourBench bench = new NeighbourBench();
        final NeighbourBench.Shared shared = new NeighbourBench.Shared();
        shared.distance = distance;
        shared.init();
        final NeighbourBench.Own[] threads = {new NeighbourBench.Own(), new NeighbourBench.Own()};
        threads[0].take(shared, thread(0));
        assertNull(threads[1].key());
        threads[1].take(shared, thread(1));
        assertEquals(distance.equals("next") ? 1 : 1 << 12, threads[1].key() - threads[0].key());
        for (int i = 0; i < ROUNDS; i++) {
            for (final NeighbourBench.Own own : threads) {
                assertEquals(Status.OK, bench.pair(own));
            }
        }
        assertEquals(2, shared.armed());
        shared.close();
    }
}
