// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Makes threads: platform ones, and virtual ones on a JDK that has them. */
final class Threads {
    private static final Object VIRTUAL_BUILDER = findVirtualBuilder();

    private Threads() {
    }

    private static Object findVirtualBuilder() {
        try {
            return Thread.class.getMethod("ofVirtual").invoke(null);
        } catch (final NoSuchMethodException | IllegalAccessException e) {
            return null;
        } catch (final InvocationTargetException e) {
            return null; // a preview of them that is switched off
        }
    }

    /** Whether this JDK has virtual threads. */
    static boolean hasVirtual() {
        return VIRTUAL_BUILDER != null;
    }

    /** A thread that was not started; virtual only if that was asked for and there are any. */
    static Thread make(final boolean virtual, final String name, final Runnable task) {
        if (virtual && hasVirtual()) {
            return makeVirtual(name, task);
        }
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static Thread makeVirtual(final String name, final Runnable task) {
        try {
            final Method unstarted = Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
            final Thread thread = (Thread) unstarted.invoke(VIRTUAL_BUILDER, task);
            thread.setName(name);
            return thread;
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads that cannot be made", e);
        }
    }
}
