// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.bench.stress.VirtualThreads;
import java.util.Collection;

/** Threads of both kinds. */
final class Threads {
    private Threads() {
    }

    /** A daemon thread, started: a virtual one if that is wanted and the JDK has them. */
    static Thread start(String name, boolean virtual, Runnable task) {
        boolean isVirtual = virtual && VirtualThreads.exist();
        Thread thread = isVirtual ? VirtualThreads.unstarted(name, task) : new Thread(task, name);
        if (!isVirtual) {
            thread.setDaemon(true);
        }
        thread.start();
        return thread;
    }

    /** Waits for the end of a thread. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void join(Collection<Thread> threads) {
        threads.forEach(Threads::join);
    }
}
