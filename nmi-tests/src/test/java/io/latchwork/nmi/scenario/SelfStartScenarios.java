// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.internal.map.HashMapImpl;
import io.latchwork.async.internal.runtime.RuntimeImpl;
import io.latchwork.nmi.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The duty cycle of a base, in which a callback starts its own timer, twice; other calls come in the middle. */
public final class SelfStartScenarios {
    private static final int KEY = 1;
    private static final long DUE = 100;
    private static final long FIRST = 50;
    private static final long SECOND = 70;
    private static final long OUTSIDE = 30;
    private static final long[] STEPS = {OUTSIDE, FIRST, SECOND};
    private static final int ENOUGH_ROUNDS = 50;
    /** Before the duty cycle; in the callback, before, between and behind its starts; after the duty cycle. */
    private static final int PLACES = 5;

    private SelfStartScenarios() {
    }

    /** A timer that is due. */
    public static final class State {
        private final ManualClock clock = new ManualClock(1_000);
        private final AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).build();
        private final BpfHashMap<Integer, String> map = runtime.hashMap("m", 2);
        private final BpfProg prog = runtime.loadProgram("p", () -> { });
        private final BpfTimer<Integer, String> timer;
        private final List<Object> fired = new ArrayList<>();
        private final List<Status> own = new ArrayList<>();
        private final List<String> violations = new ArrayList<>();
        /** What else happens in the callback, by place. */
        private final Runnable[] during = new Runnable[PLACES];
        private final CountDownLatch goOn = new CountDownLatch(1);
        private Thread calling;
        private Thread owner;
        /** Somebody outside of the callback cancelled the timer while it ran, and nobody outside has started it since. */
        private boolean told;

        State() {
            map.update(KEY, "v").orThrow();
            timer = map.lookup(KEY).timer();
            timer.init(map, ClockId.MONOTONIC).orThrow();
            timer.setCallback(prog, (inMap, key, value) -> called()).orThrow();
            timer.start(DUE, 0).orThrow();
            Arrays.fill(during, (Runnable) () -> { });
        }

        private void called() {
            fired.add(clock.nanoTime());
            if (fired.size() > 1) {
                return;
            }
            calling = Thread.currentThread();
            during[1].run();
            startItself(FIRST);
            during[2].run();
            startItself(SECOND);
            during[3].run();
            calling = null;
        }

        private void startItself(final long delay) {
            final boolean wasTold = told;
            final Status answer = timer.start(delay, 0);
            if (wasTold && told && !answer.isRefusal()) {
                violations.add("VIOLATION: started itself after it was told to stop");
            }
            own.add(answer);
        }

        private boolean isOutside() {
            return calling != null && calling != Thread.currentThread();
        }

        Status cancel() {
            final Status answer = timer.cancelAsync();
            told |= isOutside() && !answer.isRefusal();
            return answer;
        }

        Status start() {
            told = false;
            return timer.start(OUTSIDE, 0);
        }

        private void work() {
            try {
                runtime.agents().get(0).doWork();
            } catch (final RuntimeException e) {
                throw e;
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private void settle() {
            work();
            work();
        }

        private void expect(final Object right, final Object answer) {
            if (!right.equals(answer)) {
                violations.add("VIOLATION: " + answer + " instead of " + right);
            }
        }

        /** Lets everything fire that is armed. */
        private List<Object> afterSteps() {
            settle();
            final long begin = clock.nanoTime();
            for (final long step : STEPS) {
                clock.set(begin + step);
                settle();
            }
            return new ArrayList<>(List.of(List.copyOf(fired), List.copyOf(own)));
        }

        private List<Object> end() {
            final List<Object> seen = afterSteps();
            seen.add(timer.cancelAsync());
            final int before = fired.size();
            final Status last = timer.start(0, 0);
            seen.add(last);
            settle();
            expect(before + (last.isRefusal() ? 0 : 1), fired.size());
            takeApart();
            seen.add(List.copyOf(violations));
            return seen;
        }

        private void takeApart() {
            map.close();
            prog.close();
            settle();
            for (int round = 0; ((RuntimeImpl) runtime).rcu().stats().backlog() > 0 && round < ENOUGH_ROUNDS; round++) {
                try {
                    runtime.agents().get(1).doWork();
                } catch (final Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            final HashMapImpl<Integer, String> engine = (HashMapImpl<Integer, String>) map;
            expect(true, engine.isDrained() && engine.poolsAreFull());
        }
    }

    /**
     * A duty cycle and what comes in it. Beyond the sequential orders it may come in the callback: as if the callback called
     * it, or as if another thread did. The latter is also right for what interrupts the owner before its callback has begun.
     */
    public abstract static class InDutyCycle implements Scenario<State> {
        private Set<List<Object>> inCallback;

        abstract Status call(State state, int index);

        @Override
        public State fresh() {
            final State state = new State();
            state.work(); // the base has it in its queue
            state.clock.advance(DUE);
            return state;
        }

        @Override
        public Object interrupted(final State state) {
            state.work();
            return "done";
        }

        @Override
        public Object nested(final State state, final int index) {
            return call(state, index);
        }

        @Override
        public Object observe(final State state) {
            return state.end();
        }

        @Override
        public boolean allow(final List<Object> outcome) {
            if (inCallback == null) {
                inCallback = new HashSet<>();
                places(outcome.size() - 2, new ArrayList<>());
            }
            return !outcome.toString().contains("VIOLATION") && inCallback.contains(outcome);
        }

        private record Placed(int index, int place, boolean outside) {
        }

        private void places(final int calls, final List<Placed> chosen) {
            if (chosen.size() == calls) {
                inCallback.add(simulated(chosen));
                return;
            }
            final int earliest = chosen.isEmpty() ? 0 : chosen.get(chosen.size() - 1).place;
            for (int index = 0; index < calls; index++) {
                final int candidate = index;
                if (chosen.stream().noneMatch(placed -> placed.index == candidate)) {
                    for (int place = earliest; place < PLACES; place++) {
                        for (final boolean outside : new boolean[] {false, true}) {
                            chosen.add(new Placed(index, place, outside));
                            places(calls, chosen);
                            chosen.remove(chosen.size() - 1);
                        }
                    }
                }
            }
        }

        private List<Object> simulated(final List<Placed> chosen) {
            final State state = fresh();
            final List<Object> outcome = new ArrayList<>(Collections.nCopies(chosen.size() + 2, "done"));
            for (int place = 0; place < PLACES; place++) {
                final int at = place;
                state.during[place] = () -> chosen.stream().filter(placed -> placed.place == at)
                    .forEach(placed -> outcome.set(placed.index + 1, made(state, placed)));
            }
            state.during[0].run();
            state.work();
            state.during[PLACES - 1].run();
            outcome.set(chosen.size() + 1, observe(state));
            return outcome;
        }

        private Status made(final State state, final Placed placed) {
            if (!placed.outside) {
                return call(state, placed.index);
            }
            final Status[] answer = new Status[1];
            final Thread other = new Thread(() -> answer[0] = call(state, placed.index));
            other.start();
            try {
                other.join();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return answer[0];
        }
    }

    /** Cancels. */
    public static final class Cancel extends InDutyCycle {
        @Override
        Status call(final State state, final int index) {
            return state.cancel();
        }
    }

    /** Starts. */
    public static final class Start extends InDutyCycle {
        @Override
        Status call(final State state, final int index) {
            return state.start();
        }
    }

    /** Cancels, and starts then. */
    public static final class CancelAndStart extends InDutyCycle {
        @Override
        Status call(final State state, final int index) {
            return index == 0 ? state.cancel() : state.start();
        }
    }

    /** Starts, and cancels then. */
    public static final class StartAndCancel extends InDutyCycle {
        @Override
        Status call(final State state, final int index) {
            return index == 1 ? state.cancel() : state.start();
        }
    }

    /**
     * A cancel from another thread than the owner's, whose callback has begun, and starts itself and returns in the middle of the
     * cancel: what that answers holds.
     */
    public static final class InCancel implements Scenario<State> {
        @Override
        public State fresh() {
            final State state = new State();
            state.work(); // the base has it in its queue
            state.clock.advance(DUE);
            final CountDownLatch begun = new CountDownLatch(1);
            state.during[1] = () -> {
                begun.countDown();
                uninterruptibly(state.goOn);
            };
            state.owner = new Thread(state::work);
            state.owner.setDaemon(true);
            state.owner.start();
            uninterruptibly(begun);
            return state;
        }

        private static void uninterruptibly(final CountDownLatch latch) {
            try {
                latch.await();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Object interrupted(final State state) {
            return state.timer.cancelAsync();
        }

        @Override
        public Object nested(final State state, final int index) {
            state.goOn.countDown();
            while (state.owner.isAlive()) {
                Thread.onSpinWait(); // seen waiting it would be taken for blocked
            }
            state.work();
            return "done";
        }

        @Override
        public Object observe(final State state) {
            final int before = state.fired.size();
            final List<Object> seen = state.afterSteps();
            state.expect(before, state.fired.size());
            state.takeApart();
            seen.add(List.copyOf(state.violations));
            return seen;
        }

        @Override
        public boolean allow(final List<Object> outcome) {
            return !outcome.toString().contains("VIOLATION");
        }
    }
}
