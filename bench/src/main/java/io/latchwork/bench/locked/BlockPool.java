// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The free control blocks of a map, and how many timers may still be initialised. A detached block whose callback runs
 * counts no more but is not free yet; there is one block to spare for each base, so taking one fails by quota only.
 */
final class BlockPool<K, V> extends SpinLock {
    /** Control blocks left to all maps together, or null if there is no cap. */
    private final AtomicLong budget;
    private TimerBlock<K, V> free;
    private int quota;

    BlockPool(LockedHashMap<K, V> map, int quota, int spare, AtomicLong budget) {
        this.budget = budget;
        this.quota = quota;
        for (int i = 0; i < quota + spare; i++) {
            free(new TimerBlock<>(map));
        }
    }

    /** A clean block, or null if quota or cap is used up. */
    TimerBlock<K, V> take() {
        if (budget != null && !spend()) {
            return null;
        }
        TimerBlock<K, V> block = null;
        lock();
        if (quota > 0) {
            quota--;
            block = free;
            free = block.nextFree;
            block.nextFree = null;
        }
        unlock();
        if (block == null && budget != null) {
            budget.getAndIncrement();
        }
        return block;
    }

    /** The block is detached: it does not count any more. */
    void uncount() {
        lock();
        quota++;
        unlock();
        if (budget != null) {
            budget.getAndIncrement();
        }
    }

    /** Nothing refers to the block any more. */
    void free(TimerBlock<K, V> block) {
        block.key = null;
        block.value = null;
        block.detached = false;
        block.stopped = false;
        lock();
        block.nextFree = free;
        free = block;
        unlock();
    }

    private boolean spend() {
        long left = budget.get();
        while (left > 0 && !budget.compareAndSet(left, left - 1)) {
            left = budget.get();
        }
        return left > 0;
    }
}
