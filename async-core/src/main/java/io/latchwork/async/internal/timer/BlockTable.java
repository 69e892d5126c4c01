// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.util.Arrays;

/**
 * The control blocks that are queued on a base, by entry number: the one place where a reference to them is stored, once for
 * each queueing. Owner thread only.
 */
final class BlockTable implements ExpiryQueue.Prefetcher {
    private static final int INITIAL_CAPACITY = 64;

    private BpfHrtimer[] blocks = new BpfHrtimer[INITIAL_CAPACITY];
    private int[] free = new int[INITIAL_CAPACITY];
    private int freed;
    private int used;
    private int prefetched; // so that no read is in vain

    /** Gives a block an entry number. */
    int add(BpfHrtimer block) {
        int entry;
        if (freed > 0) {
            entry = free[--freed];
        } else {
            if (used == blocks.length) {
                blocks = Arrays.copyOf(blocks, used * 2);
                free = Arrays.copyOf(free, used * 2);
            }
            entry = used++;
        }
        blocks[entry] = block;
        return entry;
    }

    BpfHrtimer get(int entry) {
        return blocks[entry];
    }

    @Override
    public void prefetch(int[] entries, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += blocks[entries[i]].prefetch();
        }
        prefetched = sum;
    }

    /** Takes an entry number back. */
    void remove(int entry) {
        blocks[entry] = null;
        free[freed++] = entry;
    }
}
