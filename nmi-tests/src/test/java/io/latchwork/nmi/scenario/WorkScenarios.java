// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.Audit;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.WorkCallback;
import io.latchwork.nmi.Scenario;
import io.latchwork.nmi.WorkPairs;
import java.util.ArrayList;
import java.util.List;

/** A work, and the calls and duty cycles on it in one another. */
public final class WorkScenarios {
    private static final List<String> WRONG = List.of("threw", "STUCK", "VIOLATION");
    private static final Integer KEY = 1;
    private static final int ROUNDS = 6;
    private static final int BASE = 0;
    /** Ends grace periods, too. */
    private static final int FIRST_KWORKER = 1;
    private static final int SECOND_KWORKER = 2;

    private WorkScenarios() {
    }

    /** One work in a runtime of its own. */
    public static final class State {
        private final ManualClock clock = new ManualClock();
        private final AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).kworkers(2).build();
        private final BpfHashMap<Integer, String> map = runtime.hashMap("m", 2);
        private final int[] unloads = new int[2];
        private final BpfProg prog = runtime.loadProgram("p", () -> unloads[0]++);
        private final BpfProg other = runtime.loadProgram("q", () -> unloads[1]++);
        private final WorkCallback<Integer, String> callback = (inMap, key, value) -> called(0, value);
        private final WorkCallback<Integer, String> otherCallback = (inMap, key, value) -> called(1, value);
        private final MapElement<Integer, String> element;
        private final BpfWq<Integer, String> wq;
        private final List<String> ran = new ArrayList<>();
        private final List<String> violations = new ArrayList<>();
        /** Timers of another map; null unless a call is stopped for good. */
        private Bystanders.Watch watch;
        /** Whether an update is among the calls. */
        private boolean updates;
        private int inside;
        private int startsBegun;
        private int startsEnded;
        /** A cancel has answered that nothing is pending or running, and no start has begun since it began. */
        private boolean quiet;

        State(final WorkPairs.Shape shape) {
            map.update(KEY, "v").orThrow();
            element = map.lookup(KEY);
            wq = element.wq();
            makePool();
            if (shape != WorkPairs.Shape.BARE) {
                wq.init(map).orThrow();
                wq.setCallback(prog, callback).orThrow();
            }
            switch (shape) {
                case STARTED -> wq.start().orThrow();
                case QUEUED, CANCELLED -> {
                    wq.start().orThrow();
                    duty(BASE);
                    if (shape == WorkPairs.Shape.CANCELLED) {
                        wq.cancelAsync().orThrow();
                    }
                }
                default -> { }
            }
        }

        /** The first work of a map allocates; that is not what is looked at here. */
        private void makePool() {
            map.update(0, "first").orThrow();
            map.lookup(0).wq().init(map).orThrow();
            map.delete(0).orThrow();
            for (int i = 0; i < ROUNDS; i++) {
                duty(FIRST_KWORKER);
            }
        }

        private void called(final int program, final String value) {
            if (++inside != 1) {
                violations.add("VIOLATION: two runs at once");
            }
            if (unloads[program] > 0) {
                violations.add("VIOLATION: called back after the unload");
            }
            if (quiet) {
                violations.add("VIOLATION: ran after a cancel answered that it was idle");
            }
            ran.add(program + value);
            inside--;
        }

        private String duty(final int agent) {
            try {
                runtime.agents().get(agent).doWork();
            } catch (final RuntimeException e) {
                throw e;
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            return "done";
        }

        /**
         * Makes a call. One that has found the work and is overtaken by an update may be told ENOENT: the work is being
         * destroyed. Behind the update it is EINVAL, as the new value has no work.
         */
        Object call(final WorkPairs.Call call) {
            final Object answer = answer(call);
            return updates && answer == Status.ENOENT ? Status.EINVAL : answer;
        }

        private Object answer(final WorkPairs.Call call) {
            return switch (call) {
                case INIT -> wq.init(map);
                case SET_OTHER -> wq.setCallback(other, otherCallback);
                case START -> start();
                case CANCEL_ASYNC -> cancelAsync();
                case CANCEL -> wq.cancel();
                case FLUSH -> wq.flush();
                case UPDATE -> map.update(KEY, "new");
                case DELETE -> map.delete(KEY);
                case PROG_RELEASE -> prog.release();
                case CANCEL_IN_NMI -> inNmi(true);
                case FLUSH_IN_NMI -> inNmi(false);
                case BASE -> duty(BASE);
                case KWORKER -> duty(SECOND_KWORKER);
            };
        }

        private Status start() {
            quiet = false;
            startsBegun++;
            final Status answer = wq.start();
            startsEnded++;
            return answer;
        }

        /** RUNNING is taken for IDLE: in a sequential world nothing runs. */
        private Status cancelAsync() {
            final int begun = startsBegun;
            final Status answer = wq.cancelAsync();
            quiet |= answer == Status.IDLE && begun == startsEnded && begun == startsBegun;
            return answer == Status.RUNNING ? Status.IDLE : answer;
        }

        private Status inNmi(final boolean cancel) {
            runtime.nmiEnter();
            try {
                return cancel ? wq.cancel() : wq.flush();
            } finally {
                runtime.nmiExit();
            }
        }

        private void settle() {
            for (int i = 0; i < ROUNDS; i++) {
                duty(BASE);
                duty(FIRST_KWORKER);
            }
        }

        List<Object> end() {
            settle();
            final List<Object> seen = new ArrayList<>(List.of(List.copyOf(ran), map.size()));
            seen.add(wq.cancelAsync());
            usedOnceMore(seen);
            map.close();
            prog.close();
            other.close();
            settle();
            final Audit audit = runtime.audit();
            if (audit.maps() + audit.programs() + audit.elements() + audit.blocks() + audit.pendingWorks() > 0
                || !audit.poolsFull()
                || unloads[0] != 1 || unloads[1] != 1) {
                violations.add("VIOLATION: something is left: " + audit);
            }
            seen.add(List.copyOf(violations));
            return seen;
        }

        /** Whatever happened: a start leads to one run. */
        private void usedOnceMore(final List<Object> seen) {
            quiet = false;
            final int before = ran.size();
            final Status answer = wq.start();
            seen.add(answer);
            settle();
            if (ran.size() - before != (answer.isRefusal() ? 0 : 1)) {
                violations.add("VIOLATION: " + (ran.size() - before) + " runs after " + answer);
            }
        }
    }

    /** Any pair of calls. */
    public static final class Matrix extends Bystanders implements Scenario<State>, WorkPairs {
        private final Shape shape;
        private final Call interrupted;
        private final List<Call> nested;
        private final boolean isStopped;

        /** Made by the loader, to make others. */
        public Matrix() {
            this(Shape.IDLE, Call.START, List.of(Call.START), false);
        }

        private Matrix(final Shape shape, final Call interrupted, final List<Call> nested, final boolean isStopped) {
            this.shape = shape;
            this.interrupted = interrupted;
            this.nested = List.copyOf(nested);
            this.isStopped = isStopped;
        }

        @Override
        public Scenario<?> pair(final Shape ofShape, final Call interruptedCall, final List<Call> nestedCalls,
                                final boolean stopped) {
            return new Matrix(ofShape, interruptedCall, nestedCalls, stopped);
        }

        @Override
        public State fresh() {
            final State state = new State(shape);
            state.updates = interrupted == Call.UPDATE || nested.contains(Call.UPDATE);
            if (isStopped) {
                state.watch = new Watch(state.runtime, state.clock);
            }
            return state;
        }

        @Override
        public Object interrupted(final State state) {
            return state.call(interrupted);
        }

        @Override
        public Object nested(final State state, final int index) {
            return state.call(nested.get(index));
        }

        @Override
        public Object observe(final State state) {
            if (!isStopped) {
                return state.end();
            }
            return interrupted == Call.BASE ? "the owner is stopped" : state.watch.violations();
        }

        /**
         * What others come to beside a call that is stopped for good is judged where it goes on. And a kworker may run the work
         * more than once in a duty cycle: for every start of its own, and for no other.
         */
        @Override
        public boolean allow(final List<Object> outcome) {
            final String text = outcome.toString();
            if (WRONG.stream().anyMatch(text::contains)) {
                return false;
            }
            final List<Call> calls = new ArrayList<>(nested);
            calls.add(0, interrupted);
            return isStopped || calls.size() > 2 && calls.contains(Call.KWORKER) && shape == Shape.QUEUED
                && conserves(calls, outcome);
        }

        private static boolean conserves(final List<Call> calls, final List<Object> outcome) {
            int promised = 1;
            for (int i = 0; i < calls.size(); i++) {
                final Object answer = outcome.get(i);
                promised += calls.get(i) == Call.START && answer == Status.OK ? 1 : answer == Status.CANCELLED ? -1 : 0;
            }
            final int runs = ((List<?>) ((List<?>) outcome.get(outcome.size() - 1)).get(0)).size();
            return calls.contains(Call.DELETE) ? runs <= promised : runs == promised;
        }
    }
}
