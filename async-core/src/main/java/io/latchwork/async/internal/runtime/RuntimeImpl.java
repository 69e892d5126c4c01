// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

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
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ExpiryCallback;
import io.latchwork.async.Status;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.map.ArrayMapImpl;
import io.latchwork.async.internal.map.ArrayOfMapsImpl;
import io.latchwork.async.internal.map.Books;
import io.latchwork.async.internal.map.BoundThreads;
import io.latchwork.async.internal.map.HashMapImpl;
import io.latchwork.async.internal.map.HashOfMapsImpl;
import io.latchwork.async.internal.map.LruHashMapImpl;
import io.latchwork.async.internal.map.MapContext;
import io.latchwork.async.internal.map.MaplessTimer;
import io.latchwork.async.internal.map.MaplessTimers;
import io.latchwork.async.internal.map.UserRefs;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.SlowWatch;
import io.latchwork.async.internal.timer.TimeLine;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.Agent;

/** Wires the parts of a runtime, and takes them apart in order. */
public final class RuntimeImpl implements AsyncRuntime {
    private static final int BOUND_THREADS = 256;
    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(RuntimeImpl.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final RuntimeConfig config;
    private final Rcu rcu;
    private final TimeLine time;
    private final TimerBase[] bases;
    private final Kworkers kworkers;
    private final MapContext context;
    private final List<Agent> agents;
    private final Workers workers;
    private final ThreadCensus threads;
    private final SlowWatch slow;
    private final MaplessTimers mapless;
    private final Holdings holdings;
    private final Pins pins;
    private final ErrorReports errors;
    private final Closing closing;
    private boolean closed;

    private RuntimeImpl(RuntimeConfig config, boolean launched) {
        this.config = config;
        this.threads = new ThreadCensus(config.threadFactory());
        this.errors = new ErrorReports(config.errorHandler());
        this.workers = new Workers(config, threads, errors, launched);
        this.slow = new SlowWatch(config.clock(), config.slowCallbackNs(), config.slowCallbackHandler());
        this.time = new TimeLine(config.clock(), config.cachedClockNs(), launched);
        Rcu.Builder domain = Rcu.builder().asymmetric(config.asymmetricReaders());
        this.rcu = launched ? domain.threadFactory(threads).build() : domain.manual().build();
        this.bases = new TimerBase[config.bases()];
        List<Agent> all = new ArrayList<>();
        for (int i = 0; i < bases.length; i++) {
            Idle idle = workers.newBaseIdle();
            TimerBase base = new TimerBase("latchwork-base-" + i, time, rcu, idle.raiser(), slow,
                (work, error) -> errors.onError("", "", error));
            if (i == 0) {
                base.publishesTime();
            }
            idle.bind(base::isQuiet, base::restsUntilNs);
            bases[i] = base;
            all.add(base.agent());
            workers.add(base.agent(), idle);
        }
        this.kworkers = new Kworkers(config.executor(), errors);
        for (int i = 0; i < config.kworkers(); i++) {
            Idle idle = workers.newKworkerIdle();
            Kworker kworker = kworkers.add(idle, launched, launched || i > 0 ? null : rcu);
            all.add(kworker);
            workers.add(kworker, idle);
        }
        this.agents = List.copyOf(all);
        this.context = new MapContext(this, rcu, time, bases, new BoundThreads(BOUND_THREADS), new Quota(config.maxTimers()),
            kworkers, errors);
        this.pins = new Pins(this, rcu, this::isClosed);
        this.mapless = new MaplessTimers(context);
        this.holdings = new Holdings(mapless);
        Runnable onStep = () -> {
            time.offsets().refresh();
            workers.raiseAll();
        };
        this.closing = new Closing(config, threads, workers, kworkers, rcu, holdings, pins, onStep);
        config.clock().onStep(onStep);
    }

    /**
     * A runtime with its threads running.
     *
     * @param config its description
     * @return the runtime
     */
    public static RuntimeImpl launch(RuntimeConfig config) {
        Prelink.ensure();
        RuntimeImpl runtime = new RuntimeImpl(config, true);
        runtime.workers.start();
        return runtime;
    }

    /**
     * A runtime without threads.
     *
     * @param config its description
     * @return the runtime
     */
    public static RuntimeImpl build(RuntimeConfig config) {
        Prelink.ensure();
        return new RuntimeImpl(config, false);
    }

    /** For {@link Prelink}, which every other runtime waits for. */
    static RuntimeImpl unlinked(RuntimeConfig config) {
        return new RuntimeImpl(config, false);
    }

    void runAgentsOnce() {
        workers.runAll();
    }

    @Override
    public BpfProg loadProgram(String name, Runnable onUnload) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(onUnload, "onUnload");
        RcuSlot section = rcu.readLock(); // close() waits for whoever found the runtime open
        try {
            refuseIfClosed();
            ProgImpl prog = new ProgImpl(this, name, onUnload, rcu, kworkers::unload);
            holdings.add(prog);
            if (isClosed()) { // registered first, looked second: close() saw it, or is seen
                boolean disowned = prog.tryDisown();
                prog.release();
                if (disowned) {
                    throw closedException();
                }
            }
            return prog;
        } finally {
            section.unlock();
        }
    }

    @Override
    public <K, V> BpfHashMap<K, V> hashMap(String name, int maxEntries, int maxTimers) {
        Objects.requireNonNull(name, "name");
        refuseIfClosed();
        return register(new HashMapImpl<>(context, name, maxEntries, maxTimers));
    }

    /** Registers first, looks second: close() saw the map, or is seen. */
    private <M extends UserRefs> M register(M map) {
        holdings.add(map);
        if (isClosed()) {
            map.closeForGood(null);
            throw closedException();
        }
        return map;
    }

    @Override
    public <K, V> BpfHashMap<K, V> growingHashMap(String name, int maxEntries) {
        Objects.requireNonNull(name, "name");
        refuseIfClosed();
        return register(HashMapImpl.growing(context, name, maxEntries));
    }

    @Override
    public <K, V> BpfLruHashMap<K, V> lruHashMap(String name, int maxEntries) {
        Objects.requireNonNull(name, "name");
        refuseIfClosed();
        return register(new LruHashMapImpl<>(context, name, maxEntries));
    }

    @Override
    public <V> BpfArrayMap<V> arrayMap(String name, int maxEntries) {
        Objects.requireNonNull(name, "name");
        refuseIfClosed();
        return register(new ArrayMapImpl<>(context, name, maxEntries));
    }

    @Override
    public <I, V> BpfArrayOfMaps<I, V> arrayOfMaps(String name, int maxEntries) {
        Objects.requireNonNull(name, "name");
        refuseIfClosed();
        return register(new ArrayOfMapsImpl<>(context, name, maxEntries));
    }

    @Override
    public <K, I, V> BpfHashOfMaps<K, I, V> hashOfMaps(String name, int maxEntries) {
        Objects.requireNonNull(name, "name");
        refuseIfClosed();
        return register(new HashOfMapsImpl<>(context, name, maxEntries));
    }

    @Override
    public AsyncTimer newTimer(BpfProg program, ExpiryCallback callback, ClockId clock) {
        return newTimer(program, callback, clock, 0);
    }

    @Override
    public AsyncTimer newTimer(BpfProg program, ExpiryCallback callback, ClockId clock, long leewayNs) {
        if (leewayNs < 0 || leewayNs > BpfTimer.MAX_LEEWAY_NS || callback == null || clock == null
            || !(program instanceof ProgImpl) || !((ProgImpl) program).belongsTo(this)) {
            Status.EINVAL.orThrow();
        }
        RcuSlot section = rcu.readLock(); // as loadProgram
        try {
            refuseIfClosed();
            MaplessTimer timer = mapless.newTimer((ProgImpl) program, callback, clock, leewayNs);
            holdings.add(timer);
            if (isClosed()) { // as register()
                timer.close();
                throw closedException();
            }
            return timer;
        } finally {
            section.unlock();
        }
    }

    @Override
    public Status pin(String path, BpfContainer map) {
        return pins.pin(path, map);
    }

    @Override
    public Status unpin(String path) {
        return pins.unpin(path);
    }

    @Override
    public BpfContainer openPinned(String path) {
        return pins.open(path);
    }

    @Override
    public Status bindThread(int base) {
        if (base < -1 || base >= bases.length) {
            return Status.EINVAL;
        }
        if (rcu.inNmi()) {
            return Status.EOPNOTSUPP;
        }
        return context.threads().bind(Thread.currentThread(), base) ? Status.OK : Status.E2BIG;
    }

    @Override
    public Audit audit() {
        Books books = new Books();
        holdings.count(books);
        return new Audit(isClosed(), books.maps, pins.size(), books.programs, books.elements, books.blocks,
            books.armedTimers, books.pendingWorks, books.poolsFull, threads.alive(),
            errors.count(), slow.count(), closing.stillArmed());
    }

    private void refuseIfClosed() {
        if (isClosed()) {
            throw closedException();
        }
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the runtime is closed");
    }

    private boolean isClosed() {
        return (boolean) CLOSED.getVolatile(this); // AC27 <-> AC28: after the registration; else close() misses it
    }

    @Override
    public AsyncClock clock() {
        return config.clock();
    }

    @Override
    public void nmiEnter() {
        rcu.nmiEnter();
    }

    @Override
    public void nmiExit() {
        rcu.nmiExit();
    }

    @Override
    public List<Agent> agents() {
        return agents;
    }

    @Override
    public long nextDeadlineNs() {
        long first = Long.MAX_VALUE;
        for (TimerBase base : bases) {
            first = Math.min(first, base.nextDeadlineNs());
        }
        return first;
    }

    /**
     * The domain that guards elements and blocks, for tests of the engine.
     *
     * @return the domain
     */
    public Rcu rcu() {
        return rcu;
    }

    @Override
    public void close() {
        if (!(boolean) CLOSED.getAndSet(this, true)) { // AC28 <-> AC27: before the registries are read
            closing.close(mustNotWait());
        }
    }

    private boolean mustNotWait() {
        return context.callingBlock() != null || workers.isOwnThread() || rcu.inNmi() || rcu.isReadHeld();
    }
}
