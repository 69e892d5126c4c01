// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.internal.map.HashMapImpl;
import io.latchwork.async.internal.runtime.RuntimeImpl;
import io.latchwork.nmi.EngineCall;
import io.latchwork.nmi.EnginePairs;
import io.latchwork.nmi.EngineShape;
import io.latchwork.nmi.Scenario;
import java.util.ArrayList;
import java.util.List;

/** The engine: any call in any other one. */
public final class EngineScenarios {

    private static final int KEY = 1;
    private static final int OTHER = 6;   // in the bucket of KEY
    private static final int THIRD = 9;   // in the bucket of KEY
    private static final int FOURTH = 14; // in the bucket of KEY
    private static final int FAR = 3;     // on the other base, if there are two
    private static final long ORIGIN = 1_000;
    private static final long FIRST_DEADLINE = 100;
    private static final long OTHER_DEADLINE = 120;
    private static final long EXPIRED = 150;
    private static final long LATER = 200;
    private static final long EARLIER = 10;
    /** Whatever is armed, by any order of calls, is due at one of these. */
    private static final long[] STEPS =
        {EARLIER, FIRST_DEADLINE, OTHER_DEADLINE, EXPIRED + EARLIER, LATER, EXPIRED + LATER};
    private static final int ENOUGH_ROUNDS = 50;
    private static final int HANDLES = 3;

    private EngineScenarios() {
    }

    /** A runtime without threads, a map, programs, and a record of everything that was called back. */
    static final class State {
        private final ManualClock clock = new ManualClock(ORIGIN);
        private final List<String> fired = new ArrayList<>();
        private final List<String> violations = new ArrayList<>();
        private final int[] unloads = new int[4];
        private final AsyncRuntime runtime;
        private final BpfHashMap<Integer, String> map;
        private final List<BpfProg> programs = new ArrayList<>();
        private final List<TimerCallback<Integer, String>> callbacks = new ArrayList<>();
        private final List<MapElement<Integer, String>> spare = new ArrayList<>();
        private final MapElement<Integer, String> handle;
        private final MapElement<Integer, String> other;
        private final MapElement<Integer, String> far;
        private int startsBegun;
        private int startsEnded;
        /** How many starts had begun when the duty cycle that is under way began, or none is. */
        private int startsBeforeBase = Integer.MAX_VALUE;
        /** A cancel has answered that the timer is not armed, and no start has begun since. */
        private boolean quiet;

        State(final int bases) {
            runtime = AsyncRuntime.builder().clock(clock).bases(bases)
                .errorHandler((program, map, error) -> violations.add("VIOLATION: error " + error)).build();
            map = runtime.hashMap("m", 4, 3);
            for (int i = 0; i < unloads.length; i++) {
                final int number = i;
                programs.add(runtime.loadProgram("p" + i, () -> unloads[number]++));
                callbacks.add((ofMap, key, value) -> called(number, key, value));
            }
            map.update(KEY, "v").orThrow();
            map.update(OTHER, "o").orThrow();
            handle = map.lookup(KEY);
            other = map.lookup(OTHER);
            if (bases > 1) {
                map.update(FAR, "f").orThrow();
            }
            far = map.lookup(FAR);
            for (int i = 0; i < HANDLES; i++) {
                spare.add(map.handle());
            }
        }

        private void called(final int program, final int key, final String value) {
            fired.add(key + "=" + value + " by p" + program + " at " + (clock.nanoTime() - ORIGIN));
            if (key == KEY && quiet) {
                violations.add("VIOLATION: called back after a cancel answered that nothing was armed");
            }
            if (unloads[program] > 0) {
                violations.add("VIOLATION: called back after the unload");
            }
        }

        private void arm(final MapElement<Integer, String> element, final int program, final long delay) {
            element.timer().init(map, ClockId.MONOTONIC).orThrow();
            element.timer().setCallback(programs.get(program), callbacks.get(program)).orThrow();
            element.timer().start(delay, 0).orThrow();
        }

        /** The last base: the only one, or the second one. */
        private int baseOfKey() {
            return runtime.agents().size() - 2;
        }

        private int work(final int agent) {
            try {
                return runtime.agents().get(agent).doWork();
            } catch (final RuntimeException e) {
                throw e;
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private void runBases() {
            runBases(runtime.agents().size() - 1);
        }

        /** Lets the first bases work until they have nothing to do. */
        private void runBases(final int end) {
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

        /**
         * Lets the housekeeping agent work while something waits for a grace period. A pass is long: some 5000
         * points.
         */
        private void reclaim() {
            for (int round = 0; ((RuntimeImpl) runtime).rcu().stats().backlog() > 0; round++) {
                work(runtime.agents().size() - 1);
                if (round > ENOUGH_ROUNDS) {
                    violations.add("VIOLATION: the backlog never ends");
                    return;
                }
            }
        }

        private void advanceTo(final long time, final int end) {
            clock.set(ORIGIN + time);
            runBases(end);
        }
    }

    /** Any two or three calls. */
    public static final class Matrix implements Scenario<State>, EnginePairs {
        private final EngineShape shape;
        private final Ending ending;
        private final EngineCall interrupted;
        private final List<EngineCall> nested;
        private final boolean anyOrder;

        /** Made by the loader, to make others. */
        public Matrix() {
            this(EngineShape.IDLE, Ending.TAKEN_APART, EngineCall.START_PAST, List.of(EngineCall.BASE), false);
        }

        private Matrix(final EngineShape shape, final Ending ending, final EngineCall interrupted,
                       final List<EngineCall> nested, final boolean anyOrder) {
            this.shape = shape;
            this.ending = ending;
            this.interrupted = interrupted;
            this.nested = List.copyOf(nested);
            this.anyOrder = anyOrder;
        }

        @Override
        public Scenario<?> pair(final EngineShape ofShape, final Ending withEnding, final EngineCall interruptedCall,
                                final List<EngineCall> nestedCalls, final boolean stacked) {
            return new Matrix(ofShape, withEnding, interruptedCall, nestedCalls, stacked);
        }

        @Override
        public State fresh() {
            final State state = new State(ending == Ending.BASE_STALLED ? 2 : 1);
            state.arm(state.other, 3, OTHER_DEADLINE);
            if (state.far != null) {
                state.arm(state.far, 3, OTHER_DEADLINE);
            }
            state.runBases();
            final BpfTimer<Integer, String> timer = state.handle.timer();
            switch (shape) {
                case BARE -> { }
                case UNBOUND -> timer.init(state.map, ClockId.MONOTONIC).orThrow();
                case IDLE -> {
                    state.arm(state.handle, 0, FIRST_DEADLINE);
                    timer.cancelAsync().orThrow();
                    state.runBases(); // nothing is put into the heap: the state word was looked at after the cancel
                }
                case QUEUED -> state.arm(state.handle, 0, FIRST_DEADLINE);
                default -> {
                    state.arm(state.handle, 0, FIRST_DEADLINE);
                    state.runBases();
                }
            }
            if (shape == EngineShape.CANCELLED) {
                timer.cancelAsync().orThrow();
            } else if (shape == EngineShape.EXPIRED) {
                state.clock.set(ORIGIN + EXPIRED);
            } else if (shape == EngineShape.GARBAGE) {
                state.map.update(THIRD, "t").orThrow();
                state.arm(state.map.lookup(THIRD), 2, FIRST_DEADLINE);
                state.map.delete(THIRD).orThrow();
                state.programs.get(2).release().orThrow();
                state.runBases();
            }
            return state;
        }

        @Override
        public Object interrupted(final State state) {
            return call(state, interrupted, 0);
        }

        @Override
        public Object nested(final State state, final int index) {
            return call(state, nested.get(index), 1 + index);
        }

        private static Object call(final State state, final EngineCall call, final int index) {
            final BpfTimer<Integer, String> timer = state.handle.timer();
            return switch (call) {
                case INIT -> timer.init(state.map, ClockId.MONOTONIC);
                case SET_P1 -> timer.setCallback(state.programs.get(0), state.callbacks.get(0));
                case SET_P2 -> timer.setCallback(state.programs.get(1), state.callbacks.get(1));
                case START_LATER -> start(state, LATER);
                case START_EARLIER -> start(state, EARLIER);
                case START_PAST -> start(state, 0);
                case CANCEL_ASYNC -> cancel(state, false);
                case CANCEL -> cancel(state, true);
                case VALUE -> String.valueOf(state.handle.value());
                case LOOKUP -> state.map.lookup(KEY, state.spare.get(index));
                case UPDATE -> state.map.update(KEY, "w" + index);
                case DELETE -> state.map.delete(KEY);
                case DELETE_OTHER -> state.map.delete(OTHER);
                case INSERT -> state.map.update(THIRD, "n" + index);
                case OPEN -> state.map.open();
                case RELEASE -> state.map.release();
                case PROG_RELEASE -> state.programs.get(0).release();
                case START_OTHER -> state.other.timer().start(0, 0);
                case NMI -> {
                    state.runtime.nmiEnter();
                    final Status refused = timer.cancel();
                    state.runtime.nmiExit();
                    yield refused;
                }
                case BASE -> {
                    state.startsBeforeBase = state.startsBegun;
                    state.work(state.baseOfKey()); // the count is no contract: one look may serve two calls
                    state.startsBeforeBase = Integer.MAX_VALUE;
                    yield "done";
                }
                case KWORKER -> {
                    state.work(state.runtime.agents().size() - 1);
                    yield "done";
                }
            };
        }

        private static Status start(final State state, final long delay) {
            state.startsBegun++;
            state.quiet = false;
            final Status status = state.handle.timer().start(delay, 0);
            state.startsEnded++;
            return status;
        }

        private static Status cancel(final State state, final boolean waiting) {
            final int begun = state.startsBegun;
            // a start in the middle of a duty cycle: the callback of the expiry before it may be about to be called
            final boolean alone = begun == state.startsEnded && begun <= state.startsBeforeBase;
            final Status status = waiting ? state.handle.timer().cancel() : state.handle.timer().cancelAsync();
            if ((status == Status.CANCELLED || status == Status.IDLE) && alone && begun == state.startsBegun) {
                state.quiet = true;
            }
            return status;
        }

        @Override
        public Object observe(final State state) {
            final int bases = state.runtime.agents().size() - (ending == Ending.BASE_STALLED ? 2 : 1);
            final boolean complete = ending == Ending.TAKEN_APART;
            state.runBases(bases);
            for (final long step : STEPS) {
                state.advanceTo(step, bases);
            }
            if (!complete) {
                return whileStalled(state);
            }
            final List<Object> seen = new ArrayList<>();
            seen.add(firedOf(state, KEY, true));
            seen.add(firedOf(state, KEY, false));
            seen.add("end " + state.handle.timer().cancelAsync() + " " + state.handle.value());
            seen.add("map " + valueOf(state, KEY) + " " + valueOf(state, OTHER) + " " + valueOf(state, THIRD) + " size "
                + state.map.size() + " looked up " + state.spare.stream().map(MapElement::key).toList());
            seen.add("start " + startsAndFires(state));
            state.reclaim();
            seen.add("unloads " + state.unloads[0] + " " + state.unloads[1]);
            useOnceMore(state);
            takeApart(state);
            seen.add(List.copyOf(state.violations));
            return seen;
        }

        /**
         * The outcomes that no sequential order has, and that are right:
         *
         * <p>1. cancelAsync in a duty cycle answers RUNNING from the moment at which the expiry was taken to the end of
         * the callback; a duty cycle as one step has no such moment, before it and behind it the answer is another.
         *
         * <p>2. update in a call that has found the timer: ENOENT, the timer is being destroyed. Behind the update it
         * is EINVAL, as the new value has no timer.
         *
         * <p>3. The last release deletes one element after the other: a duty cycle in the middle, or a release in the
         * middle of a duty cycle, may fire one timer and not the other. Each timer alone is as in one of the orders.
         *
         * <p>4. A delete kills the element first and the timer then. What interrupts it in between is told ENOENT,
         * while the timer may fire until the delete returns.
         *
         * <p>5. A duty cycle takes the expiry and then reads the callback: of a start (or a cancelAsync) and a
         * setCallback in between, the first comes after the expiry, and the setCallback is in time for its callback.
         *
         * <p>6. A timer that is armed again while its expiry is being delivered, and then cancelled, answers CANCELLED:
         * the new expiry was taken back. The callback of the old one may start behind that, as it counts as running. So
         * the rule that nothing starts after CANCELLED is not checked there.
         *
         * <p>7. A last release that is stalled for good has deleted some elements and not the others.
         *
         * <p>8. A cancelAsync just behind the taking of the expiry comes from outside the callback, and stops it; what then
         * comes on the same thread, before the callback has returned, is the callback: its start is refused (ECANCELED).
         */
        @Override
        public boolean allow(final List<Object> outcome) {
            final List<EngineCall> calls = new ArrayList<>(nested);
            calls.add(0, interrupted);
            if (ending != Ending.TAKEN_APART || outcome.toString().contains("VIOLATION")) {
                return ending == Ending.STALLED && interrupted == EngineCall.RELEASE
                    && !outcome.toString().contains("VIOLATION");
            }
            final List<List<Object>> orders = new ArrayList<>();
            sequential(calls, anyOrder, new ArrayList<>(), orders);
            final List<Object> plain = new ArrayList<>(outcome);
            for (int i = 0; i < calls.size(); i++) {
                if (plain.get(i) instanceof Status) {
                    final Status meant = meant(calls, i, (Status) plain.get(i), orders);
                    plain.set(i, meant);
                }
            }
            final boolean oneByOne = calls.contains(EngineCall.RELEASE) && calls.contains(EngineCall.BASE);
            final boolean inDelete = calls.contains(EngineCall.BASE) && calls.size() > 2
                && (interrupted == EngineCall.DELETE || anyOrder && nested.get(0) == EngineCall.DELETE);
            final boolean inBase = calls.contains(EngineCall.BASE) && calls.contains(EngineCall.SET_P2)
                && calls.stream().anyMatch(call -> call.isStart() || call == EngineCall.CANCEL_ASYNC);
            final String oldCallback = plain.toString().replace("1=v by p1 at 150", "1=v by p0 at 150");
            if (inBase && orders.stream().anyMatch(order -> order.toString().equals(oldCallback))) {
                return true;
            }
            return orders.contains(plain) || stoppedStart(calls, plain) || inDelete && inTwoSteps(calls, orders, plain)
                || oneByOne && eachTimerIsAsIn(orders, plain);
        }

        /** Whether a start was refused because a cancel had come before, and all is as if it had not been called. */
        private boolean stoppedStart(final List<EngineCall> calls, final List<Object> outcome) {
            final int refused = outcome.indexOf(Status.ECANCELED);
            if (refused < 0 || !calls.get(refused).isStart() || !calls.contains(EngineCall.CANCEL_ASYNC)
                || interrupted != EngineCall.BASE) {
                return false;
            }
            final List<EngineCall> others = new ArrayList<>(calls);
            others.remove(refused);
            final List<Object> rest = new ArrayList<>(outcome);
            rest.remove(refused);
            final List<List<Object>> orders = new ArrayList<>();
            sequential(others, true, new ArrayList<>(), orders);
            return orders.contains(rest);
        }

        private static Status meant(final List<EngineCall> calls, final int index, final Status answer,
                                    final List<List<Object>> orders) {
            final EngineCall call = calls.get(index);
            if (call == EngineCall.CANCEL_ASYNC && answer == Status.RUNNING && calls.contains(EngineCall.BASE)) {
                return Status.IDLE;
            }
            final boolean ofTimer = call.isStart() || call == EngineCall.SET_P1 || call == EngineCall.SET_P2
                || call == EngineCall.CANCEL_ASYNC || call == EngineCall.CANCEL || call == EngineCall.START_OTHER;
            return ofTimer && answer == Status.ENOENT && calls.contains(EngineCall.UPDATE) ? Status.EINVAL : answer;
        }

        /** The answers are those of one order, and what is left is that of another one. */
        private boolean inTwoSteps(final List<EngineCall> calls, final List<List<Object>> orders,
                                   final List<Object> outcome) {
            final int last = outcome.size() - 1;
            final List<List<Object>> all = new ArrayList<>(); // a call that was refused may come anywhere
            sequential(calls, true, new ArrayList<>(), all);
            return orders.stream().anyMatch(order -> order.subList(0, last).equals(outcome.subList(0, last)))
                && all.stream().anyMatch(order -> order.get(last).equals(outcome.get(last)));
        }

        private static boolean eachTimerIsAsIn(final List<List<Object>> orders, final List<Object> outcome) {
            final int last = outcome.size() - 1;
            final List<?> seen = (List<?>) outcome.get(last);
            final List<List<?>> ends = new ArrayList<>();
            orders.stream().filter(order -> order.subList(0, last).equals(outcome.subList(0, last)))
                .forEach(order -> ends.add((List<?>) order.get(last)));
            return ends.stream().anyMatch(end -> end.subList(2, end.size()).equals(seen.subList(2, seen.size())))
                && ends.stream().anyMatch(end -> end.get(0).equals(seen.get(0)))
                && ends.stream().anyMatch(end -> end.get(1).equals(seen.get(1)));
        }

        /** All orders of the calls; those that interrupt keep theirs, unless one interrupts the other. */
        private void sequential(final List<EngineCall> calls, final boolean free, final List<Integer> order,
                                final List<List<Object>> found) {
            for (int i = 0; i < calls.size(); i++) {
                if (!order.contains(i) && (free || i < 2 || order.contains(i - 1))) {
                    order.add(i);
                    sequential(calls, free, order, found);
                    order.remove(order.size() - 1);
                }
            }
            if (order.size() == calls.size()) {
                final State state = fresh();
                final Object[] outcome = new Object[calls.size() + 1];
                order.forEach(i -> outcome[i] = call(state, calls.get(i), i));
                outcome[calls.size()] = observe(state);
                found.add(List.of(outcome));
            }
        }

        /** What a call that is not finished, and will not be, must not keep from happening. */
        private Object whileStalled(final State state) {
            return switch (ending) {
                case BASE_STALLED -> List.of(state.fired.stream().filter(text -> text.startsWith(FAR + "=")).toList(),
                    state.violations);
                case START_STALLED -> List.of(firedOf(state, KEY, true), state.handle.timer().cancelAsync(),
                    state.violations);
                default -> List.of(firedOf(state, KEY, false), String.valueOf(valueOf(state, OTHER)), state.violations);
            };
        }

        private static List<String> firedOf(final State state, final int key, final boolean it) {
            return state.fired.stream().filter(text -> text.startsWith(key + "=") == it).toList();
        }

        private static String valueOf(final State state, final int key) {
            final MapElement<Integer, String> element = state.map.lookup(key);
            return element == null ? null : element.value();
        }

        /** A timer that can be started fires: it has a callback. */
        private static Status startsAndFires(final State state) {
            final int before = state.fired.size();
            final Status status = start(state, 0);
            state.runBases();
            expect(state, before + (status.isRefusal() ? 0 : 1), state.fired.size());
            return status;
        }

        /** Whatever happened: every key can be given a timer, which fires when it should, once. */
        private static void useOnceMore(final State state) {
            final boolean hasUsers = state.map.open() == Status.OK;
            for (final int key : new int[] {KEY, OTHER, THIRD}) {
                final boolean there = state.map.lookup(key) != null;
                if (hasUsers) {
                    if (!there) {
                        expect(state, Status.OK, state.map.update(key, "again"));
                    }
                    usedOnceMore(state, state.map.lookup(key), there);
                } else {
                    expect(state, Status.EPERM, there ? Status.OK : state.map.update(key, "again"));
                }
            }
            if (hasUsers) {
                oneTooMany(state);
            }
        }

        /** As many timers are in use as the map has: one more is refused, exactly. */
        private static void oneTooMany(final State state) {
            expect(state, Status.OK, state.map.update(FOURTH, "one too many"));
            expect(state, Status.ENOMEM, state.map.lookup(FOURTH).timer().init(state.map, ClockId.MONOTONIC));
            expect(state, Status.OK, state.map.delete(FOURTH));
        }

        private static void usedOnceMore(final State state, final MapElement<Integer, String> element,
                                         final boolean old) {
            final Status initialised = element.timer().init(state.map, ClockId.MONOTONIC);
            expect(state, Status.OK, old && initialised == Status.EBUSY ? Status.OK : initialised);
            expect(state, Status.OK, element.timer().setCallback(state.programs.get(3), state.callbacks.get(3)));
            state.quiet = false;
            for (final long delay : new long[] {EARLIER, 0}) {
                final int before = state.fired.size();
                expect(state, Status.OK, element.timer().start(delay, 0));
                if (delay > 0) {
                    state.clock.advance(delay - 1);
                    state.runBases();
                    expect(state, before, state.fired.size());
                    state.clock.advance(1);
                }
                state.runBases();
                expect(state, before + 1, state.fired.size());
                // an update ends the timer of the value before, so the callback is given the value that is there
                expect(state, element.key() + "=" + element.value(),
                    state.fired.get(state.fired.size() - 1).split(" by ")[0]);
            }
            expect(state, Status.IDLE, element.timer().cancelAsync());
        }

        /** Whatever happened: references balance. */
        private static void takeApart(final State state) {
            for (int i = 0; i < HANDLES + 2 && state.map.release() == Status.OK; i++) {
                state.quiet = false;
            }
            state.programs.forEach(BpfProg::release);
            state.runBases();
            state.reclaim();
            final HashMapImpl<Integer, String> map = (HashMapImpl<Integer, String>) state.map;
            expect(state, true, map.isDrained());
            expect(state, true, map.poolsAreFull());
            expect(state, 0, map.size());
            for (final int count : state.unloads) {
                expect(state, 1, count);
            }
        }

        private static void expect(final State state, final Object right, final Object answer) {
            if (!right.equals(answer)) {
                state.violations.add("VIOLATION: " + answer + " instead of " + right + " at "
                    + Thread.currentThread().getStackTrace()[2].getLineNumber());
            }
        }
    }
}
