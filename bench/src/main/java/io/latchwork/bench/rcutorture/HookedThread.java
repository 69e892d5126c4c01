// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/**
 * A thread that can be interrupted in the middle of a call of the library, by code that runs to its end on the same thread: the
 * library asks for {@link #getId()} in {@code readLock} and, with the callback claimed and not yet pushed, in {@code callRcu}.
 */
final class HookedThread extends Thread {
    private Runnable hook;

    HookedThread(final String name, final Runnable task) {
        super(task, name);
        setDaemon(true);
    }

    /** Has the next call that asks for the id interrupted, once. This thread only. */
    void arm(final Runnable interruption) {
        hook = interruption;
    }

    @Override
    public long getId() {
        final Runnable interruption = hook;
        if (interruption != null && this == Thread.currentThread()) {
            hook = null;
            interruption.run();
        }
        return super.getId();
    }
}
