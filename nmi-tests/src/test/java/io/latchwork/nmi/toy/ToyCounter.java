// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.toy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A counter under locks of several kinds. */
public final class ToyCounter {

    private final AtomicBoolean spinLock = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private int count;

    public int incrementSpinning() {
        while (!spinLock.compareAndSet(false, true)) {
            Thread.onSpinWait();
        }
        try {
            return ++count;
        } finally {
            spinLock.set(false);
        }
    }

    /** Gives up with -1 if the lock is taken. */
    public int tryIncrement() {
        if (!spinLock.compareAndSet(false, true)) {
            return -1;
        }
        try {
            return ++count;
        } finally {
            spinLock.set(false);
        }
    }

    public int incrementInMonitor() {
        synchronized (this) {
            return ++count;
        }
    }

    public synchronized int incrementSynchronized() {
        return ++count;
    }

    public int incrementLocked() {
        lock.lock();
        try {
            return ++count;
        } finally {
            lock.unlock();
        }
    }

    public int parkThenIncrement() {
        LockSupport.parkNanos(1);
        return ++count;
    }

    public int incrementThenUnpark() {
        LockSupport.unpark(Thread.currentThread());
        return (int) (++count + System.nanoTime() * 0);
    }

    public int get() {
        return count;
    }
}
