// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.AsyncRuntimeBuilder;
import io.latchwork.async.CallbackErrorHandler;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/** Describes a locked runtime, as {@link AsyncRuntimeBuilder} describes a lock-free one. Not thread-safe. */
public final class LockedRuntimeBuilder {
    int bases = 1;
    AsyncClock clock = AsyncClock.system();
    BaseLockKind baseLock = BaseLockKind.SPIN;
    CallbackErrorHandler errorHandler = (program, map, error) -> { };
    ThreadFactory threadFactory = task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    };
    long maxTimers = Long.MAX_VALUE;
    long closeTimeoutNs = AsyncRuntimeBuilder.DEFAULT_CLOSE_TIMEOUT_NS;

    LockedRuntimeBuilder() {
    }

    /**
     * The number of bases. Default 1.
     *
     * @param count 1 to {@link AsyncRuntimeBuilder#MAX_BASES}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public LockedRuntimeBuilder bases(int count) {
        if (count < 1 || count > AsyncRuntimeBuilder.MAX_BASES) {
            throw new IllegalArgumentException("bases: " + count + ", not 1 to " + AsyncRuntimeBuilder.MAX_BASES);
        }
        this.bases = count;
        return this;
    }

    /**
     * The source of time. Default {@link AsyncClock#system()}.
     *
     * @param source the clock
     * @return this
     */
    public LockedRuntimeBuilder clock(AsyncClock source) {
        this.clock = Objects.requireNonNull(source, "clock");
        return this;
    }

    /**
     * The lock that guards the queue of a base. Default {@link BaseLockKind#SPIN}.
     *
     * @param kind the kind
     * @return this
     */
    public LockedRuntimeBuilder baseLock(BaseLockKind kind) {
        this.baseLock = Objects.requireNonNull(kind, "baseLock");
        return this;
    }

    /**
     * Who is told what callbacks and unload hooks throw. Default: nobody.
     *
     * @param handler the handler
     * @return this
     */
    public LockedRuntimeBuilder errorHandler(CallbackErrorHandler handler) {
        this.errorHandler = Objects.requireNonNull(handler, "errorHandler");
        return this;
    }

    /**
     * Who makes the threads of a launched runtime; the runtime names them. Default: daemon threads.
     *
     * @param factory the factory
     * @return this
     */
    public LockedRuntimeBuilder threadFactory(ThreadFactory factory) {
        this.threadFactory = Objects.requireNonNull(factory, "threadFactory");
        return this;
    }

    /**
     * The cap on control blocks of all maps together. Default: none but the maps' own quotas.
     *
     * @param cap not negative
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public LockedRuntimeBuilder maxTimers(long cap) {
        if (cap < 0) {
            throw new IllegalArgumentException("maxTimers: " + cap);
        }
        this.maxTimers = cap;
        return this;
    }

    /**
     * How long closing waits for callbacks that are running. Default
     * {@link AsyncRuntimeBuilder#DEFAULT_CLOSE_TIMEOUT_NS}.
     *
     * @param timeoutNs nanoseconds, not negative
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public LockedRuntimeBuilder closeTimeoutNs(long timeoutNs) {
        if (timeoutNs < 0) {
            throw new IllegalArgumentException("closeTimeoutNs: " + timeoutNs);
        }
        this.closeTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * Makes the runtime and starts its threads: one a base and one for housekeeping.
     *
     * @return a running runtime
     */
    public AsyncRuntime launch() {
        LockedRuntime runtime = new LockedRuntime(this);
        runtime.launch();
        return runtime;
    }

    /**
     * Makes the runtime without any thread; the caller runs its {@link AsyncRuntime#agents()}.
     *
     * @return a runtime that does nothing by itself
     */
    public AsyncRuntime build() {
        return new LockedRuntime(this);
    }
}
