// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a runtime has to close. Adding happens in task context only, so it may allocate; now and then it also forgets what is
 * gone, so a runtime that makes and closes things for ever does not grow. Lock-free.
 */
final class Registry<T> {
    private static final int MIN_COMPACT = 64;
    private static final VarHandle UNTIL_COMPACT;

    static {
        try {
            UNTIL_COMPACT = MethodHandles.lookup().findVarHandle(Registry.class, "untilCompact", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Queue<T> items = new ConcurrentLinkedQueue<>();
    private final Predicate<T> isGone;
    private int untilCompact = MIN_COMPACT;

    Registry(Predicate<T> isGone) {
        this.isGone = isGone;
    }

    void add(T item) {
        items.add(item);
        if ((int) UNTIL_COMPACT.getAndAdd(this, -1) == 0) { // relaxed: picks one that compacts; orders nothing
            items.removeIf(isGone);
            UNTIL_COMPACT.setOpaque(this, Math.max(MIN_COMPACT, items.size())); // relaxed: as above
        }
    }

    void forEach(Consumer<T> action) {
        items.forEach(action);
    }

    boolean allMatch(Predicate<T> condition) {
        for (T item : items) {
            if (!condition.test(item)) {
                return false;
            }
        }
        return true;
    }

    int count(Predicate<T> condition) {
        int count = 0;
        for (T item : items) {
            if (condition.test(item)) {
                count++;
            }
        }
        return count;
    }
}
