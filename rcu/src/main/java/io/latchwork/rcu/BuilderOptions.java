// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/** The options of {@link Rcu.Builder}; its public methods are the builder's. Builders are for one thread. */
abstract class BuilderOptions {
    private static final int MAX_SLOTS = 1 << 20;

    int ownedSlots = Math.max(256, 8 * Runtime.getRuntime().availableProcessors());
    int leasedSlots = 128;
    int counterStripes = 4;
    long batchDelayNs = 500_000;
    long stallTimeoutNs = 10_000_000_000L;
    long expeditedStallTimeoutNs = 1_000_000_000L;
    long backlogHigh = 10_000;
    long backlogMax = 1_000_000;
    StallListener stallListener = report -> { };
    CallbackErrorHandler callbackErrorHandler = (head, error) -> { };
    String name = "rcu";
    ThreadFactory threadFactory;
    boolean manual;
    private boolean asymmetric;
    private ReaderBarrier barrier;  // of a test, or null

    abstract Rcu.Builder self();

    private static int slots(final int n) {
        if (n < 0 || n > MAX_SLOTS) {
            throw new IllegalArgumentException("slots: " + n + ", allowed 0 .. " + MAX_SLOTS);
        }
        return n;
    }

    private static long atLeast(final long least, final long n, final String what) {
        if (n < least) {
            throw new IllegalArgumentException(what + ": " + n + ", allowed " + least + " and more");
        }
        return n;
    }

    /**
     * Slots that belong to a platform thread from its first section to its death. Default: 256, or 8 per processor if more.
     *
     * @param n 0 (nobody owns a slot) to 2^20, rounded up to a power of two; 272 bytes each
     * @return this builder
     * @throws IllegalArgumentException if n is out of range
     */
    public Rcu.Builder ownedSlots(final int n) {
        ownedSlots = slots(n);
        return self();
    }

    /**
     * Slots leased for one section, by virtual threads and by threads that found no owned slot. Default: 128.
     *
     * @param n 0 (go to the counters at once) to 2^20, rounded up to a power of two; 272 bytes each
     * @return this builder
     * @throws IllegalArgumentException if n is out of range
     */
    public Rcu.Builder leasedSlots(final int n) {
        leasedSlots = slots(n);
        return self();
    }

    /**
     * Stripes of the counter tier. Default: 4.
     *
     * @param n 1 to 2^20, rounded up to a power of two; about 1100 bytes each
     * @return this builder
     * @throws IllegalArgumentException if n is out of range
     */
    public Rcu.Builder counterStripes(final int n) {
        counterStripes = (int) atLeast(1, slots(n), "counterStripes");
        return self();
    }

    /**
     * How long the reclaimer lets callbacks gather before it starts a grace period. Default: 500 000 ns.
     *
     * @param ns the delay, ns; 0 for none
     * @return this builder
     * @throws IllegalArgumentException if ns is negative
     */
    public Rcu.Builder batchDelayNs(final long ns) {
        batchDelayNs = atLeast(0, ns, "batchDelayNs");
        return self();
    }

    /**
     * How long a grace period may wait for readers before it is reported. Default: 10 s.
     *
     * @param ns the time, ns, at least 1
     * @return this builder
     * @throws IllegalArgumentException if ns is less than 1
     */
    public Rcu.Builder stallTimeoutNs(final long ns) {
        stallTimeoutNs = atLeast(1, ns, "stallTimeoutNs");
        return self();
    }

    /**
     * The same for a grace period driven by an expedited call. Default: 1 s.
     *
     * @param ns the time, ns, at least 1
     * @return this builder
     * @throws IllegalArgumentException if ns is less than 1
     */
    public Rcu.Builder expeditedStallTimeoutNs(final long ns) {
        expeditedStallTimeoutNs = atLeast(1, ns, "expeditedStallTimeoutNs");
        return self();
    }

    /**
     * Who is told about stalls. Default: nobody; they are counted.
     *
     * @param listener the listener
     * @return this builder
     */
    public Rcu.Builder stallListener(final StallListener listener) {
        stallListener = Objects.requireNonNull(listener, "listener");
        return self();
    }

    /**
     * Backlog above which the reclaimer does not wait for the batch delay. Default: 10 000.
     *
     * @param heads number of callbacks, at least 1; a value above {@code backlogMax} counts as {@code backlogMax}
     * @return this builder
     * @throws IllegalArgumentException if heads is less than 1
     */
    public Rcu.Builder backlogHigh(final long heads) {
        backlogHigh = atLeast(1, heads, "backlogHigh");
        return self();
    }

    /**
     * Backlog that {@code tryCallRcu} refuses to exceed and {@code callRcuThrottled} waits at. Default: 1 000 000.
     *
     * @param heads number of callbacks, at least 1
     * @return this builder
     * @throws IllegalArgumentException if heads is less than 1
     */
    public Rcu.Builder backlogMax(final long heads) {
        backlogMax = atLeast(1, heads, "backlogMax");
        return self();
    }

    /**
     * Who is told about callbacks that throw. Default: nobody; they are counted.
     *
     * @param handler the handler
     * @return this builder
     */
    public Rcu.Builder callbackErrorHandler(final CallbackErrorHandler handler) {
        callbackErrorHandler = Objects.requireNonNull(handler, "handler");
        return self();
    }

    /**
     * Names the domain; the reclaimer of the default factory is called name + "-reclaimer". Default: "rcu".
     *
     * @param domainName the name
     * @return this builder
     */
    public Rcu.Builder name(final String domainName) {
        name = Objects.requireNonNull(domainName, "domainName");
        return self();
    }

    /**
     * Makes the reclaimer thread. Default: a daemon platform thread. The thread must be a platform thread, new and not started.
     *
     * @param factory the factory, called once, by {@code build()}
     * @return this builder
     */
    public Rcu.Builder threadFactory(final ThreadFactory factory) {
        threadFactory = Objects.requireNonNull(factory, "factory");
        return self();
    }

    /**
     * Whether threads that own a slot publish their sections without a fence. Default: no. A fence costs as much as an atomic
     * operation, and more when stores before the section miss the cache. With this a section costs a fraction of that, and a
     * grace period has the kernel fence on every processor that runs this process: membarrier(2), once a grace period, some
     * microseconds.
     *
     * <p>The mode is had on Linux on x86-64, AArch64 and RISC-V; on JDK 22 and later; on HotSpot without a compiler plugged in;
     * when native access is enabled for this library ({@code --enable-native-access=io.latchwork.rcu}, or {@code ALL-UNNAMED} on
     * the class path); and when the kernel takes the call, which is tried. Else the domain has symmetric readers and
     * {@link Rcu#readerMode()} says why; nothing is printed. The first such domain of a JVM takes longer to make, for what is
     * linked.
     *
     * <p><b>What it rests on:</b> that the JIT compiler does not move a volatile load ahead of an opaque store that precedes it
     * in the program. The Java memory model does not promise that; the compilers of HotSpot keep that order, and the tests of
     * this library look at their machine code, on x86-64. Sections on leased slots and in the counter tier keep their fences.
     *
     * <p><b>Progress:</b> that of readers does not change. A grace period makes one system call, which waits for no thread. If
     * the kernel refuses it later on, for a filter of system calls that was installed meanwhile or in a process restored from a
     * checkpoint, no grace period ends any more: waits throw {@code IllegalStateException}, callbacks and {@code close()} wait.
     *
     * @param wanted true to have it if possible
     * @return this builder
     */
    public Rcu.Builder asymmetric(final boolean wanted) {
        asymmetric = wanted;
        return self();
    }

    /** For tests: this barrier, whatever was asked for. */
    Rcu.Builder barrier(final ReaderBarrier replacement) {
        barrier = replacement;
        return self();
    }

    ReaderBarrier barrier() {
        return barrier != null ? barrier : ReaderBarrier.choose(asymmetric);
    }

    /**
     * No reclaimer thread: callbacks run only inside {@link Rcu#reclaim()}, {@link Rcu#barrier()}, {@link Rcu#callRcuThrottled} and
     * {@link Rcu#close()}. For tests, and for owners of a loop of their own.
     *
     * @return this builder
     */
    public Rcu.Builder manual() {
        manual = true;
        return self();
    }
}
