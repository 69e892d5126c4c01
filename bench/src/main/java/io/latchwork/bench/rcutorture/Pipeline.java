// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The pool, the item that is published, and those on their way back. One writer, any readers. */
final class Pipeline {
    /** Items in all. */
    static final int SIZE = 10 * Item.OLD;

    private final Flavour flavour;
    private final Tally tally;
    private final ConcurrentLinkedQueue<Item> pool = new ConcurrentLinkedQueue<>();
    private final Item[] items = new Item[SIZE];
    private final List<Item> removed = new ArrayList<>(SIZE);
    private volatile Item current;
    private long lives;

    Pipeline(final Flavour flavour, final Tally tally) {
        this.flavour = flavour;
        this.tally = tally;
        for (int i = 0; i < SIZE; i++) {
            items[i] = new Item(this);
            pool.add(items[i]);
        }
        replace(take());
    }

    /** What a reader reads, by one volatile load. */
    Item current() {
        return current;
    }

    /** An item of the pool, or null. */
    Item take() {
        final Item item = pool.poll();
        if (item != null) {
            tally.allocated.increment();
        }
        return item;
    }

    /** Publishes an item and returns the one before, which nobody can find any more. */
    Item replace(final Item fresh) {
        fresh.begin(++lives);
        final Item old = current;
        current = fresh;
        if (old != null) {
            old.grow();
        }
        return old;
    }

    /** Has an old item grow by callbacks. */
    void growByCallbacks(final Item old) {
        flavour.callRcu(old);
    }

    /** Has an old item grow with the next {@link #growRemoved()}. */
    void growByWaits(final Item old) {
        removed.add(old);
    }

    /** A grace period has passed since the last {@link #growByWaits}. */
    void growRemoved() {
        removed.removeIf(item -> {
            final boolean old = item.grow();
            if (old) {
                free(item);
            }
            return old;
        });
    }

    /** A callback of the item: a grace period has passed. */
    void growOrQueue(final Item item) {
        if (item.grow()) {
            free(item);
        } else {
            flavour.callRcu(item);
        }
    }

    private void free(final Item item) {
        item.poison();
        tally.freed.increment();
        pool.add(item);
    }

    /**
     * Has every item that was replaced come home. Writer only, which then knows by counting that none was lost: nothing here
     * depends on time.
     *
     * @return items that are missing
     */
    int bringHome() throws InterruptedException {
        for (int i = 0; i <= Item.OLD; i++) {
            flavour.barrier(); // each item's callback ran, and queued it again
            flavour.synchronize();
            growRemoved();
        }
        return SIZE - 1 - pool.size();
    }

    /** How many items have which age; one of age 0 is published. */
    int[] circulation() {
        final int[] ages = new int[Item.OLD + 1];
        for (final Item item : items) {
            ages[Math.min(item.age(), Item.OLD)]++;
        }
        return ages;
    }
}
