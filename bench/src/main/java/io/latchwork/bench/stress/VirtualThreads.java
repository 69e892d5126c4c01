// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.lang.reflect.Method;

/** Virtual threads, on a JDK that has them: this is compiled for one that has not. */
public final class VirtualThreads {
    private static final Method OF_VIRTUAL = ofVirtual();

    private VirtualThreads() {
    }

    private static Method ofVirtual() {
        try {
            final Method method = Thread.class.getMethod("ofVirtual");
            method.invoke(null); // JDK 19 and 20 have it, as a preview that is off
            return method;
        } catch (final ReflectiveOperationException none) {
            return null;
        }
    }

    /**
     * Tells whether this JDK has them.
     *
     * @return true if {@link #unstarted} works
     */
    public static boolean exist() {
        return OF_VIRTUAL != null;
    }

    /**
     * Makes one.
     *
     * @param name its name
     * @param task what it runs
     * @return a thread that was not started
     */
    public static Thread unstarted(final String name, final Runnable task) {
        try {
            final Class<?> type = Class.forName("java.lang.Thread$Builder");
            final Object builder = type.getMethod("name", String.class).invoke(OF_VIRTUAL.invoke(null), name);
            return (Thread) type.getMethod("unstarted", Runnable.class).invoke(builder, task);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads that cannot be made", e);
        }
    }
}
