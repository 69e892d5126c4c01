// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.lang.reflect.Method;
import java.util.Collection;

/** Threads of both kinds. */
final class Threads {
    private static final Method OF_VIRTUAL = ofVirtual();

    private Threads() {
    }

    private static Method ofVirtual() {
        try {
            Method method = Thread.class.getMethod("ofVirtual");
            method.invoke(null); // JDK 19 and 20 have it, as a preview that is off
            return method;
        } catch (ReflectiveOperationException none) {
            return null;
        }
    }

    static boolean hasVirtual() {
        return OF_VIRTUAL != null;
    }

    /** A daemon thread, started: a virtual one if that is wanted and the JDK has them. */
    static Thread start(String name, boolean virtual, Runnable task) {
        Thread thread = virtual && hasVirtual() ? virtual(name, task) : new Thread(task, name);
        if (!virtual || !hasVirtual()) {
            thread.setDaemon(true);
        }
        thread.start();
        return thread;
    }

    private static Thread virtual(String name, Runnable task) {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = type.getMethod("name", String.class).invoke(OF_VIRTUAL.invoke(null), name);
            return (Thread) type.getMethod("unstarted", Runnable.class).invoke(builder, task);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads", e);
        }
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
