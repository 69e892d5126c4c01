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
import io.latchwork.async.ClockId;
import io.latchwork.async.CloseHandler.StillArmed;
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
    private static final VarHandle ERRORS;
    private static final VarHandle STILL_ARMED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLOSED = lookup.findVarHandle(RuntimeImpl.class, "closed", boolean.class);
            ERRORS = lookup.findVarHandle(RuntimeImpl.class, "errors", long.class);
            STILL_ARMED = lookup.findVarHandle(RuntimeImpl.class, "stillArmed", List.class);
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
    private final Runnable onStep;
    private final Pins pins;
    private boolean closed;
    private long errors;
    private List<StillArmed> stillArmed = List.of();

    private RuntimeImpl(RuntimeConfig config, boolean launched) {
        this.config = config;
        this.threads = new ThreadCensus(config.threadFactory());
        this.workers = new Workers(config, threads, launched);
        this.slow = new SlowWatch(config.clock(), config.slowCallbackNs(), config.slowCallbackHandler());
        this.time = new TimeLine(config.clock());
        this.rcu = launched ? Rcu.builder().threadFactory(threads).build() : Rcu.builder().manual().build();
        this.bases = new TimerBase[config.bases()];
        List<Agent> all = new ArrayList<>();
        for (int i = 0; i < bases.length; i++) {
            Idle idle = workers.newBaseIdle();
            TimerBase base = new TimerBase("latchwork-base-" + i, time, rcu, idle.raiser(), slow,
                (work, error) -> report("", "", error));
            idle.bind(base::isQuiet, base::nextDeadlineNs);
            bases[i] = base;
            all.add(base.agent());
            workers.add(base.agent(), idle);
        }
        this.kworkers = new Kworkers(config.executor(), this::report);
        for (int i = 0; i < config.kworkers(); i++) {
            Idle idle = workers.newKworkerIdle();
            Kworker kworker = kworkers.add(idle, launched, launched || i > 0 ? null : rcu);
            all.add(kworker);
            workers.add(kworker, idle);
        }
        this.agents = List.copyOf(all);
        this.context = new MapContext(this, rcu, time, bases, new BoundThreads(BOUND_THREADS), new Quota(config.maxTimers()),
            kworkers, this::report);
        this.pins = new Pins(this, rcu, this::isClosed);
        this.mapless = new MaplessTimers(context);
        this.holdings = new Holdings(mapless);
        this.onStep = () -> {
            time.offsets().refresh();
            workers.raiseAll();
        };
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

    private void report(String program, String map, Throwable error) {
        ERRORS.getAndAdd(this, 1L); // relaxed: a statistic
        try {
            config.errorHandler().onError(program, map, error);
        } catch (Throwable dropped) {
            // documented: what the handler throws is dropped
        }
    }

    @Override
    public BpfProg loadProgram(String name, Runnable onUnload) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(onUnload, "onUnload");
        refuseIfClosed();
        ProgImpl prog = new ProgImpl(this, name, onUnload, rcu, kworkers::unload);
        holdings.add(prog);
        if (isClosed()) { // registered first, looked second: close() saw it, or is seen
            prog.release();
            throw closedException();
        }
        return prog;
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
        if (callback == null || clock == null || !(program instanceof ProgImpl) || !((ProgImpl) program).belongsTo(this)) {
            Status.EINVAL.orThrow();
        }
        refuseIfClosed();
        MaplessTimer timer = mapless.newTimer((ProgImpl) program, callback, clock);
        holdings.add(timer);
        if (isClosed()) { // as register()
            timer.close();
            throw closedException();
        }
        return timer;
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
            (long) ERRORS.getOpaque(this), // relaxed: a statistic
            slow.count(),
            stillArmed());
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
        if ((boolean) CLOSED.getAndSet(this, true)) { // AC28 <-> AC27: before the registries are read
            return;
        }
        tellStillArmed(holdings.closeAll());
        pins.closeAll();
        if (mustNotWait()) {
            if (workers.isLaunched()) {
                inBackground(this::finish);
            } // else whoever runs the agents is in one of them, and frees the rest by running them on
        } else {
            finish();
        }
    }

    private boolean mustNotWait() {
        return context.callingBlock() != null || workers.isOwnThread() || rcu.inNmi() || rcu.isReadHeld();
    }

    private void tellStillArmed(List<StillArmed> told) {
        STILL_ARMED.setRelease(this, told); // AC36 -> AC37: publishes the list
        try {
            config.closeHandler().stillArmed(told);
        } catch (Throwable dropped) {
            // documented: what the handler throws is dropped
        }
    }

    @SuppressWarnings("unchecked")
    private List<StillArmed> stillArmed() {
        return (List<StillArmed>) STILL_ARMED.getAcquire(this); // AC37 <- AC36: sees the list
    }

    private void inBackground(Runnable task) {
        Thread closer = threads.newThread(task);
        closer.setName("latchwork-closer");
        closer.start();
    }

    /** Everything is cancelled and nothing new can come: runs what is left and stops the workers. */
    private void finish() {
        pins.closeAll(); // once more: it could not if close was called in NMI
        CloseBudget budget = new CloseBudget(config.closeHandler(), config.closeTimeoutNs());
        boolean drained = workers.drain(holdings::isDrained, budget);
        boolean stopped = workers.stop(budget);
        config.clock().offStep(onStep);
        if (drained && stopped) {
            rcu.close();
        } else { // a callback, or a caller inside a read section, is stuck: only the last step waits for it
            inBackground(this::finishLate);
        }
    }

    /** Waits for works, which are in no read section; the domain waits for everything that is. */
    private void finishLate() {
        kworkers.awaitRuns();
        rcu.close();
        kworkers.runRest();
    }
}
