// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue against a plain model, with deadlines near and far, and a time that goes on in steps small and large, and back. */
class ExpiryQueueTest {
    private final Set<Integer> prefetched = new HashSet<>();
    private final ExpiryQueue queue = new ExpiryQueue((entries, count) -> {
        for (int i = 0; i < count; i++) {
            prefetched.add(entries[i]);
        }
    });
    private final TreeMap<Long, List<Integer>> model = new TreeMap<>();
    private final List<Integer> queued = new ArrayList<>();
    private final List<Long> keys = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int used;
    private long now;

    private int newEntry() {
        return free.isEmpty() ? used++ : free.pop();
    }

    private void insert(final int entry, final long key) {
        queue.insert(entry, key);
        add(entry, key);
    }

    private void add(final int entry, final long key) {
        model.computeIfAbsent(key, unused -> new ArrayList<>()).add(entry);
        queued.add(entry);
        keys.add(key);
    }

    private void forget(final int entry) {
        final int at = queued.indexOf(entry);
        final long key = keys.get(at);
        model.get(key).remove((Integer) entry);
        if (model.get(key).isEmpty()) {
            model.remove(key);
        }
        queued.remove(at);
        keys.remove(at);
    }

    private void remove(final int entry) {
        queue.remove(entry, keys.get(queued.indexOf(entry)));
        forget(entry);
        free.push(entry);
    }

    private void check() {
        assertEquals(queued.size(), queue.size());
        final long least = model.isEmpty() ? Long.MAX_VALUE : model.firstKey();
        final long first = queue.firstKey();
        assertTrue(first <= least, "too late");
        assertTrue(first > now || first == least, "says that something is due that is not");
        if (least <= now) {
            assertEquals(least, first);
            assertTrue(model.get(least).contains(queue.first()));
        }
    }

    private void fireDue() {
        while (queue.firstKey() <= now) {
            assertEquals(model.firstKey(), queue.firstKey());
            remove(queue.first());
        }
        check();
    }

    @Test
    void anEmptyQueueHasNothingDue() {
        assertEquals(Long.MAX_VALUE, queue.firstKey());
        queue.advance(Long.MAX_VALUE >> 2);
        assertEquals(Long.MAX_VALUE, queue.firstKey());
    }

    @Test
    void aDeadlineFarAwayIsTheFirstKey() {
        for (int bits = 0; bits < 62; bits++) {
            final ExpiryQueue one = new ExpiryQueue((entries, count) -> { });
            final int entry = newEntry();
            one.insert(entry, 1L << bits);
            assertEquals(1L << bits, one.firstKey());
            one.advance((1L << bits) - 1);
            assertEquals(1L << bits, one.firstKey());
            one.advance(1L << bits);
            assertEquals(1L << bits, one.firstKey());
            assertEquals(entry, one.first());
        }
    }

    @Test
    void whatWaitedIsPrefetchedOnceItIsNearlyDue() {
        insert(newEntry(), 100_000_000);
        insert(newEntry(), 100_000_001);
        insert(newEntry(), 200_000_000);
        now = 100_000_000;
        queue.advance(now);
        check();
        assertEquals(Set.of(0, 1), prefetched);
    }

    @Test
    void theLatestDeadlineIsNeverPassed() {
        final int entry = newEntry();
        insert(entry, StateWord.NEVER);
        now = StateWord.NEVER - 1;
        queue.advance(now);
        check();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 30, 38, 45})
    void agreesWithAModel(final int reach) {
        final long seed = System.nanoTime();
        System.out.println("ExpiryQueueTest seed " + seed + " reach " + reach);
        final Random random = new Random(seed);
        for (int i = 0; i < 6_000; i++) {
            final int choice = random.nextInt(20);
            if (queued.isEmpty() || choice < 9 && queued.size() < 300) {
                insert(newEntry(), key(random, reach));
            } else if (choice < 12) {
                final int entry = queued.get(random.nextInt(queued.size()));
                final long key = key(random, reach);
                queue.move(entry, keys.get(queued.indexOf(entry)), key);
                forget(entry);
                add(entry, key);
            } else if (choice < 15) {
                remove(queued.get(random.nextInt(queued.size())));
            } else if (choice < 19) {
                now += random.nextLong() >>> 64 - 1 - random.nextInt(reach);
                queue.advance(now);
                fireDue();
            } else if (random.nextInt(10) == 0) {
                now = Math.max(0, now - (random.nextLong() >>> 64 - 1 - random.nextInt(reach)));
                queue.advance(now);
            }
            check();
        }
        now = StateWord.NEVER;
        queue.advance(now);
        fireDue();
        assertEquals(0, queue.size());
    }

    private long key(final Random random, final int reach) {
        final long away = random.nextLong() >>> 64 - 1 - random.nextInt(reach);
        return Math.max(0, random.nextInt(10) == 0 ? now - away : now + away);
    }

    @Test
    void manyEntriesComeOutInOrder() {
        final Random random = new Random(1);
        final long[] all = random.longs(200_000, 0, 60_000_000_000L).toArray();
        for (final long key : all) {
            queue.insert(newEntry(), key);
        }
        Arrays.sort(all);
        int at = 0;
        for (long time = 0; at < all.length; time += 7_000_000) {
            queue.advance(time);
            for (; queue.firstKey() <= time; at++) {
                assertEquals(all[at], queue.firstKey());
                queue.remove(queue.first(), queue.firstKey());
            }
            assertEquals(at == all.length ? Long.MAX_VALUE : all[at], queue.firstKey());
        }
    }
}
