// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where the chains begin. */
class BucketTableTest {
    private static final int LARGEST = 1 << 26;
    private static final int ROUNDS = 20_000;

    @Test
    void aWholeTableHasEveryChainInOneSegment() {
        for (int entries : new int[] {1, 2, 3, 64, 1_000}) {
            BucketTable table = BucketTable.whole(entries);
            assertTrue(table.buckets() >= entries && table.buckets() < Math.max(3, 2 * entries), "buckets " + table.buckets());
            assertEquals(1, table.segmentsMade());
            for (int hash = 0; hash < table.buckets(); hash++) {
                Link link = new Link();
                assertNull(table.first(hash));
                assertTrue(table.casFirst(hash + table.buckets(), null, link), "the low bits count");
                assertSame(link, table.first(hash));
                assertFalse(table.casFirst(hash, null, new Link()));
                assertSame(link, table.first(hash));
            }
        }
    }

    @Test
    void aGrowingTableBeginsEmpty() {
        for (int entries : new int[] {1, 2, 63, 64, 65, 5_000, LARGEST}) {
            BucketTable table = BucketTable.growing(entries);
            assertEquals(0, table.segmentsMade());
            assertNull(table.first(0));
            assertNull(table.first(-1));
            assertEquals(table.buckets(), table.from(0), "there is nothing to pass through");
            table.reserve(-1);
            assertEquals(1, table.segmentsMade());
            assertNull(table.first(-1), "a segment and no element");
            assertTrue(table.from(0) < table.buckets());
            assertTrue(table.casFirst(-1, null, new Link()));
            table.reserve(-1);
            assertNotNull(table.first(table.buckets() - 1), "it is the same segment");
        }
    }

    @Test
    void everyChainIsPassedThroughOnce() {
        BucketTable table = BucketTable.growing(1 << 12);
        for (int hash : new int[] {0, 63, 64, 1_000, 4_095}) {
            table.reserve(hash);
            assertTrue(table.casFirst(hash, null, new Link()));
        }
        int links = 0;
        for (int at = table.from(0); at < table.buckets(); at = table.from(at + 1)) {
            links += table.first(at) != null ? 1 : 0;
        }
        assertEquals(5, links);
        assertEquals(4, table.segmentsMade());
    }

    @Test
    void threadsThatMakeTheSameSegmentBothPutIn() throws Exception {
        BucketTable[] tables = new BucketTable[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            tables[round] = BucketTable.growing(1 << 12);
        }
        AtomicInteger arrived = new AtomicInteger();
        CompletableFuture<?> other = CompletableFuture.runAsync(() -> putIn(tables, 78, arrived));
        putIn(tables, 77, arrived);
        other.get(20, TimeUnit.SECONDS);
        for (int round = 0; round < ROUNDS; round++) {
            assertNotNull(tables[round].first(77));
            assertNotNull(tables[round].first(78));
            assertEquals(1, tables[round].segmentsMade());
        }
    }

    /** Two threads in step with each other: neither begins a round before both have ended the last. */
    private static void putIn(BucketTable[] tables, int hash, AtomicInteger arrived) {
        for (int round = 0; round < ROUNDS; round++) {
            arrived.incrementAndGet();
            for (int spins = 0; arrived.get() < 2 * (round + 1); spins++) {
                if (spins < 1_000) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            tables[round].reserve(hash);
            assertTrue(tables[round].casFirst(hash, null, new Link()));
        }
    }

    @Test
    void aGrowingMapMakesNothingUntilItIsPutIn() {
        AsyncRuntime runtime = AsyncRuntime.builder().build();
        HashMapImpl<Integer, String> map = (HashMapImpl<Integer, String>) runtime.<Integer, String>growingHashMap("m", LARGEST);
        assertEquals(0, map.segmentsMade());
        assertNull(map.lookup(1));
        assertEquals(0, map.forEach(map.handle(), element -> { }));
        assertEquals(0, map.segmentsMade(), "looking makes nothing");
        assertTrue(map.poolsAreFull());
        map.update(1, "a").orThrow();
        assertEquals(1, map.segmentsMade());
        map.delete(1).orThrow();
        map.close();
        runtime.close();
        assertTrue(map.isDrained());
    }
}
