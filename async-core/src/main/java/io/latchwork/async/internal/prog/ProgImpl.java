// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.prog;

import io.latchwork.async.BpfProg;
import io.latchwork.async.Status;
import io.latchwork.async.internal.RefCount;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuHead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * A program: a reference count whose end leads, after a grace period, to one unload.
 *
 * <p>The grace period is what makes it safe for a base to call a callback without a reference of its own: it calls
 * inside a read section, so the unload can not overtake it.
 */
public final class ProgImpl implements BpfProg {
    private static final VarHandle RELEASED;
    private static final VarHandle UNLOADED;
    private static final VarHandle HOOK_TAKEN;

    static {
        try {
            RELEASED = MethodHandles.lookup().findVarHandle(ProgImpl.class, "released", boolean.class);
            UNLOADED = MethodHandles.lookup().findVarHandle(ProgImpl.class, "unloaded", boolean.class);
            HOOK_TAKEN = MethodHandles.lookup().findVarHandle(ProgImpl.class, "hookTaken", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object owner;
    private final String name;
    private final Runnable onUnload;
    private final Rcu rcu;
    private final RefCount refs = new RefCount(1);
    private final RcuHead head;
    private boolean released;
    private boolean unloaded;
    private boolean hookTaken;

    /**
     * A program with the loader's reference.
     *
     * @param owner the runtime that the program belongs to
     * @param name used in reports
     * @param onUnload the hook
     * @param rcu the domain whose grace period the unload waits for
     * @param unloader given the program after that grace period, on the thread that runs callbacks of the domain
     */
    public ProgImpl(Object owner, String name, Runnable onUnload, Rcu rcu, Consumer<ProgImpl> unloader) {
        this.owner = owner;
        this.name = name;
        this.onUnload = onUnload;
        this.rcu = rcu;
        this.head = new RcuHead() {
            @Override
            protected void reclaim() {
                unloader.accept(ProgImpl.this);
            }
        };
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Tells whether the program may be used with timers of a runtime.
     *
     * @param runtime a runtime
     * @return false for a foreign program
     */
    public boolean belongsTo(Object runtime) {
        return owner == runtime;
    }

    /**
     * Takes a reference.
     *
     * @return false if the program is dead
     */
    public boolean tryGet() {
        return refs.tryGet();
    }

    /** Drops a reference; the last one asks for the unload. Never waits, never runs the hook. */
    public void put() {
        if (refs.put()) {
            rcu.callRcu(head);
        }
    }

    /** Runs the hook. Called once, by a worker. */
    public void unload() {
        try {
            if (!(boolean) HOOK_TAKEN.getAndSet(this, true)) { // relaxed: picks one winner, orders nothing
                onUnload.run();
            }
        } finally {
            UNLOADED.setRelease(this, true); // AC30 -> AC31: who sees it unloaded sees what the hook did
        }
    }

    /**
     * Sees to it that the hook does not run: the program was made too late, and its maker is told so.
     *
     * @return false if it has begun to run, so that the program was made, and unloaded, in time
     */
    public boolean tryDisown() {
        return !(boolean) HOOK_TAKEN.getAndSet(this, true); // relaxed: as in unload
    }

    /**
     * Tells whether the hook has run.
     *
     * @return true if the program is gone for good
     */
    public boolean isUnloaded() {
        return (boolean) UNLOADED.getAcquire(this); // AC31 <- AC30: as above
    }

    @Override
    public Status release() {
        if ((boolean) RELEASED.getAndSet(this, true)) { // relaxed: picks one winner; the reference count does the ordering
            return Status.ENOENT;
        }
        put();
        return Status.OK;
    }
}
