// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import io.latchwork.async.internal.runtime.RuntimeConfig;
import io.latchwork.async.internal.runtime.RuntimeImpl;
import io.latchwork.irqwork.HybridIdle;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** Describes a runtime. Not thread-safe; may be used again after {@link #launch()} or {@link #build()}. */
public final class AsyncRuntimeBuilder {
    /** How long {@link AsyncRuntime#close()} waits unless told otherwise, in nanoseconds: 5 s. */
    public static final long DEFAULT_CLOSE_TIMEOUT_NS = 5_000_000_000L;
    /** The longest spin before a deadline unless told otherwise, in nanoseconds: 200 us. */
    public static final long DEFAULT_MAX_SLACK_NS = HybridIdle.DEFAULT_MAX_SLACK_NS;
    /** The largest value for the longest spin before a deadline, in nanoseconds: 1 ms. */
    public static final long MAX_SLACK_NS = HybridIdle.MAX_SLACK_NS;
    /** The share of the time that a base may spend in such spins unless told otherwise, in percent: 25. */
    public static final int DEFAULT_SLACK_PERCENT = HybridIdle.DEFAULT_SLACK_PERCENT;
    /** The least age that a cached clock may be given, in nanoseconds: 1 us. */
    public static final long MIN_CACHED_CLOCK_NS = 1_000;
    /** The greatest age that a cached clock may be given, in nanoseconds: 1 s. */
    public static final long MAX_CACHED_CLOCK_NS = 1_000_000_000;
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
    private long cachedClockNs;
    private long maxSlackNs = DEFAULT_MAX_SLACK_NS;
    private int slackPercent = DEFAULT_SLACK_PERCENT;
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
     * How a base that waits by {@link IdleMode#HYBRID} makes up for parks that end late. It learns by how much they do (the
     * kernel's timer slack and the time that a processor takes to wake), parks so much shorter, and spins until the deadline. A
     * base without deadlines does not spin. Default {@link #DEFAULT_MAX_SLACK_NS} and {@link #DEFAULT_SLACK_PERCENT}. Matters to
     * launched runtimes only, and to clocks that go by themselves.
     *
     * @param maxNs the longest such spin in nanoseconds, 0 to {@link #MAX_SLACK_NS}; 0: none
     * @param percent the share of the time that each base may spend in them, 0 to 100: when deadlines are so frequent that it is
     *     used up, the base parks until the deadline and fires late, as {@link IdleMode#PARK} does, until the share has grown
     *     again
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public AsyncRuntimeBuilder parkSlack(long maxNs, int percent) {
        if (maxNs < 0 || maxNs > MAX_SLACK_NS || percent < 0 || percent > 100) {
            throw new IllegalArgumentException("parkSlack: " + maxNs + " ns, " + percent + " percent");
        }
        this.maxSlackNs = maxNs;
        this.slackPercent = percent;
        return this;
    }

    /**
     * Lets relative starts on {@link ClockId#MONOTONIC} take the time from a value that base 0 publishes in its duty cycles,
     * which spares them a look at the clock. Default 0: they look at it.
     *
     * <p>A timer still <b>never fires early</b>: the age that the value may have is added to the delay. So it fires later by
     * up to that age and 5 us. When the base is kept from running for longer than that while its value is out (by the machine,
     * by the garbage collector, by a callback that takes long), it finds out before it fires what was started meanwhile, and
     * fires that later by the length of the stall; so may a few others be, one in a thousand on average.
     *
     * <p>A base that parks takes its value back first; starts then look at the clock, as do those with delays of more than
     * four minutes, and all of them when the base was stalled more than a thousand times in the last four minutes. So this
     * pays where base 0 is busy, or spins. In a runtime that was only {@linkplain #build() built} the value is out during duty
     * cycles only: for callbacks that re-arm.
     *
     * @param stalenessNs how old the value may be in nanoseconds, {@link #MIN_CACHED_CLOCK_NS} to
     *     {@link #MAX_CACHED_CLOCK_NS}; it is renewed when it is half as old. 0: no cached clock
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public AsyncRuntimeBuilder cachedClock(long stalenessNs) {
        if (stalenessNs != 0 && (stalenessNs < MIN_CACHED_CLOCK_NS || stalenessNs > MAX_CACHED_CLOCK_NS)) {
            throw new IllegalArgumentException("stalenessNs: " + stalenessNs);
        }
        this.cachedClockNs = stalenessNs;
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
     * starts of it answer {@link Status#OK} and lead to nothing, and closing waits for it in vain. So close the runtime before
     * the executor is shut down. Default: the kworkers.
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
     * How long {@link AsyncRuntime#close()} waits for callbacks that are running and calls that are under way. Default
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
            executor, slowCallbackNs, slowCallbackHandler, closeHandler, asymmetricReaders, cachedClockNs, maxSlackNs,
            slackPercent);
    }
}
