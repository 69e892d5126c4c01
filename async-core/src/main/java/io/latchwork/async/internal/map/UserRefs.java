// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfContainer;
import io.latchwork.async.Status;
import io.latchwork.async.internal.RefCount;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The user references of a map or an outer map: what every container does with them, and what a runtime does with it. */
public abstract class UserRefs implements BpfContainer {
    /** The largest container. */
    static final int MAX_ENTRIES = 1 << 26;

    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(UserRefs.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MapContext context;
    private final String name;
    private final int maxEntries;
    private final RefCount users = new RefCount(1);
    private boolean closed;

    UserRefs(MapContext context, String name, int maxEntries) {
        if (maxEntries < 1 || maxEntries > MAX_ENTRIES) {
            throw new IllegalArgumentException("maxEntries: " + maxEntries + ", not 1 to " + MAX_ENTRIES);
        }
        this.context = context;
        this.name = name;
        this.maxEntries = maxEntries;
    }

    /**
     * The last reference is gone: empties the container.
     *
     * @param tally counts what was armed; null to count nothing
     */
    abstract void lastReleased(Tally tally);

    /**
     * Adds what is in this container to the books.
     *
     * @param books where to
     */
    abstract void countContent(Books books);

    /**
     * Tells whether everything of the container is back where it came from.
     *
     * @return false while something is in use or waits for a grace period
     */
    public abstract boolean isDrained();

    /**
     * Tells whether the container is closed and drained, so that nothing of it can come back.
     *
     * @return true if a runtime may forget it
     */
    public final boolean isGone() {
        return !hasUsers() && isDrained();
    }

    /**
     * Adds this container to the books.
     *
     * @param books where to
     */
    public final void count(Books books) {
        if (hasUsers()) {
            books.maps++;
        }
        countContent(books);
    }

    /**
     * Whether the container belongs to a runtime.
     *
     * @param runtime a runtime
     * @return false for a foreign one
     */
    public final boolean belongsTo(Object runtime) {
        return context.owner() == runtime;
    }

    final MapContext context() {
        return context;
    }

    /**
     * Whether there is a user reference, seen after everything that the caller wrote before.
     *
     * @return false for ever once the last is gone
     */
    public final boolean hasUsers() {
        return users.get() != 0;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int maxEntries() {
        return maxEntries;
    }

    @Override
    public final Status open() {
        return users.tryGet() ? Status.OK : Status.ENOENT;
    }

    @Override
    public final Status release() {
        return release(null);
    }

    final Status release(Tally tally) {
        if (!users.tryPut()) {
            return Status.ENOENT;
        }
        if (users.get() == 0) {
            lastReleased(tally);
        }
        return Status.OK;
    }

    @Override
    public final void close() {
        if (!(boolean) CLOSED.getAndSet(this, true)) { // relaxed: picks one winner; the count orders the rest
            release();
        }
    }

    /**
     * Drops every user reference at once: the runtime is closing.
     *
     * @param tally counts what was armed
     */
    public final void closeForGood(Tally tally) {
        while (release(tally) == Status.OK) {
            Thread.onSpinWait();
        }
    }
}
