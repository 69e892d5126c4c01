// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.BpfProg;
import io.latchwork.async.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A program: a name, an unload hook and a count of references. Zero is final. */
final class LockedProgram implements BpfProg {
    private final LockedRuntime runtime;
    private final String name;
    private final Runnable onUnload;
    private final AtomicInteger references = new AtomicInteger(1);
    private final AtomicBoolean released = new AtomicBoolean();

    LockedProgram(LockedRuntime runtime, String name, Runnable onUnload) {
        this.runtime = runtime;
        this.name = name;
        this.onUnload = onUnload;
    }

    LockedRuntime runtime() {
        return runtime;
    }

    /** Takes a reference, unless there is none any more. */
    boolean get() {
        int seen = references.get();
        while (seen > 0) {
            if (references.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = references.get();
        }
        return false;
    }

    /** Drops a reference; the last one sends the program to housekeeping. */
    void put() {
        if (references.decrementAndGet() == 0) {
            runtime.housekeeping().unload(this);
        }
    }

    void runUnloadHook() {
        runtime.forget(this);
        try {
            onUnload.run();
        } catch (Throwable thrown) {
            runtime.report(name, "", thrown);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Status release() {
        if (!released.compareAndSet(false, true)) {
            return Status.ENOENT;
        }
        put();
        return Status.OK;
    }
}
