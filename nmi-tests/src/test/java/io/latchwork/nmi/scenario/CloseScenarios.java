// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.AsyncTimer;
import io.latchwork.async.Audit;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfHashOfMaps;
import io.latchwork.async.BpfLruHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.ClockId;
import io.latchwork.async.CloseHandler;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.StatusException;
import io.latchwork.async.internal.runtime.RuntimeImpl;
import io.latchwork.nmi.ClosePairs;
import io.latchwork.nmi.Scenario;
import java.util.ArrayList;
import java.util.List;

/** A runtime with threads of its own, closed by one thread while another one is in the middle of a call. */
public final class CloseScenarios {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long PATIENCE_NS = 4_000_000;
    private static final int LAST_GRANT = 20;
    private static final long END_NS = 5_000_000_000L;

    private CloseScenarios() {
    }

    /** One runtime with something of everything, and the thread that closes it. */
    static final class State implements CloseHandler {
        private final boolean givesUp;
        private final AsyncRuntime runtime;
        private final BpfHashMap<Integer, String> map;
        private final Thread closer;
        private BpfProg prog;
        private BpfHashMap<Integer, String> growing;
        private BpfLruHashMap<Integer, String> lru;
        private BpfHashOfMaps<Integer, Integer, String> outer;
        private MapElement<Integer, String> bare;
        private MapElement<Integer, String> bound;
        private AsyncTimer timer;
        private int grants; // the closer's own
        private volatile boolean isWaiting;

        State(final ClosePairs.Call call, final boolean givesUp) {
            this.givesUp = givesUp;
            runtime = AsyncRuntime.builder().closeHandler(this).closeTimeoutNs(givesUp ? 0 : PATIENCE_NS / 2).launch();
            closer = new Thread(runtime::close, "closer");
            closer.setDaemon(true);
            map = runtime.hashMap("map", 4, 4);
            if (call != ClosePairs.Call.INSERT_ALONE) {
                furnish();
            }
        }

        private void furnish() {
            prog = runtime.loadProgram("p", () -> { });
            growing = runtime.growingHashMap("growing", 4);
            lru = runtime.lruHashMap("lru", 1);
            outer = runtime.hashOfMaps("outer", 2);
            growing.update(0, "bare").orThrow();
            lru.update(0, "to be evicted").orThrow();
            map.update(0, "bare").orThrow();
            map.update(1, "bound").orThrow();
            bare = map.lookup(0);
            bound = map.lookup(1);
            bound.timer().init(map, ClockId.MONOTONIC).orThrow();
            bound.timer().setCallback(prog, (inMap, key, value) -> { }).orThrow();
            bound.timer().start(HOUR_NS, 0).orThrow();
            bound.wq().init(map).orThrow();
            bound.wq().setCallback(prog, (inMap, key, value) -> { }).orThrow();
            timer = runtime.newTimer(prog, self -> { }, ClockId.MONOTONIC);
        }

        Object call(final ClosePairs.Call call) {
            return switch (call) {
                case INSERT_ALONE, INSERT -> map.update(2, "new");
                case INSERT_GROWING -> growing.update(2, "new");
                case INSERT_EVICTING -> lru.update(2, "new");
                case INSERT_OUTER -> outer.update(2, map);
                case UPDATE -> map.update(1, "replaced");
                case DELETE -> map.delete(1);
                case RELEASE -> growing.release();
                case RELEASE_BOUND -> map.release();
                case INIT -> bare.timer().init(map, ClockId.MONOTONIC);
                case INIT_WORK -> bare.wq().init(map);
                case SET_CALLBACK -> bound.timer().setCallback(prog, (inMap, key, value) -> { });
                case START -> bound.timer().start(HOUR_NS - 1, 0);
                case START_WORK -> bound.wq().start(0);
                case CANCEL -> bound.timer().cancel();
                case FLUSH -> bound.wq().flush();
                case PIN -> runtime.pin("name", map);
                case LOAD_PROGRAM -> made(() -> runtime.loadProgram("q", () -> { }));
                case RELEASE_PROGRAM -> prog.release();
                case NEW_TIMER -> made(() -> runtime.newTimer(prog, self -> { }, ClockId.MONOTONIC));
                case CLOSE_TIMER -> made(timer::close);
                case MAKE_MAP -> made(() -> runtime.hashMap("another", 2, 2));
                default -> made(() -> runtime.hashOfMaps("another", 2));
            };
        }

        /** What is made too late is refused by an exception, and by no other. */
        private static Object made(final Runnable making) {
            try {
                making.run();
                return Status.OK;
            } catch (final IllegalStateException e) {
                return "the runtime is closed".equals(e.getMessage()) ? Status.EPERM : "threw " + e;
            } catch (final StatusException e) {
                return e.status(); // its program was released by the closing
            }
        }

        /** Ends when the runtime is closed to the end, or when that waits for the other thread. The closer has no points. */
        Status close() throws InterruptedException {
            runtime.bindThread(-1).orThrow(); // so that this thread is seen to have some
            closer.start();
            while (closer.isAlive() && !isWaiting) {
                Thread.onSpinWait();
            }
            if (givesUp) {
                final Thread looker = new Thread(this::awaitLateEnd);
                looker.start();
                looker.join();
            }
            return Status.OK;
        }

        /** A grace period does not pass: the other thread is inside a section. */
        private boolean isReadHeld() {
            try {
                return !((RuntimeImpl) runtime).rcu().synchronize(PATIENCE_NS);
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** A closing that gave up is finished by a thread of its own, unless it waits for the other thread. */
        private void awaitLateEnd() {
            final long begin = System.nanoTime();
            final boolean isHeld = runtime.audit().threads() > 0 && isReadHeld();
            while (!isHeld && runtime.audit().threads() > 0 && System.nanoTime() - begin < LAST_GRANT * PATIENCE_NS) {
                Thread.onSpinWait();
            }
        }

        /** Closing waits: for the other thread, or it takes its time. */
        @Override
        public boolean onTimeout(final long waitedNs) {
            if (!givesUp) {
                grants++;
                isWaiting = isWaiting || grants >= LAST_GRANT || isReadHeld();
            }
            return !givesUp;
        }

        /** What is left in the end: nothing. A closing that gave up is finished by a thread of its own. */
        List<Object> end() throws InterruptedException {
            closer.join();
            final List<Object> left = new ArrayList<>();
            final Thread auditor = new Thread(() -> { // has no points either: it takes as many looks as it needs
                final long begin = System.nanoTime();
                Audit audit = runtime.audit();
                while (!(audit.isClean() && audit.threads() == 0)) {
                    if (System.nanoTime() - begin > END_NS) {
                        left.add("VIOLATION: something is left: " + audit);
                        return;
                    }
                    Thread.yield();
                    audit = runtime.audit();
                }
            }, "auditor");
            auditor.start();
            auditor.join();
            return left;
        }
    }

    /** Any call. */
    public static final class Matrix implements Scenario<State>, ClosePairs {
        private final Call call;
        private final boolean givesUp;

        /** Made by the loader, to make others. */
        public Matrix() {
            this(Call.INSERT, false);
        }

        private Matrix(final Call call, final boolean givesUp) {
            this.call = call;
            this.givesUp = givesUp;
        }

        @Override
        public Scenario<?> closing(final Call heldUp, final boolean ifGivesUp) {
            return new Matrix(heldUp, ifGivesUp);
        }

        @Override
        public State fresh() {
            return new State(call, givesUp);
        }

        @Override
        public Object interrupted(final State state) {
            return state.call(call);
        }

        @Override
        public Object nested(final State state, final int index) throws InterruptedException {
            return state.close();
        }

        @Override
        public Object observe(final State state) throws InterruptedException {
            return state.end();
        }

        /** Which of several refusals it is, is nobody's promise: a call answers, and nothing is left. */
        @Override
        public boolean allow(final List<Object> outcome) {
            return outcome.get(0) instanceof Status && outcome.get(2).equals(List.of());
        }
    }
}
