// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncRuntime;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The heads of the chains. */
class BucketTableTest {
    private static final int LARGEST = 1 << 26;
    private static final int ROUNDS = 20_000;

    @Test
    void aWholeTableHasEveryHeadInOneSegment() {
        for (int entries : new int[] {1, 2, 3, 64, 1_000}) {
            BucketTable table = BucketTable.whole(entries);
            assertTrue(table.buckets() >= entries && table.buckets() < Math.max(3, 2 * entries), "buckets " + table.buckets());
            assertEquals(1, table.segmentsMade());
            Map<Link, Integer> heads = new IdentityHashMap<>();
            for (int hash = 0; hash < table.buckets(); hash++) {
                assertNotNull(table.find(hash));
                assertSame(table.find(hash), table.findOrMake(hash));
                assertSame(table.find(hash), table.find(hash + table.buckets()), "the low bits count");
                assertNull(heads.put(table.find(hash), hash));
            }
        }
    }

    @Test
    void aGrowingTableBeginsEmpty() {
        for (int entries : new int[] {1, 2, 63, 64, 65, 5_000, LARGEST}) {
            BucketTable table = BucketTable.growing(entries);
            assertEquals(0, table.segmentsMade());
            assertNull(table.find(0));
            assertNull(table.find(-1));
            assertEquals(table.buckets(), table.from(0), "there is nothing to pass through");
            Link head = table.findOrMake(-1);
            assertSame(head, table.find(-1));
            assertSame(head, table.findOrMake(-1));
            assertEquals(1, table.segmentsMade());
            assertNull(table.first(table.buckets() - 1), "a head and no element");
            assertTrue(table.from(0) < table.buckets());
        }
    }

    @Test
    void everyChainIsPassedThroughOnce() {
        BucketTable table = BucketTable.growing(1 << 12);
        for (int hash : new int[] {0, 63, 64, 1_000, 4_095}) {
            Link first = new Link();
            assertTrue(table.findOrMake(hash).casNext(null, first));
        }
        int links = 0;
        for (int at = table.from(0); at < table.buckets(); at = table.from(at + 1)) {
            links += table.first(at) != null ? 1 : 0;
        }
        assertEquals(5, links);
        assertEquals(4, table.segmentsMade());
    }

    @Test
    void threadsThatMakeTheSameHeadGetTheSame() throws Exception {
        BucketTable[] tables = new BucketTable[ROUNDS];
        Link[][] made = new Link[2][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            tables[round] = BucketTable.growing(1 << 12);
        }
        AtomicInteger arrived = new AtomicInteger();
        CompletableFuture<?> other = CompletableFuture.runAsync(() -> makeAll(tables, made[1], arrived));
        makeAll(tables, made[0], arrived);
        other.get(20, TimeUnit.SECONDS);
        for (int round = 0; round < ROUNDS; round++) {
            assertSame(made[0][round], made[1][round]);
            assertSame(made[0][round], tables[round].find(77));
            assertEquals(1, tables[round].segmentsMade());
        }
    }

    /** Two threads in step with each other: neither begins a round before both have ended the last. */
    private static void makeAll(BucketTable[] tables, Link[] made, AtomicInteger arrived) {
        for (int round = 0; round < ROUNDS; round++) {
            arrived.incrementAndGet();
            for (int spins = 0; arrived.get() < 2 * (round + 1); spins++) {
                if (spins < 1_000) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            made[round] = tables[round].findOrMake(77);
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
