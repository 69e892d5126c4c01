// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** Guards, by name. */
public final class ReadGuards {
    private ReadGuards() {
    }

    /**
     * Makes one.
     *
     * @param name {@code rcu}; {@code rcu-asymmetric}, where that can be had; {@code reentrant-rw}, {@code stamped};
     *     {@code stamped-optimistic}, which a writer cannot wait for; or {@code machine}: a volatile read without any protection
     * @param content what to read
     * @return the guard
     */
    public static ReadGuard of(final String name, final Object content) {
        final AtomicReference<Object> place = new AtomicReference<>(content);
        return switch (name) {
            case "rcu" -> new Sections(place, Rcu.builder().build());
            case "rcu-asymmetric" -> new Sections(place, asymmetric());
            case "reentrant-rw" -> new ReadLocked(place, new ReentrantReadWriteLock());
            case "stamped" -> new Stamped(place, new StampedLock());
            case "stamped-optimistic" -> new Optimistic(place, new StampedLock());
            case "machine" -> new Bare(place);
            default -> throw new IllegalArgumentException("no guard " + name);
        };
    }

    private static Rcu asymmetric() {
        final Rcu rcu = Rcu.builder().asymmetric(true).build();
        if (!rcu.readerMode().asymmetric()) {
            rcu.close();
            throw new UnsupportedOperationException(rcu.readerMode().reason());
        }
        return rcu;
    }

    private record Sections(AtomicReference<Object> place, Rcu rcu) implements ReadGuard {
        @Override
        public Object read() {
            final RcuSlot section = rcu.readLock();
            try {
                return place.get();
            } finally {
                section.unlock();
            }
        }

        @Override
        public void close() {
            rcu.close();
        }
    }

    private record ReadLocked(AtomicReference<Object> place, ReentrantReadWriteLock lock) implements ReadGuard {
        @Override
        public Object read() {
            lock.readLock().lock();
            try {
                return place.get();
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public void close() {
            // nothing runs
        }
    }

    private record Stamped(AtomicReference<Object> place, StampedLock lock) implements ReadGuard {
        @Override
        public Object read() {
            final long stamp = lock.readLock();
            try {
                return place.get();
            } finally {
                lock.unlockRead(stamp);
            }
        }

        @Override
        public void close() {
            // nothing runs
        }
    }

    private record Optimistic(AtomicReference<Object> place, StampedLock lock) implements ReadGuard {
        @Override
        public Object read() {
            Object seen;
            long stamp;
            do {
                stamp = lock.tryOptimisticRead();
                seen = place.get();
            } while (!lock.validate(stamp));
            return seen;
        }

        @Override
        public void close() {
            // nothing runs
        }
    }

    private record Bare(AtomicReference<Object> place) implements ReadGuard {
        @Override
        public Object read() {
            return place.get();
        }

        @Override
        public void close() {
            // nothing runs
        }
    }
}
