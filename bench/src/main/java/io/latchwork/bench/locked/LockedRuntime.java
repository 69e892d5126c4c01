// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.AsyncTimer;
import io.latchwork.async.Audit;
import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfArrayOfMaps;
import io.latchwork.async.BpfContainer;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfHashOfMaps;
import io.latchwork.async.BpfLruHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.CallbackErrorHandler;
import io.latchwork.async.ClockId;
import io.latchwork.async.ExpiryCallback;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;

/** The locked variant of the runtime; see the package. */
public final class LockedRuntime implements AsyncRuntime {
    private final TimeBase time;
    private final NmiMark nmi = new NmiMark();
    private final LockedBase[] bases;
    private final Housekeeping housekeeping;
    private final RuntimeThreads threads;
    private final List<Agent> agents;
    private final CallbackErrorHandler errorHandler;
    private final AtomicLong budget;
    private final long closeTimeoutNs;

    /** The base that a thread named. */
    private final ThreadLocal<LockedBase> bound = new ThreadLocal<>();

    /** Guards the three fields below. */
    private final Object registry = new Object();
    private final Set<LockedHashMap<?, ?>> maps = new HashSet<>();
    private final List<LockedProgram> programs = new ArrayList<>();
    private boolean closed;

    LockedRuntime(LockedRuntimeBuilder from) {
        time = new TimeBase(from.clock);
        bases = new LockedBase[from.bases];
        for (int i = 0; i < bases.length; i++) {
            bases[i] = new LockedBase(from.baseLock, time, "locked-base-" + i);
        }
        housekeeping = new Housekeeping(bases);
        threads = new RuntimeThreads(bases, housekeeping, from.threadFactory);
        List<Agent> all = new ArrayList<>(List.of(bases));
        all.add(housekeeping);
        agents = List.copyOf(all);
        errorHandler = from.errorHandler;
        budget = from.maxTimers == Long.MAX_VALUE ? null : new AtomicLong(from.maxTimers);
        closeTimeoutNs = from.closeTimeoutNs;
    }

    /**
     * Starts a description of a locked runtime.
     *
     * @return a builder with the defaults
     */
    public static LockedRuntimeBuilder builder() {
        return new LockedRuntimeBuilder();
    }

    void launch() {
        time.clock().onStep(() -> {
            for (LockedBase base : bases) {
                base.wake();
            }
        });
        threads.launch();
    }

    TimeBase time() {
        return time;
    }

    NmiMark nmi() {
        return nmi;
    }

    Housekeeping housekeeping() {
        return housekeeping;
    }

    /** Control blocks left to all maps together, or null if there is no cap. */
    AtomicLong budget() {
        return budget;
    }

    int baseCount() {
        return bases.length;
    }

    /** The home base of the slot with this number. */
    LockedBase base(int slot) {
        return bases[slot % bases.length];
    }

    void report(String program, String map, Throwable thrown) {
        try {
            errorHandler.onError(program, map, thrown);
        } catch (Throwable dropped) {
            // as CallbackErrorHandler says
        }
    }

    void forget(LockedHashMap<?, ?> map) {
        synchronized (registry) {
            maps.remove(map);
        }
    }

    void forget(LockedProgram program) {
        synchronized (registry) {
            programs.remove(program);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the runtime is closed");
        }
    }

    @Override
    public BpfProg loadProgram(String name, Runnable onUnload) {
        LockedProgram program = new LockedProgram(this, Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(onUnload, "onUnload"));
        synchronized (registry) {
            requireOpen();
            programs.add(program);
        }
        return program;
    }

    @Override
    public <K, V> BpfHashMap<K, V> hashMap(String name, int maxEntries, int maxTimers) {
        Objects.requireNonNull(name, "name");
        if (maxEntries < 1 || maxEntries > LockedHashMap.MAX_ENTRIES) {
            throw new IllegalArgumentException("maxEntries: " + maxEntries);
        }
        if (maxTimers < 0 || maxTimers > maxEntries) {
            throw new IllegalArgumentException("maxTimers: " + maxTimers);
        }
        synchronized (registry) {
            requireOpen();
            LockedHashMap<K, V> map = new LockedHashMap<>(this, name, maxEntries, maxTimers);
            int perBase = Math.min(maxTimers, maxEntries / bases.length + 1);
            for (LockedBase base : bases) {
                base.reserve(perBase);
            }
            maps.add(map);
            return map;
        }
    }

    @Override
    public <K, V> BpfHashMap<K, V> growingHashMap(String name, int maxEntries) {
        throw new UnsupportedOperationException("growing maps");
    }

    @Override
    public <K, V> BpfLruHashMap<K, V> lruHashMap(String name, int maxEntries) {
        throw new UnsupportedOperationException("maps that evict");
    }

    @Override
    public <V> BpfArrayMap<V> arrayMap(String name, int maxEntries) {
        throw new UnsupportedOperationException("arrays");
    }

    @Override
    public <I, V> BpfArrayOfMaps<I, V> arrayOfMaps(String name, int maxEntries) {
        throw new UnsupportedOperationException("maps of maps");
    }

    @Override
    public <K, I, V> BpfHashOfMaps<K, I, V> hashOfMaps(String name, int maxEntries) {
        throw new UnsupportedOperationException("maps of maps");
    }

    @Override
    public AsyncTimer newTimer(BpfProg program, ExpiryCallback callback, ClockId clock) {
        throw new UnsupportedOperationException("timers without a map");
    }

    @Override
    public Status pin(String path, BpfContainer map) {
        throw new UnsupportedOperationException("pins");
    }

    @Override
    public Status unpin(String path) {
        throw new UnsupportedOperationException("pins");
    }

    @Override
    public BpfContainer openPinned(String path) {
        throw new UnsupportedOperationException("pins");
    }

    @Override
    public Audit audit() {
        throw new UnsupportedOperationException("books");
    }

    @Override
    public Status bindThread(int base) {
        if (base < -1 || base >= bases.length) {
            return Status.EINVAL;
        }
        if (nmi.here()) {
            return Status.EOPNOTSUPP;
        }
        if (base < 0) {
            bound.remove();
        } else {
            bound.set(bases[base]);
        }
        return Status.OK;
    }

    /** The base whose callback the calling thread runs, or else the one that it named; null if there is none. */
    LockedBase boundBase() {
        CallbackContext context = CallbackContext.ofThread();
        boolean inCallback = context.current != null && context.current.map.runtime() == this;
        return inCallback ? context.base : bound.get();
    }

    @Override
    public AsyncClock clock() {
        return time.clock();
    }

    @Override
    public void nmiEnter() {
        nmi.enter();
    }

    @Override
    public void nmiExit() {
        nmi.exit();
    }

    @Override
    public List<Agent> agents() {
        return agents;
    }

    @Override
    public long nextDeadlineNs() {
        long first = TimeBase.NEVER;
        for (LockedBase base : bases) {
            first = Math.min(first, base.firstDeadline());
        }
        return time.onClock(first);
    }

    @Override
    public void close() {
        if (nmi.here()) {
            threads.runApart(this::close); // the locks may be held by what was interrupted
            return;
        }
        List<LockedHashMap<?, ?>> openMaps;
        List<LockedProgram> loaded;
        synchronized (registry) {
            if (closed) {
                return;
            }
            closed = true;
            openMaps = List.copyOf(maps);
            loaded = List.copyOf(programs);
        }
        openMaps.forEach(LockedHashMap::closeForGood);
        loaded.forEach(LockedProgram::release);
        if (mustNotWait()) {
            threads.runApart(() -> threads.finish(closeTimeoutNs));
        } else {
            threads.finish(closeTimeoutNs);
        }
    }

    private boolean mustNotWait() {
        TimerBlock<?, ?> running = CallbackContext.ofThread().current;
        return threads.isOwn(Thread.currentThread()) || running != null && running.map.runtime() == this;
    }
}
