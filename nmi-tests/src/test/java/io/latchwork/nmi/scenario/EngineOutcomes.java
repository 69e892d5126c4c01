// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.Status;
import io.latchwork.nmi.EngineCall;
import io.latchwork.nmi.EnginePairs.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What outcomes of the engine's calls are right, beyond those of the sequential orders. */
abstract class EngineOutcomes extends EngineWorld {
    private static final List<String> WRONG = List.of("VIOLATION", "threw", "STUCK");
    final Ending ending;
    final EngineCall interrupted;
    final List<EngineCall> nested;
    private final boolean anyOrder;
    /** Made when they are needed: outcomes of the calls one after the other. */
    private List<List<Object>> asMade;
    private List<List<Object>> every;

    EngineOutcomes(final Ending ending, final EngineCall interrupted, final List<EngineCall> nested, final boolean anyOrder) {
        this.ending = ending;
        this.interrupted = interrupted;
        this.nested = List.copyOf(nested);
        this.anyOrder = anyOrder;
    }

    /** A new state. */
    public abstract State fresh();

    /** What is left. */
    public abstract Object observe(State state);

    /**
     * The outcomes that no sequential order has, and that are right:
     *
     * <p>1. cancelAsync in a duty cycle answers RUNNING from the moment at which the expiry was taken to the end of
     * the callback; a duty cycle as one step has no such moment, before it and behind it the answer is another.
     *
     * <p>2. update in a call that has found the timer, or the work: ENOENT, the timer is being destroyed. Behind the update it
     * is EINVAL, as the new value has no timer.
     *
     * <p>3. The last release deletes one element after the other: a duty cycle in the middle, or a release in the
     * middle of a duty cycle, may fire one timer and not the other. Each timer alone is as in one of the orders. And the
     * size is anything on the way down.
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
     *
     * <p>9. A last release drops the reference first, which is seen, and deletes then; an update changes the value first, and
     * frees the timer then. Of two other calls in the middle, each answers as in one of the orders, not always the same.
     */
    public boolean allow(final List<Object> outcome) {
        final List<EngineCall> calls = new ArrayList<>(nested);
        calls.add(0, interrupted);
        if (WRONG.stream().anyMatch(outcome.toString()::contains)) {
            return false;
        }
        if (ending != Ending.TAKEN_APART) {
            return ending == Ending.BYSTANDERS || ending == Ending.BASE_STALLED
                || ending == Ending.STALLED && interrupted.isRelease();
        }
        final List<List<Object>> orders = anyOrder ? everyOrder(calls) : ordersAsMade(calls);
        final List<Object> plain = new ArrayList<>(outcome);
        for (int i = 0; i < calls.size(); i++) {
            if (plain.get(i) instanceof Status) {
                plain.set(i, meant(calls, i, (Status) plain.get(i)));
            } else if (calls.get(i) == EngineCall.SIZE && calls.stream().anyMatch(EngineCall::isRelease)) {
                plain.set(i, orders.get(0).get(i));
            }
        }
        final boolean oneByOne = calls.stream().anyMatch(EngineCall::isRelease) && calls.contains(EngineCall.BASE);
        final boolean inDelete = calls.contains(EngineCall.BASE) && calls.size() > 2
            && (interrupted == EngineCall.DELETE || anyOrder && nested.get(0) == EngineCall.DELETE);
        final boolean inBase = calls.contains(EngineCall.BASE) && calls.contains(EngineCall.SET_P2)
            && calls.stream().anyMatch(call -> call.isStart() || call.isCancelAsync());
        final String oldCallback = plain.toString().replace("1=v by p1 at 150", "1=v by p0 at 150");
        if (inBase && orders.stream().anyMatch(order -> order.toString().equals(oldCallback))) {
            return true;
        }
        final boolean inSteps = calls.size() > 2 && calls.stream().anyMatch(call -> call.isRelease() || call.freesTimer());
        return orders.contains(plain) || inSteps && inSteps(everyOrder(calls), plain)
            || stoppedStart(calls, plain) || inDelete && inTwoSteps(calls, orders, plain)
            || oneByOne && endsAsIn(orders, plain);
    }

    /** Whether a start was refused because a cancel had come before, and all is as if it had not been called. */
    private boolean stoppedStart(final List<EngineCall> calls, final List<Object> outcome) {
        final int refused = outcome.indexOf(Status.ECANCELED);
        if (refused < 0 || !calls.get(refused).isStart() || !calls.stream().anyMatch(EngineCall::isCancelAsync)
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

    private static Status meant(final List<EngineCall> calls, final int index, final Status answer) {
        final EngineCall call = calls.get(index);
        final boolean isCancel = call.isCancelAsync() || call == EngineCall.T_CANCEL_ASYNC || call == EngineCall.W_CANCEL_ASYNC;
        if (isCancel && answer == Status.RUNNING) {
            return Status.IDLE;
        }
        return call.usesBlock() && answer == Status.ENOENT && calls.stream().anyMatch(EngineCall::freesTimer)
            ? Status.EINVAL : answer;
    }

    /** The answers are those of one order, and what is left is that of another one. */
    private boolean inTwoSteps(final List<EngineCall> calls, final List<List<Object>> orders,
                               final List<Object> outcome) {
        final int last = outcome.size() - 1;
        final List<List<Object>> all = everyOrder(calls); // a call that was refused may come anywhere
        return orders.stream().anyMatch(order -> order.subList(0, last).equals(outcome.subList(0, last)))
            && all.stream().anyMatch(order -> order.get(last).equals(outcome.get(last)));
    }

    private static boolean inSteps(final List<List<Object>> orders, final List<Object> outcome) {
        final int last = outcome.size() - 1;
        return IntStream.range(0, last).allMatch(i -> orders.stream().anyMatch(order -> order.get(i).equals(outcome.get(i))))
            && eachTimerIsAsIn(orders.stream().map(order -> (List<?>) order.get(last)).toList(), (List<?>) outcome.get(last));
    }

    private List<List<Object>> ordersAsMade(final List<EngineCall> calls) {
        if (asMade == null) {
            asMade = new ArrayList<>();
            sequential(calls, false, new ArrayList<>(), asMade);
        }
        return asMade;
    }

    private List<List<Object>> everyOrder(final List<EngineCall> calls) {
        if (every == null) {
            every = new ArrayList<>();
            sequential(calls, true, new ArrayList<>(), every);
        }
        return every;
    }

    private static boolean endsAsIn(final List<List<Object>> orders, final List<Object> outcome) {
        final int last = outcome.size() - 1;
        final List<List<?>> ends = new ArrayList<>();
        orders.stream().filter(order -> order.subList(0, last).equals(outcome.subList(0, last)))
            .forEach(order -> ends.add((List<?>) order.get(last)));
        return eachTimerIsAsIn(ends, (List<?>) outcome.get(last));
    }

    private static boolean eachTimerIsAsIn(final List<? extends List<?>> ends, final List<?> seen) {
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
}
