// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/** The threads of a runtime, if it has any, and how they end. */
final class RuntimeThreads {
    private static final long POLL_NS = 100_000;

    private final LockedBase[] bases;
    private final Housekeeping housekeeping;
    private final ThreadFactory factory;
    private final List<Thread> baseThreads = new ArrayList<>();
    private Thread housekeeper;

    RuntimeThreads(LockedBase[] bases, Housekeeping housekeeping, ThreadFactory factory) {
        this.bases = bases;
        this.housekeeping = housekeeping;
        this.factory = factory;
    }

    void launch() {
        for (LockedBase base : bases) {
            baseThreads.add(named(base::runUntilStopped, base.roleName()));
        }
        housekeeper = named(housekeeping::runUntilStopped, housekeeping.roleName());
        housekeeper.start();
        baseThreads.forEach(Thread::start);
    }

    boolean isLaunched() {
        return housekeeper != null;
    }

    boolean isOwn(Thread thread) {
        return thread == housekeeper || baseThreads.contains(thread);
    }

    /** Runs the rest of a closing on a thread of its own. */
    void runApart(Runnable rest) {
        named(rest, "locked-close").start();
    }

    /** Waits for the callbacks that run and for the unload hooks, and ends the threads. */
    void finish(long timeoutNs) {
        long until = System.nanoTime() + timeoutNs;
        for (LockedBase base : bases) {
            base.stop();
        }
        if (isLaunched()) {
            for (Thread thread : baseThreads) {
                join(thread, until);
            }
            housekeeping.stop();
            join(housekeeper, until);
        } else {
            housekeeping.doWork();
            while (!housekeeping.isIdle() && until - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, POLL_NS);
                housekeeping.doWork();
            }
        }
    }

    private Thread named(Runnable task, String name) {
        Thread thread = factory.newThread(task);
        thread.setName(name);
        return thread;
    }

    private static void join(Thread thread, long until) {
        boolean interrupted = false;
        for (long left; thread.isAlive() && (left = until - System.nanoTime()) > 0; ) {
            try {
                thread.join(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
