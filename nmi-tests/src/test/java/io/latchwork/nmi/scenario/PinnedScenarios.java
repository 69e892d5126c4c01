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
import java.util.Collections;
import java.util.List;

/** A timer that is due on its home base, pinned starts that want it on the other one, and both bases' duty cycles. */
public final class PinnedScenarios {
    private static final int KEY = 1;
    private static final int BASES = 2;
    private static final long DUE = 100;
    private static final long LATE = 150;
    private static final long SOON = 10;
    private static final long LATER = 30;
    private static final long[] STEPS = {SOON, LATER};
    private static final int ENOUGH_ROUNDS = 50;

    private PinnedScenarios() {
    }

    /** Two bases and one timer, which is due. */
    public static final class State {
        private final ManualClock clock = new ManualClock(1_000);
        private final AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).bases(BASES).build();
        private final BpfHashMap<Integer, String> map = runtime.hashMap("m", 2);
        private final BpfProg prog = runtime.loadProgram("p", () -> { });
        private final BpfTimer<Integer, String> timer;
        private final List<String> fired = new ArrayList<>();
        private final List<String> violations = new ArrayList<>();
        private final int home;
        private int at = -1;

        State() {
            map.update(KEY, "v").orThrow();
            timer = map.lookup(KEY).timer();
            timer.init(map, ClockId.MONOTONIC).orThrow();
            timer.setCallback(prog, (inMap, key, value) -> fired.add("on " + at + " at " + clock.nanoTime())).orThrow();
            timer.start(0, 0).orThrow();
            settle();
            home = fired.get(0).startsWith("on 0 ") ? 0 : 1;
            fired.clear();
            timer.start(DUE, 0).orThrow();
            settle();
            clock.advance(LATE); // not at the deadline: a start with the very same one is no change of the state
        }

        int home() {
            return home;
        }

        int other() {
            return 1 - home;
        }

        String work(final int base) {
            final int outer = at;
            at = base;
            try {
                runtime.agents().get(base).doWork();
            } catch (final RuntimeException e) {
                throw e;
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            at = outer;
            return "done";
        }

        Status startPinned(final int base, final long delay) {
            runtime.bindThread(base).orThrow();
            return timer.start(delay, BpfTimer.TIMER_CPU_PIN);
        }

        Status start(final long delay) {
            return timer.start(delay, 0);
        }

        Status cancel() {
            return timer.cancelAsync();
        }

        Status delete() {
            return map.delete(KEY);
        }

        private void settle() {
            for (int round = 0; round < 2 * BASES; round++) {
                for (int base = 0; base < BASES; base++) {
                    work(base);
                }
            }
        }

        private void expect(final Object right, final Object answer) {
            if (!right.equals(answer)) {
                violations.add("VIOLATION: " + answer + " instead of " + right);
            }
        }

        List<Object> end() {
            settle();
            final long begin = clock.nanoTime();
            for (final long step : STEPS) {
                clock.set(begin + step);
                settle();
            }
            final List<Object> seen = new ArrayList<>(List.of(List.copyOf(fired), timer.cancelAsync()));
            usedOnceMore();
            takeApart();
            seen.add(List.copyOf(violations));
            return seen;
        }

        /** Whatever happened: a pinned start fires once, on its base, and so does the start after it. */
        private void usedOnceMore() {
            if (map.lookup(KEY) == null) {
                return;
            }
            for (final int base : new int[] {home, other(), home}) {
                fired.clear();
                startPinned(base, SOON).orThrow();
                settle();
                clock.advance(SOON);
                settle();
                timer.start(0, 0).orThrow();
                settle();
                final String on = "on " + base + " at " + clock.nanoTime();
                expect(List.of(on, on), List.copyOf(fired));
            }
        }

        private void takeApart() {
            map.close();
            prog.close();
            settle();
            for (int round = 0; ((RuntimeImpl) runtime).rcu().stats().backlog() > 0 && round < ENOUGH_ROUNDS; round++) {
                try {
                    runtime.agents().get(BASES).doWork();
                } catch (final Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            final HashMapImpl<Integer, String> engine = (HashMapImpl<Integer, String>) map;
            expect(true, engine.isDrained() && engine.poolsAreFull());
        }
    }

    /** A call, or a duty cycle, by its name. */
    enum Step {
        /** Pinned to the other base, due at once. */
        PIN,
        /** Pinned to the other base, due soon. */
        PIN_SOON,
        /** Pinned to the home base, due later. */
        PIN_HOME, START, CANCEL, DELETE,
        /** A duty cycle of the home base. */
        HOME,
        /** A duty cycle of the other base. */
        OTHER;

        Object of(final State state) {
            return switch (this) {
                case PIN -> state.startPinned(state.other(), 0);
                case PIN_SOON -> state.startPinned(state.other(), SOON);
                case PIN_HOME -> state.startPinned(state.home(), LATER);
                case START -> state.start(LATER);
                case CANCEL -> state.cancel();
                case DELETE -> state.delete();
                case HOME -> state.work(state.home());
                case OTHER -> state.work(state.other());
            };
        }
    }

    /** Steps in one another. */
    public abstract static class Steps implements Scenario<State> {
        private final Step interrupted;
        private final List<Step> nested;

        Steps(final Step interrupted, final Step... nested) {
            this.interrupted = interrupted;
            this.nested = List.of(nested);
        }

        @Override
        public final State fresh() {
            return new State();
        }

        @Override
        public final Object interrupted(final State state) {
            return interrupted.of(state);
        }

        @Override
        public final Object nested(final State state, final int index) {
            return nested.get(index).of(state);
        }

        @Override
        public final Object observe(final State state) {
            return state.end();
        }

        /**
         * The outcomes that no order has, and that are right: a pinned start says first where the timer is wanted, and arms it
         * then. In between the timer may be moved with its old expiry, which then fires on the new base.
         */
        @Override
        public boolean allow(final List<Object> outcome) {
            return isAsInAnOrder(outcome, "on [01] (?=.*on [01] )"); // the base of the last firing is as in the order
        }

        /** Whether an order has the outcome, but for what matches. */
        final boolean isAsInAnOrder(final List<Object> outcome, final String ignored) {
            final List<List<Object>> orders = new ArrayList<>();
            sequential(outcome.size() - 1, new ArrayList<>(), orders);
            final String plain = outcome.toString().replaceAll(ignored, "");
            return !plain.contains("VIOLATION")
                && orders.stream().anyMatch(order -> order.toString().replaceAll(ignored, "").equals(plain));
        }

        private void sequential(final int calls, final List<Integer> order, final List<List<Object>> found) {
            if (order.size() == calls) {
                final State state = fresh();
                final List<Object> outcome = new ArrayList<>(Collections.nCopies(calls + 1, (Object) null));
                order.forEach(i -> outcome.set(i, i == 0 ? interrupted(state) : nested(state, i - 1)));
                outcome.set(calls, observe(state));
                found.add(outcome);
            }
            for (int i = 0; i < calls; i++) {
                if (!order.contains(i)) {
                    order.add(i);
                    sequential(calls, order, found);
                    order.remove(order.size() - 1);
                }
            }
        }
    }

    /** Both bases work in the middle of a pinned start. */
    public static final class DutiesInPinned extends Steps {
        /** Made by the loader. */
        public DutiesInPinned() {
            super(Step.PIN, Step.HOME, Step.OTHER);
        }
    }

    /** Both bases work in the middle of a pinned start, the new one first. */
    public static final class OtherDutyInPinned extends Steps {
        /** Made by the loader. */
        public OtherDutyInPinned() {
            super(Step.PIN_SOON, Step.OTHER, Step.HOME);
        }
    }

    /** A pinned start and a cancel in the middle of the old base's duty cycle, from another thread. */
    public static final class PinnedInHomeDuty extends Steps {
        /** Made by the loader. */
        public PinnedInHomeDuty() {
            super(Step.HOME, Step.PIN, Step.CANCEL);
        }
    }

    /** A pinned start and a plain one in the middle of the old base's duty cycle, from another thread. */
    public static final class TwoStartsInHomeDuty extends Steps {
        /** Made by the loader. */
        public TwoStartsInHomeDuty() {
            super(Step.HOME, Step.PIN_SOON, Step.START);
        }
    }

    /** A start and the old base's work in the middle of a pinned start. */
    public static final class StartInPinned extends Steps {
        /** Made by the loader. */
        public StartInPinned() {
            super(Step.PIN, Step.START, Step.HOME);
        }
    }

    /** A pinned start in the middle of a plain one. */
    public static final class PinnedInStart extends Steps {
        /** Made by the loader. */
        public PinnedInStart() {
            super(Step.START, Step.PIN_SOON, Step.HOME);
        }
    }

    /** A cancel in the middle of a pinned start. */
    public static final class CancelInPinned extends Steps {
        /** Made by the loader. */
        public CancelInPinned() {
            super(Step.PIN, Step.CANCEL, Step.HOME);
        }
    }

    /** A pinned start in the middle of a cancel. */
    public static final class PinnedInCancel extends Steps {
        /** Made by the loader. */
        public PinnedInCancel() {
            super(Step.CANCEL, Step.PIN, Step.HOME);
        }
    }

    /** A delete in the middle of a pinned start. */
    public static final class DeleteInPinned extends Steps {
        /** Made by the loader. */
        public DeleteInPinned() {
            super(Step.PIN, Step.DELETE, Step.HOME);
        }
    }

    /** A pinned start in the middle of a delete. */
    public static final class PinnedInDelete extends Steps {
        /** Made by the loader. */
        public PinnedInDelete() {
            super(Step.DELETE, Step.PIN, Step.OTHER);
        }
    }

    /** Two pinned starts that want different bases, from two threads. */
    public static final class TwoPinned extends Steps {
        /** Made by the loader. */
        public TwoPinned() {
            super(Step.PIN_SOON, Step.PIN_HOME, Step.HOME);
        }

        /** The one may say where, and the other when. */
        @Override
        public boolean allow(final List<Object> outcome) {
            return isAsInAnOrder(outcome, "on [01] ");
        }
    }
}
