// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The lock of a base, of either kind, and how the owner of the base sleeps. */
final class BaseLock {
    /** Sleeping longer than this at a stretch is of no use to anybody: one hour. */
    private static final long LONGEST_SLEEP_NS = 3_600_000_000_000L;

    private final PaddedSpinLock spin = new PaddedSpinLock();
    private final ReentrantLock mutex;
    private final Condition wakeUp;
    private volatile Thread sleeper;

    BaseLock(BaseLockKind kind) {
        mutex = kind == BaseLockKind.REENTRANT ? new ReentrantLock() : null;
        wakeUp = mutex == null ? null : mutex.newCondition();
    }

    void lock() {
        if (mutex == null) {
            spin.lock();
        } else {
            mutex.lock();
        }
    }

    void unlock() {
        if (mutex == null) {
            spin.unlock();
        } else {
            mutex.unlock();
        }
    }

    /** Unlocks and ends the owner's sleep, or the next one if it is not asleep yet. */
    void unlockAndWake() {
        if (mutex == null) {
            Thread owner = sleeper;
            spin.unlock();
            LockSupport.unpark(owner);
        } else {
            wakeUp.signal();
            mutex.unlock();
        }
    }

    /** Called by the owner with the lock held: sleeps without it, returns with it. May return early. */
    void sleep(long ns) {
        long bounded = Math.min(ns, LONGEST_SLEEP_NS);
        if (mutex == null) {
            sleeper = Thread.currentThread();
            spin.unlock();
            LockSupport.parkNanos(this, bounded);
            Thread.interrupted(); // else the next sleep would end at once
            spin.lock();
            return;
        }
        try {
            wakeUp.awaitNanos(bounded);
        } catch (InterruptedException e) {
            // an owner is not told to stop by interrupts: the base has a flag for that
        }
    }

    /** Keeps the spinners' line free of everything that the holder writes. */
    private static final class PaddedSpinLock extends SpinLock {
        @SuppressWarnings("unused")
        private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }
}
