// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.bench.stress.VirtualThreads;

/** Makes threads: platform ones, and virtual ones on a JDK that has them. */
final class Threads {
    private Threads() {
    }

    /** A thread that was not started; virtual only if that was asked for and there are any. */
    static Thread make(final boolean virtual, final String name, final Runnable task) {
        if (virtual && VirtualThreads.exist()) {
            return VirtualThreads.unstarted(name, task);
        }
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
