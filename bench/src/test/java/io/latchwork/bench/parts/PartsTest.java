// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured does what it says, whoever does it. */
class PartsTest {
    private static final int MANY = 100;

    @ParameterizedTest
    @ValueSource(strings = {"latchcell", "record", "stamped", "synchronized", "machine"})
    void aCellHandsOutWhatItHeld(final String kind) {
        final PairCell cell = PairCells.of(kind, "a", "b");
        assertEquals("a", cell.read());
        for (int i = 0; i < MANY; i++) {
            assertEquals("a", cell.exchange("c", "d"));
            assertEquals("c", cell.read());
            assertEquals("c", cell.exchange("a", "b"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latchcell", "record", "stamped", "synchronized"})
    void aCellReadsBothHalves(final String kind) {
        assertNull(PairCells.of(kind, "a", "a").read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rcu", "reentrant-rw", "stamped", "stamped-optimistic", "machine"})
    void aGuardReadsItsContent(final String kind) {
        try (ReadGuard guard = ReadGuards.of(kind, this)) {
            assertSame(this, guard.read());
            assertSame(this, guard.read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"irqwork", "clq", "jctools-linked", "jctools-array"})
    void anItemIsDoneOnceForEachTimeItWasTaken(final String kind) {
        final Mailbox mailbox = Mailboxes.of(kind);
        final AtomicInteger done = new AtomicInteger();
        final Mailbox.Sender one = mailbox.sender(2, done::incrementAndGet);
        final Mailbox.Sender other = mailbox.sender(1, () -> done.addAndGet(MANY));
        assertTrue(one.send(0));
        assertFalse(one.send(0), "it is under way");
        assertTrue(one.send(1));
        assertTrue(other.send(0));
        assertEquals(0, done.get());
        assertEquals(3, mailbox.drain());
        assertEquals(2 + MANY, done.get());
        assertEquals(0, mailbox.drain());
        assertTrue(one.send(0));
        assertEquals(1, mailbox.drain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf-hash", "chm", "jctools", "agrona"})
    void aMapHoldsWhatWasPut(final String kind) {
        try (KeyedMap map = KeyedMaps.of(kind, MANY)) {
            final KeyedMap.Client client = map.client();
            assertNull(client.get(1));
            client.put(1, "a");
            assertEquals("a", client.get(1));
            client.put(1, "b");
            assertEquals("b", client.get(1));
            client.remove(1);
            assertNull(client.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockfree", "lockfree-spin", "lockfree-park", "jdk-pool", "jdk-forkjoin", "jctools"})
    void everyWorkThatIsStartedRuns(final String kind) throws InterruptedException {
        final CountDownLatch runs = new CountDownLatch(MANY);
        try (WorkService service = WorkServices.start(kind, MANY, runs::countDown)) {
            for (int i = 0; i < MANY; i++) {
                service.start(i);
            }
            assertTrue(runs.await(1, TimeUnit.MINUTES), runs + " did not run");
        }
    }

    @Test
    void otherNamesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> PairCells.of("other", "a", "b"));
        assertThrows(IllegalArgumentException.class, () -> ReadGuards.of("other", this));
        assertThrows(IllegalArgumentException.class, () -> Mailboxes.of("other"));
        assertThrows(IllegalArgumentException.class, () -> KeyedMaps.of("other", MANY));
        assertThrows(IllegalArgumentException.class, () -> WorkServices.start("other", MANY, () -> { }));
    }
}
