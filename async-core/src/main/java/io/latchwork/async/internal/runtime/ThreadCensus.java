// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadFactory;

/** Makes the threads of a runtime by the user's factory, and counts those that run. */
final class ThreadCensus implements ThreadFactory {
    private static final VarHandle ALIVE;

    static {
        try {
            ALIVE = MethodHandles.lookup().findVarHandle(ThreadCensus.class, "alive", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ThreadFactory factory;
    private int alive;

    ThreadCensus(ThreadFactory factory) {
        this.factory = factory;
    }

    @Override
    public Thread newThread(Runnable task) {
        return factory.newThread(() -> {
            ALIVE.getAndAdd(this, 1); // relaxed: a statistic
            try {
                task.run();
            } finally {
                ALIVE.getAndAdd(this, -1); // relaxed: a statistic; who joined the thread sees it
            }
        });
    }

    /** How many run now. */
    int alive() {
        return (int) ALIVE.getAcquire(this); // relaxed: a statistic
    }
}
