// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import io.latchwork.async.internal.runtime.RuntimeConfig;
import io.latchwork.async.internal.runtime.RuntimeImpl;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** Describes a runtime. Not thread-safe; may be used again after {@link #launch()} or {@link #build()}. */
public final class AsyncRuntimeBuilder {
    /** How long {@link AsyncRuntime#close()} waits unless told otherwise, in nanoseconds: 5 s. */
    public static final long DEFAULT_CLOSE_TIMEOUT_NS = 5_000_000_000L;
    /** The largest number of bases. */
    public static final int MAX_BASES = 64;
    /** The largest number of kworkers. */
    public static final int MAX_KWORKERS = 64;

    private int bases = 1;
    private AsyncClock clock = AsyncClock.system();
    private IdleMode idleMode = IdleMode.HYBRID;
    private CallbackErrorHandler errorHandler = (program, map, error) -> { };
    private ThreadFactory threadFactory = task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    };
    private long maxTimers = Long.MAX_VALUE;
    private int kworkers = 1;
    private Executor executor;
    private long slowCallbackNs = Long.MAX_VALUE;
    private SlowCallbackHandler slowCallbackHandler = (program, map, tookNs) -> { };
    private CloseHandler closeHandler = new CloseHandler() { };
    private long closeTimeoutNs = DEFAULT_CLOSE_TIMEOUT_NS;
    private boolean asymmetricReaders;

    AsyncRuntimeBuilder() {
    }

    /**
     * The number of bases. Each has an expiry queue and an owner thread; every element has a home base. Default 1.
     *
     * @param count 1 to {@link #MAX_BASES}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public AsyncRuntimeBuilder bases(int count) {
        if (count < 1 || count > MAX_BASES) {
            throw new IllegalArgumentException("bases: " + count + ", not 1 to " + MAX_BASES);
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
    public AsyncRuntimeBuilder clock(AsyncClock source) {
        this.clock = Objects.requireNonNull(source, "clock");
        return this;
    }

    /**
     * How a base waits. Default {@link IdleMode#HYBRID}. Matters to launched runtimes only.
     *
     * @param mode the mode
     * @return this
     */
    public AsyncRuntimeBuilder idleMode(IdleMode mode) {
        this.idleMode = Objects.requireNonNull(mode, "idleMode");
        return this;
    }

    /**
     * Who is told what callbacks and unload hooks throw. Default: nobody.
     *
     * @param handler the handler
     * @return this
     */
    public AsyncRuntimeBuilder errorHandler(CallbackErrorHandler handler) {
        this.errorHandler = Objects.requireNonNull(handler, "errorHandler");
        return this;
    }

    /**
     * Who makes the threads of a launched runtime; the runtime names them. Default: daemon threads.
     *
     * @param factory the factory
     * @return this
     */
    public AsyncRuntimeBuilder threadFactory(ThreadFactory factory) {
        this.threadFactory = Objects.requireNonNull(factory, "threadFactory");
        return this;
    }

    /**
     * The number of kworkers: threads that run works and unload hooks, which may block. Default 1.
     *
     * @param count 1 to {@link #MAX_KWORKERS}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public AsyncRuntimeBuilder kworkers(int count) {
        if (count < 1 || count > MAX_KWORKERS) {
            throw new IllegalArgumentException("kworkers: " + count + ", not 1 to " + MAX_KWORKERS);
        }
        this.kworkers = count;
        return this;
    }

    /**
     * Who runs works instead of the kworkers, which then only hand them over. A work that the executor refuses is reported to
     * the error handler and run by a kworker, so none is lost. One that the executor takes and never runs stays with it:
     * starts of it answer {@link Status#OK} and lead to nothing, and closing waits for it in vain. So close the runtime before the
     * executor is shut down. Default: the kworkers.
     *
     * @param workExecutor the executor; never closed by the runtime
     * @return this
     */
    public AsyncRuntimeBuilder executor(Executor workExecutor) {
        this.executor = Objects.requireNonNull(workExecutor, "executor");
        return this;
    }

    /**
     * Who is told about timer callbacks that keep their base for too long. Without this call they are not timed, which spares
     * two looks at the clock for each.
     *
     * @param thresholdNs how long a callback may take, in nanoseconds, not negative
     * @param handler told about each that takes longer
     * @return this
     * @throws IllegalArgumentException if the threshold is negative
     */
    public AsyncRuntimeBuilder slowCallback(long thresholdNs, SlowCallbackHandler handler) {
        if (thresholdNs < 0) {
            throw new IllegalArgumentException("thresholdNs: " + thresholdNs);
        }
        this.slowCallbackHandler = Objects.requireNonNull(handler, "handler");
        this.slowCallbackNs = thresholdNs;
        return this;
    }

    /**
     * Who is told what was still armed when the runtime was closed, and asked what to do when closing takes too long. Default:
     * nobody; closing gives up.
     *
     * @param handler the handler
     * @return this
     */
    public AsyncRuntimeBuilder closeHandler(CloseHandler handler) {
        this.closeHandler = Objects.requireNonNull(handler, "closeHandler");
        return this;
    }

    /**
     * The cap on control blocks of all maps and timers together. Default: none but the maps' own quotas.
     *
     * @param cap not negative
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public AsyncRuntimeBuilder maxTimers(long cap) {
        if (cap < 0) {
            throw new IllegalArgumentException("maxTimers: " + cap);
        }
        this.maxTimers = cap;
        return this;
    }

    /**
     * How long {@link AsyncRuntime#close()} waits for callbacks that are running. Default
     * {@link #DEFAULT_CLOSE_TIMEOUT_NS}.
     *
     * @param timeoutNs nanoseconds, not negative
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public AsyncRuntimeBuilder closeTimeoutNs(long timeoutNs) {
        if (timeoutNs < 0) {
            throw new IllegalArgumentException("closeTimeoutNs: " + timeoutNs);
        }
        this.closeTimeoutNs = timeoutNs;
        return this;
    }

    /**
     * Whether map operations open their read sections without a fence, where the JVM and the system allow that; see
     * {@link io.latchwork.rcu.Rcu.Builder#asymmetric(boolean)} for what it needs and what it rests on. Where it cannot be had
     * nothing changes, and nothing is printed. Default: no.
     *
     * @param wanted true to have it if possible
     * @return this
     */
    public AsyncRuntimeBuilder asymmetricReaders(boolean wanted) {
        this.asymmetricReaders = wanted;
        return this;
    }

    /**
     * Makes the runtime and starts its threads: one a base, the kworkers, one for grace periods.
     *
     * @return a running runtime
     */
    public AsyncRuntime launch() {
        return RuntimeImpl.launch(config());
    }

    /**
     * Makes the runtime without any thread; the caller runs its {@link AsyncRuntime#agents()}. For event loops that
     * have a thread already, and for deterministic tests.
     *
     * @return a runtime that does nothing by itself
     */
    public AsyncRuntime build() {
        return RuntimeImpl.build(config());
    }

    private RuntimeConfig config() {
        return new RuntimeConfig(bases, clock, idleMode, errorHandler, threadFactory, maxTimers, closeTimeoutNs, kworkers,
            executor, slowCallbackNs, slowCallbackHandler, closeHandler, asymmetricReaders);
    }
}
