// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.alternatives;

import io.latchwork.async.internal.timer.ExpiryQueue;

/** An expiry queue that may be measured: timers by number, each with one key at most. */
interface Candidate {
    /** What a control block is to its queue, and about as large. */
    final class Block {
        int index;
        long key;
        long a;
        long b;
        long c;
        long d;
        long e;
        long f;
        long g;
    }

    void insert(int timer, long key);

    void move(int timer, long key);

    /** The earliest key, or a later time than given if nothing is due. */
    long firstKey(long now);

    /** Takes the first one out, and touches its block. */
    void takeFirst();

    int size();

    /**
     * Makes one.
     *
     * @param name heap or queue
     * @param timers how many timers there are
     * @return an empty one
     */
    static Candidate of(final String name, final int timers) {
        final Block[] blocks = new Block[timers];
        for (int i = 0; i < timers; i++) {
            blocks[i] = new Block();
        }
        return switch (name) {
            case "heap" -> new Heap(blocks);
            case "queue" -> new Queue(blocks);
            default -> throw new IllegalArgumentException("no candidate " + name);
        };
    }

    /** The intrusive heap. */
    final class Heap implements Candidate {
        private final Block[] blocks;
        private final IntrusiveHeap heap = new IntrusiveHeap();

        Heap(final Block[] blocks) {
            this.blocks = blocks;
        }

        @Override
        public void insert(final int timer, final long key) {
            heap.insert(blocks[timer], key);
        }

        @Override
        public void move(final int timer, final long key) {
            heap.move(blocks[timer], key);
        }

        @Override
        public long firstKey(final long now) {
            return heap.firstKey();
        }

        @Override
        public void takeFirst() {
            final Block block = heap.first();
            heap.remove(block);
            block.g++;
        }

        @Override
        public int size() {
            return heap.size();
        }
    }

    /** What the library uses. */
    final class Queue implements Candidate {
        private final Block[] blocks;
        private final ExpiryQueue queue;
        private long prefetched;

        Queue(final Block[] blocks) {
            this.blocks = blocks;
            this.queue = new ExpiryQueue((entries, count) -> {
                long sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += blocks[entries[i]].g;
                }
                prefetched = sum;
            });
        }

        @Override
        public void insert(final int timer, final long key) {
            blocks[timer].key = key;
            queue.insert(timer, key);
        }

        @Override
        public void move(final int timer, final long key) {
            final Block block = blocks[timer];
            queue.move(timer, block.key, key);
            block.key = key;
        }

        @Override
        public long firstKey(final long now) {
            queue.advance(now);
            return queue.firstKey();
        }

        @Override
        public void takeFirst() {
            final int timer = queue.first();
            final Block block = blocks[timer];
            queue.remove(timer, block.key);
            block.g++;
        }

        @Override
        public int size() {
            return queue.size();
        }

        @Override
        public String toString() {
            return "prefetched " + prefetched;
        }
    }
}
