// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls of a scenario's operations: exceptions become results, and results are checked to be comparable. */
final class Calls {

    /** Index of the interrupted operation in an order of operations. */
    static final int INTERRUPTED = -1;

    private Calls() {
    }

    static <S> S fresh(final Scenario<S> scenario) {
        try {
            return scenario.fresh();
        } catch (final Throwable e) {
            throw new IllegalStateException("fresh() of " + name(scenario) + " failed", e);
        }
    }

    static <S> Object operation(final Scenario<S> scenario, final S state, final int index) {
        try {
            return comparable(index == INTERRUPTED ? scenario.interrupted(state) : scenario.nested(state, index));
        } catch (final NmiUnwind e) {
            throw e;
        } catch (final Throwable e) {
            return "threw " + e;
        }
    }

    static <S> Object observe(final Scenario<S> scenario, final S state) {
        try {
            return comparable(scenario.observe(state));
        } catch (final NmiUnwind e) {
            throw e;
        } catch (final Throwable e) {
            return "threw " + e;
        }
    }

    /**
     * Runs the operations in the given orders, one after the other, and lets the report allow what comes out. An
     * operation that an order leaves out did nothing. Runs on an NmiThread: an operation that waits for another one of
     * the order, which is a defect or an ill-chosen scenario, ends at the step bound and is reported.
     */
    static <S> void allowSequential(final Scenario<S> scenario, final Options options, final List<List<Integer>> orders,
                                    final boolean hideInterrupted, final Report report) {
        for (final List<Integer> order : orders) {
            final NmiRun.Bounded bounded =
                new NmiRun.Bounded(options, "operation, in the order " + order + " without interrupts,");
            final S state = fresh(scenario);
            final Object[] outcome = new Object[options.depth() + 2];
            try {
                NmiThread.during(bounded, () -> {
                    for (final int index : order) {
                        bounded.stepsOfThisCall(0);
                        outcome[index + 1] = operation(scenario, state, index);
                    }
                    bounded.stepsOfThisCall(0);
                    outcome[options.depth() + 1] = observe(scenario, state);
                    return null;
                });
            } catch (final NmiUnwind e) {
                report.addFailure(e.getMessage());
                return;
            }
            outcome[0] = hideInterrupted ? null : outcome[0];
            report.allow(Arrays.asList(outcome));
        }
    }

    /**
     * All orders of the interrupted operation and {@code depth} nested ones; nested ones keep their order unless
     * free.
     */
    static List<List<Integer>> orders(final int depth, final boolean nestedInAnyOrder) {
        List<List<Integer>> orders = List.of(List.of(INTERRUPTED));
        for (int index = 0; index < depth; index++) {
            final List<List<Integer>> longer = new ArrayList<>();
            for (final List<Integer> order : orders) {
                for (int place = order.size(); place >= 0; place--) {
                    if (nestedInAnyOrder
                        || order.subList(place, order.size()).stream().allMatch(i -> i == INTERRUPTED)) {
                        final List<Integer> next = new ArrayList<>(order);
                        next.add(place, index);
                        longer.add(next);
                    }
                }
            }
            orders = longer;
        }
        return orders;
    }

    static String name(final Scenario<?> scenario) {
        return scenario.getClass().getName();
    }

    private static Object comparable(final Object result) {
        if (result != null && result.getClass().isArray()) {
            throw new IllegalStateException("a result is an array; arrays cannot be compared, answer a list");
        }
        return result;
    }
}
