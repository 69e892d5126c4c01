// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** Pooled blocks that grow older by one per grace period after they were unlinked; a reader may see ages 0 and 1, never more. */
class TortureTest {
    private static final int AGES = 11;
    private static final long RUN_NS = 700_000_000L;

    /** A block of the type-stable pool. */
    private final class Block extends RcuHead {
        volatile int age = AGES;

        @Override
        protected void reclaim() {
            age = age + 1;
            if (age < AGES - 1) {
                rcu.callRcu(this);
            } else {
                pool.add(this);
            }
        }
    }

    private final ConcurrentLinkedQueue<Block> pool = new ConcurrentLinkedQueue<>();
    private final AtomicLongArray seen = new AtomicLongArray(AGES + 1);
    private volatile Block root;
    private volatile boolean stop;
    private Rcu rcu;

    private static boolean isBad(final AtomicLongArray ages) {
        for (int i = 2; i < ages.length(); i++) {
            if (ages.get(i) != 0) {
                return true;
            }
        }
        return false;
    }

    private void read(final Random random) {
        final RcuSlot slot = rcu.readLock();
        try {
            final Block block = root;
            int oldest = block.age;
            for (int i = random.nextInt(200); i >= 0; i--) {
                oldest = Math.max(oldest, block.age);
            }
            if (random.nextInt(64) == 0) {
                Thread.yield();
                final RcuSlot inner = rcu.readLock();
                oldest = Math.max(oldest, root.age);
                inner.unlock();
            }
            oldest = Math.max(oldest, block.age);
            seen.incrementAndGet(oldest);
        } finally {
            slot.unlock();
        }
    }

    private long update(final Random random, final boolean stopWhenBad) throws InterruptedException {
        final long end = System.nanoTime() + (stopWhenBad ? 10 * RUN_NS : RUN_NS);
        long updates = 0;
        while (System.nanoTime() < end && !(stopWhenBad && isBad(seen))) {
            final Block fresh = pool.poll();
            if (fresh == null) {
                Thread.yield();
                continue;
            }
            fresh.age = 0;
            final Block old = root;
            root = fresh;
            updates++;
            if (random.nextInt(8) == 0) {
                rcu.synchronizeExpedited();
                old.age = 1;
            }
            rcu.callRcu(old);
        }
        return updates;
    }

    private void torture(final String what, final int owned, final int leased, final GracePeriod.Factory factory,
                         final boolean mustFail) throws InterruptedException {
        final long seed = System.nanoTime();
        rcu = Rcu.builder().ownedSlots(owned).leasedSlots(leased).batchDelayNs(0).build(factory);
        for (int i = 0; i < 64; i++) {
            pool.add(new Block());
        }
        root = new Block();
        root.age = 0;
        final List<Support.Worker> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            final Random random = new Random(seed + i);
            workers.add(new Support.Worker(i == 3 && Support.hasVirtualThreads(), () -> {
                while (!stop) {
                    read(random);
                }
            }));
        }
        workers.add(Support.start(() -> {
            while (!stop) {
                Support.start(() -> {
                    read(new Random(seed));
                    if (owned != 0) {
                        final RcuSlot last = rcu.readLock(); // dies inside
                        if (last.kind == SlotFields.COUNTER) {
                            last.unlock(); // nobody could tell that an anonymous reader is dead
                        }
                    }
                }).end();
            }
        }));
        final long updates = update(new Random(seed), mustFail);
        stop = true;
        for (final Support.Worker worker : workers) {
            worker.end();
        }
        rcu.close();
        final long[] ages = new long[seen.length()];
        Arrays.setAll(ages, seen::get);
        final String line = "torture " + what + " seed " + seed + " updates " + updates + " ages " + Arrays.toString(ages) + " " + rcu.stats();
        System.out.println(line);
        assertTrue(mustFail || updates > 20, "vacuous: " + line); // a bug may be seen at once
        assertEquals(mustFail, isBad(seen), line);
    }

    @Test
    void ownedSlots() throws InterruptedException {
        torture("owned", 64, 16, GracePeriod::new, false);
    }

    @Test
    void leasedSlots() throws InterruptedException {
        torture("leased", 0, 16, GracePeriod::new, false);
    }

    @Test
    void counters() throws InterruptedException {
        torture("counters", 0, 0, GracePeriod::new, false);
    }

    @Test
    void aGracePeriodThatSkipsTheScanIsCaught() throws InterruptedException {
        torture("busted", 64, 16, (tables, watch, counters) -> new GracePeriod(tables, watch, counters) {
            @Override
            boolean awaitReaders(final long target, final Waiting waiting) {
                return true;
            }
        }, true);
    }
}
