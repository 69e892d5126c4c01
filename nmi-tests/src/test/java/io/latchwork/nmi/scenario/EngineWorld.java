// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.AsyncTimer;
import io.latchwork.async.Audit;
import io.latchwork.async.BpfContainer;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.internal.runtime.RuntimeImpl;
import io.latchwork.nmi.EngineCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the calls of the engine are made on, and the calls. A superclass of the scenarios, so that it is bound as they are. */
abstract class EngineWorld {
    static final int KEY = 1;
    static final int OTHER = 6;   // in the bucket of KEY
    static final int THIRD = 9;   // in the bucket of KEY
    static final int FOURTH = 14; // in the bucket of KEY
    static final int FAR = 3;     // on the other base, if there are two
    static final long ORIGIN = 1_000;
    static final long FIRST_DEADLINE = 100;
    static final long MAPLESS_DEADLINE = 110;
    static final long BYSTANDER_DEADLINE = 115;
    static final long OTHER_DEADLINE = 120;
    static final long EXPIRED = 150;
    static final long LATER = 200;
    static final long EARLIER = 10;
    static final int ENOUGH_ROUNDS = 50;
    private static final String NAME = "pinned";
    private static final String OTHER_NAME = "second";

    /** A runtime without threads, a map, programs, and a record of everything that was called back. */
    static final class State {
        final ManualClock clock = new ManualClock(ORIGIN);
        final List<String> fired = new ArrayList<>();
        final List<String> worked = new ArrayList<>();
        final List<String> violations = new ArrayList<>();
        final int[] unloads = new int[4];
        final AsyncRuntime runtime;
        final BpfHashMap<Integer, String> map;
        /** Another map, pinned. */
        final BpfHashMap<Integer, String> pinned;
        final List<BpfProg> programs = new ArrayList<>();
        final List<TimerCallback<Integer, String>> callbacks = new ArrayList<>();
        final List<MapElement<Integer, String>> spare = new ArrayList<>();
        final List<MapElement<Integer, String>> cursors = new ArrayList<>();
        final List<AutoCloseable> made = new ArrayList<>();
        final MapElement<Integer, String> handle;
        final MapElement<Integer, String> other;
        final MapElement<Integer, String> far;
        final BpfWq<Integer, String> wq;
        final AsyncTimer mapless;
        /** No call names these: one is armed before the calls, the other one after them. */
        final BpfTimer<Integer, String> before;
        final BpfTimer<Integer, String> after;
        private int startsBegun;
        private int startsEnded;
        /** How many starts had begun when the duty cycle that is under way began, or none is. */
        private int startsBeforeBase = Integer.MAX_VALUE;
        private int worksInside;
        private int passes;
        /** A cancel has answered that the timer is not armed, and no start has begun since. */
        boolean quiet;
        /** A call is stopped for good: it may be one that frees the timer, and has taken it from its element, and no more. */
        boolean callStopped;

        /**
         * A new state.
         *
         * @param bases how many bases
         * @param handles how many calls may need a handle
         */
        State(final int bases, final int handles) {
            runtime = AsyncRuntime.builder().clock(clock).bases(bases).kworkers(2)
                .errorHandler((program, map, error) -> violations.add("VIOLATION: error " + error)).build();
            map = runtime.hashMap("m", 4, 3);
            pinned = runtime.hashMap("n", 2);
            runtime.pin(NAME, pinned).orThrow();
            for (int i = 0; i < unloads.length; i++) {
                final int number = i;
                programs.add(runtime.loadProgram("p" + i, () -> unloads[number]++));
                callbacks.add((ofMap, key, value) -> called(number, key, value));
            }
            map.update(KEY, "v").orThrow();
            map.update(OTHER, "o").orThrow();
            handle = map.lookup(KEY);
            other = map.lookup(OTHER);
            wq = handle.wq();
            wq.init(map).orThrow();
            wq.setCallback(programs.get(3), (ofMap, key, value) -> worked(3, value)).orThrow();
            mapless = runtime.newTimer(programs.get(3), timer -> firedOne("mapless", 3));
            before = bystander(0, "before");
            after = bystander(1, "after");
            before.start(BYSTANDER_DEADLINE, 0).orThrow();
            mapless.start(MAPLESS_DEADLINE, 0).orThrow();
            if (bases > 1) {
                map.update(FAR, "f").orThrow();
            }
            far = map.lookup(FAR);
            for (int i = 0; i < handles; i++) {
                spare.add(map.handle());
                cursors.add(map.handle());
            }
        }

        private void called(final int program, final int key, final String value) {
            firedOne(key + "=" + value, program);
            if (key == KEY && quiet && !callStopped) {
                violations.add("VIOLATION: called back after a cancel answered that nothing was armed");
            }
        }

        private void firedOne(final String what, final int program) {
            fired.add(what + " by p" + program + " at " + (clock.nanoTime() - ORIGIN));
            loaded(program);
        }

        private void worked(final int program, final String value) {
            if (++worksInside != 1) {
                violations.add("VIOLATION: two runs of one work at once");
            }
            worked.add(value + " by p" + program);
            loaded(program);
            worksInside--;
        }

        private void loaded(final int program) {
            if (unloads[program] > 0) {
                violations.add("VIOLATION: called back after the unload");
            }
        }

        /** A timer that no call names. */
        private BpfTimer<Integer, String> bystander(final int key, final String name) {
            pinned.update(key, name).orThrow();
            final BpfTimer<Integer, String> timer = pinned.lookup(key).timer();
            timer.init(pinned, ClockId.MONOTONIC).orThrow();
            timer.setCallback(programs.get(3), (ofMap, ofKey, value) -> firedOne(value, 3)).orThrow();
            return timer;
        }

        void arm(final MapElement<Integer, String> element, final int program, final long delay) {
            element.timer().init(map, ClockId.MONOTONIC).orThrow();
            element.timer().setCallback(programs.get(program), callbacks.get(program)).orThrow();
            element.timer().start(delay, 0).orThrow();
        }

        int bases() {
            return runtime.agents().size() - 2;
        }

        int work(final int agent) {
            try {
                return runtime.agents().get(agent).doWork();
            } catch (final RuntimeException e) {
                throw e;
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private int housekeeper() {
            return bases();
        }

        private int worker() {
            return bases() + 1;
        }

        void runBases() {
            runBases(bases());
        }

        /** Lets the first bases work until they have nothing to do. */
        void runBases(final int end) {
            int done = 1;
            for (int round = 0; done > 0; round++) {
                done = 0;
                for (int base = 0; base < end; base++) {
                    done += work(base);
                }
                if (round > ENOUGH_ROUNDS) {
                    violations.add("VIOLATION: the bases never run out of work");
                    return;
                }
            }
        }

        /** Lets the bases, and the kworker that does nothing else, work until they have nothing to do. */
        void runWorks(final int end) {
            int done = 1;
            for (int round = 0; done > 0 && round <= ENOUGH_ROUNDS; round++) {
                runBases(end);
                done = work(worker());
            }
        }

        /** Lets the housekeeping agent work while something waits for a grace period. */
        void reclaim() {
            for (int round = 0; ((RuntimeImpl) runtime).rcu().stats().backlog() > 0; round++) {
                work(housekeeper());
                if (round > ENOUGH_ROUNDS) {
                    violations.add("VIOLATION: the backlog never ends");
                    return;
                }
            }
        }

        void advanceTo(final long time, final int end) {
            clock.set(ORIGIN + time);
            runBases(end);
        }

        void expect(final Object right, final Object answer) {
            if (!right.equals(answer)) {
                violations.add("VIOLATION: " + answer + " instead of " + right + " at "
                    + Thread.currentThread().getStackTrace()[2].getLineNumber());
            }
        }
    }

    static Object call(final State state, final EngineCall call, final int index) {
        return switch (call) {
            case INIT, SET_P1, SET_P2, START_LATER, START_EARLIER, START_PAST, START_ABS, START_PINNED, CANCEL_ASYNC,
                CANCEL, CANCEL_IN_NMI, START_OTHER -> ofTimer(state, call);
            case UPDATE, DELETE, DELETE_OTHER, INSERT, OPEN, RELEASE, CLOSE_MAP, VIEW_START, VIEW_CANCEL,
                VIEW_DELETE -> ofMap(state, call, index);
            case LOOKUP, LOOKUP_NEW, HANDLE, VALUE, KEY, SIZE, FOR_EACH, VIEW_ARMED, NAMES -> reading(state, call, index);
            case NEW_TIMER, T_SET, T_START, T_CANCEL_ASYNC, T_CANCEL, T_CANCEL_IN_NMI, T_CLOSE -> ofMapless(state, call);
            case W_INIT, W_SET, W_START, W_CANCEL_ASYNC, W_CANCEL, W_FLUSH, W_IN_NMI -> ofWork(state, call);
            case BASE -> {
                state.startsBeforeBase = state.startsBegun;
                state.work(state.bases() - 1); // the count is no contract: one look may serve two calls
                state.startsBeforeBase = Integer.MAX_VALUE;
                yield "done";
            }
            case KWORKER -> {
                state.work(state.housekeeper());
                yield "done";
            }
            case WORKER -> {
                state.work(state.worker());
                yield "done";
            }
            default -> ofRuntime(state, call);
        };
    }

    private static Object ofTimer(final State state, final EngineCall call) {
        final BpfTimer<Integer, String> timer = state.handle.timer();
        return switch (call) {
            case INIT -> timer.init(state.map, ClockId.MONOTONIC);
            case SET_P1 -> timer.setCallback(state.programs.get(0), state.callbacks.get(0));
            case SET_P2 -> timer.setCallback(state.programs.get(1), state.callbacks.get(1));
            case START_LATER -> start(state, () -> timer.start(LATER, 0));
            case START_EARLIER -> start(state, () -> timer.start(EARLIER, 0));
            case START_PAST -> start(state, () -> timer.start(0, 0));
            case START_ABS -> start(state, () -> timer.start(ORIGIN + LATER, BpfTimer.TIMER_ABS));
            case START_PINNED -> start(state, () -> timer.start(LATER, BpfTimer.TIMER_CPU_PIN));
            case CANCEL_ASYNC -> cancel(state, timer::cancelAsync);
            case CANCEL -> cancel(state, timer::cancel);
            case START_OTHER -> state.other.timer().start(0, 0);
            default -> inNmi(state, timer::cancel);
        };
    }

    private static Object ofMap(final State state, final EngineCall call, final int index) {
        return switch (call) {
            case UPDATE -> state.map.update(KEY, "w" + index);
            case DELETE -> state.map.delete(KEY);
            case DELETE_OTHER -> state.map.delete(OTHER);
            case INSERT -> state.map.update(THIRD, "n" + index);
            case OPEN -> state.map.open();
            case RELEASE -> state.map.release();
            case CLOSE_MAP -> {
                state.map.close();
                yield "closed";
            }
            case VIEW_START -> start(state, () -> state.map.timers().start(KEY, LATER, 0));
            case VIEW_CANCEL -> cancel(state, () -> state.map.timers().cancelAsync(KEY));
            default -> state.map.timers().delete(KEY);
        };
    }

    private static Object reading(final State state, final EngineCall call, final int index) {
        return switch (call) {
            case LOOKUP -> state.map.lookup(KEY, state.spare.get(index));
            case LOOKUP_NEW -> state.map.lookup(KEY) == null ? "nobody" : "found";
            case HANDLE -> String.valueOf(state.map.handle().key());
            case VALUE -> String.valueOf(state.handle.value());
            case KEY -> String.valueOf(state.handle.key());
            case SIZE -> state.map.size();
            case FOR_EACH -> {
                // a handle is for one call at a time, so a pass in a pass has a cursor of its own
                final int count = state.map.forEach(state.cursors.get(state.passes++), element -> { });
                yield count >= 0 && count <= state.map.maxEntries() ? "passed" : "VIOLATION: passed through " + count;
            }
            case VIEW_ARMED -> {
                final int count = state.map.timers().armed().size();
                yield count <= state.map.maxEntries() ? "listed" : "VIOLATION: listed " + count;
            }
            default -> List.of(state.map.name(), state.map.maxEntries(), state.programs.get(0).name(),
                state.runtime.clock() == state.clock, state.runtime.agents().size());
        };
    }

    private static Object ofRuntime(final State state, final EngineCall call) {
        final AsyncRuntime runtime = state.runtime;
        return switch (call) {
            case PROG_RELEASE -> state.programs.get(0).release();
            case PROG_CLOSE -> {
                state.programs.get(0).close();
                yield "closed";
            }
            case LOAD_PROG -> {
                state.made.add(runtime.loadProgram("more", () -> { }));
                yield "made";
            }
            case NEW_MAPS -> {
                state.made.addAll(List.of(runtime.hashMap("1", 1), runtime.growingHashMap("2", 1), runtime.lruHashMap("3", 1),
                    runtime.arrayMap("4", 1), runtime.arrayOfMaps("5", 1), runtime.hashOfMaps("6", 1)));
                yield "made";
            }
            case PIN -> runtime.pin(OTHER_NAME, state.pinned);
            case UNPIN -> runtime.unpin(NAME);
            case OPEN_PINNED -> {
                final BpfContainer opened = runtime.openPinned(NAME);
                yield opened == null ? "nobody" : opened.release();
            }
            case BIND -> List.of(runtime.bindThread(0), runtime.bindThread(-1));
            case PINS_IN_NMI -> {
                runtime.nmiEnter();
                final List<Object> refused = List.of(runtime.pin(OTHER_NAME, state.map), runtime.unpin(NAME),
                    runtime.openPinned(NAME) == null, runtime.bindThread(0));
                runtime.nmiExit();
                yield refused;
            }
            case AUDIT -> {
                final Audit audit = runtime.audit();
                yield audit.closed() || audit.blocks() < 0 || audit.maps() > 99 ? "VIOLATION: " + audit : "audited";
            }
            default -> runtime.nextDeadlineNs() < 0 ? "VIOLATION: before the beginning" : "read";
        };
    }

    private static Object ofMapless(final State state, final EngineCall call) {
        return switch (call) {
            case NEW_TIMER -> {
                state.made.add(state.runtime.newTimer(state.programs.get(3), timer -> state.firedOne("never", 3)));
                yield "made";
            }
            case T_SET -> state.mapless.setCallback(state.programs.get(0), timer -> state.firedOne("mapless", 0));
            case T_START -> state.mapless.start(EARLIER, 0);
            case T_CANCEL_ASYNC -> state.mapless.cancelAsync();
            case T_CANCEL -> state.mapless.cancel();
            case T_CANCEL_IN_NMI -> inNmi(state, state.mapless::cancel);
            default -> {
                state.mapless.close();
                yield "closed";
            }
        };
    }

    private static Object ofWork(final State state, final EngineCall call) {
        final BpfWq<Integer, String> wq = state.handle.wq();
        return switch (call) {
            case W_INIT -> wq.init(state.map);
            case W_SET -> wq.setCallback(state.programs.get(0), (ofMap, key, value) -> state.worked(0, value));
            case W_START -> wq.start();
            case W_CANCEL_ASYNC -> wq.cancelAsync();
            case W_CANCEL -> wq.cancel();
            case W_FLUSH -> wq.flush();
            default -> List.of(inNmi(state, wq::cancel), inNmi(state, wq::flush));
        };
    }

    private static Status inNmi(final State state, final Supplier<Status> call) {
        state.runtime.nmiEnter();
        final Status refused = call.get();
        state.runtime.nmiExit();
        return refused;
    }

    static Status start(final State state, final Supplier<Status> call) {
        state.startsBegun++;
        state.quiet = false;
        final Status status = call.get();
        state.startsEnded++;
        return status;
    }

    private static Status cancel(final State state, final Supplier<Status> call) {
        final int begun = state.startsBegun;
        // a start in the middle of a duty cycle: the callback of the expiry before it may be about to be called
        final boolean alone = begun == state.startsEnded && begun <= state.startsBeforeBase;
        final Status status = call.get();
        if ((status == Status.CANCELLED || status == Status.IDLE) && alone && begun == state.startsBegun) {
            state.quiet = true;
        }
        return status;
    }
}
