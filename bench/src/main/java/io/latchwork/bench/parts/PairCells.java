// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

import io.latchwork.seqlatch.LatchCell;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.StampedLock;

/** Places for a pair, by name. */
public final class PairCells {
    private PairCells() {
    }

    /**
     * Makes one, with a pair in it.
     *
     * @param name {@code latchcell}, {@code record}, {@code stamped}, {@code synchronized}; or {@code machine}, which keeps the
     *     first half only: what a pair cannot be cheaper than
     * @param first the first half
     * @param second the second half
     * @return the place
     */
    public static PairCell of(final String name, final Object first, final Object second) {
        final PairCell made = switch (name) {
            case "latchcell" -> new Latched();
            case "record" -> new Swapped();
            case "stamped" -> new Stamped();
            case "synchronized" -> new Locked();
            case "machine" -> new Single();
            default -> throw new IllegalArgumentException("no cell " + name);
        };
        made.exchange(first, second);
        return made;
    }

    private static Object joined(final Object first, final Object second) {
        return first == second ? null : first;
    }

    private static final class Latched implements PairCell {
        private final LatchCell<Object, Object> cell = new LatchCell<>();

        @Override
        public Object read() {
            Object first;
            Object second;
            long token;
            do {
                token = cell.readBegin();
                first = cell.readFirst(token);
                second = cell.readSecond(token);
            } while (cell.readRetry(token));
            return joined(first, second);
        }

        @Override
        public Object exchange(final Object first, final Object second) {
            int slot = cell.exchange(first, second);
            while (slot == LatchCell.BUSY) { // more writers than slots are on their way
                Thread.onSpinWait();
                slot = cell.exchange(first, second);
            }
            final Object replaced = cell.first(slot);
            cell.free(slot);
            return replaced;
        }
    }

    /** A new record for every pair. */
    private static final class Swapped implements PairCell {
        private record Pair(Object first, Object second) {
        }

        private final AtomicReference<Pair> pair = new AtomicReference<>(new Pair(null, null));

        @Override
        public Object read() {
            final Pair seen = pair.get();
            return joined(seen.first, seen.second);
        }

        @Override
        public Object exchange(final Object first, final Object second) {
            return pair.getAndSet(new Pair(first, second)).first;
        }
    }

    private static final class Stamped implements PairCell {
        private final StampedLock lock = new StampedLock();
        private Object first;
        private Object second;

        @Override
        public Object read() {
            long stamp = lock.tryOptimisticRead();
            final Object one = first;
            final Object two = second;
            if (lock.validate(stamp)) {
                return joined(one, two);
            }
            stamp = lock.readLock();
            try {
                return joined(first, second);
            } finally {
                lock.unlockRead(stamp);
            }
        }

        @Override
        public Object exchange(final Object newFirst, final Object newSecond) {
            final long stamp = lock.writeLock();
            try {
                final Object replaced = first;
                first = newFirst;
                second = newSecond;
                return replaced;
            } finally {
                lock.unlockWrite(stamp);
            }
        }
    }

    private static final class Locked implements PairCell {
        private Object first;
        private Object second;

        @Override
        public synchronized Object read() {
            return joined(first, second);
        }

        @Override
        public synchronized Object exchange(final Object newFirst, final Object newSecond) {
            final Object replaced = first;
            first = newFirst;
            second = newSecond;
            return replaced;
        }
    }

    private static final class Single implements PairCell {
        private final AtomicReference<Object> half = new AtomicReference<>();

        @Override
        public Object read() {
            return half.get();
        }

        @Override
        public Object exchange(final Object first, final Object second) {
            return half.getAndSet(first);
        }
    }
}
