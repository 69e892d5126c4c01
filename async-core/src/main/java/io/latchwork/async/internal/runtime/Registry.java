// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a runtime has to close. Adding happens in task context only, so it may allocate; it also forgets what is gone, so
 * a runtime that makes and closes maps for ever does not grow.
 */
final class Registry<T> {
    private final Queue<T> items = new ConcurrentLinkedQueue<>();
    private final Predicate<T> isGone;

    Registry(Predicate<T> isGone) {
        this.isGone = isGone;
    }

    void add(T item) {
        items.removeIf(isGone);
        items.add(item);
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
}
