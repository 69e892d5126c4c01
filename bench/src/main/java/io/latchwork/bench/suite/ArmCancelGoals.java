// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.peers.Peers;
import java.util.ArrayList;
import java.util.List;

/** What the figures of the suite {@code armcancel} should be. */
final class ArmCancelGoals {
    private static final int USUAL = ArmCancelSuite.USUAL;
    private static final int FEW = ArmCancelSuite.FEW;
    private static final String LIBRARY = Peers.LOCKFREE;

    private static final double PAIR_EXCHANGES = 5;
    private static final double LATER_EXCHANGES = 2.5;
    private static final double RELATIVE_CLOCKS = 1.2;
    private static final double TWO_THREADS = 1.1;
    private static final double LEAD_LOCKED = 8;
    private static final double LEAD_NETTY = 5;
    private static final double LEAD_FORK_JOIN = 2.5;
    private static final double PROCESSOR = 1.2;
    private static final double GROWTH = 1.5;
    private static final double FRESH_EXCHANGES = 3;
    private static final double FRESH_NS = 20;
    private static final double LATENCY_NS = 2_000;

    private final Figures figures;
    private final double exchange;
    private final double clock;
    private final List<Goal> goals = new ArrayList<>();

    ArmCancelGoals(final List<Row> rows) {
        figures = new Figures(rows);
        exchange = figures.leastLimit(ArmCancelSuite.EXCHANGE);
        clock = figures.leastLimit(ArmCancelSuite.NANO_TIME);
    }

    List<Goal> all() {
        oneThread();
        twoThreads();
        totals();
        growth();
        fresh();
        goals.add(Goal.atMost("sampled arm, two threads, p99.9 in ns",
            figures.value(ArmCancelSuite.LATENCY_999, LIBRARY, FEW, 2), LATENCY_NS));
        return goals;
    }

    private void oneThread() {
        final double pair = own(ArmCancelSuite.PAIR_ABSOLUTE, 1);
        atMost("pair, absolute, in getAndSet", pair / exchange, PAIR_EXCHANGES);
        atMost("pair, relative less absolute, in nanoTime", (own(ArmCancelSuite.PAIR, 1) - pair) / clock, RELATIVE_CLOCKS);
        atMost("re-arm later, absolute, in getAndSet", own(ArmCancelSuite.LATER_ABSOLUTE, 1) / exchange, LATER_EXCHANGES);
    }

    private void twoThreads() {
        for (final String what : List.of(ArmCancelSuite.PAIR_ABSOLUTE, ArmCancelSuite.LATER_ABSOLUTE)) {
            atMost(what + ", of two threads to one", own(what, 2) / own(what, 1), TWO_THREADS);
            lead(what, Peers.LOCKED_SPIN, LEAD_LOCKED);
            lead(what, Peers.LOCKED_REENTRANT, LEAD_LOCKED);
        }
        for (final String what : List.of(ArmCancelSuite.PAIR, ArmCancelSuite.LATER)) {
            lead(what, Peers.NETTY_WHEEL, LEAD_NETTY);
            lead(what, Peers.FORK_JOIN, LEAD_FORK_JOIN);
        }
    }

    private void lead(final String what, final String peer, final double least) {
        goals.add(Goal.atLeast(what + ", two threads, lead over " + peer,
            figures.best(what, peer, USUAL, 2) / figures.best(what, LIBRARY, USUAL, 2), least));
    }

    /** Bytes are rounded: JMH itself allocates a little in each iteration. */
    private void totals() {
        for (final String what : List.of(ArmCancelSuite.PAIR_ABSOLUTE, ArmCancelSuite.PAIR)) {
            atMost(what + ", processor time of all threads, in the caller's",
                figures.cpuNs(what, LIBRARY, USUAL, 1) / figures.callerNs(what, LIBRARY, USUAL, 1), PROCESSOR);
        }
        for (final String what : List.of(ArmCancelSuite.PAIR_ABSOLUTE, ArmCancelSuite.PAIR, ArmCancelSuite.LATER_ABSOLUTE,
            ArmCancelSuite.EARLIER_ABSOLUTE, ArmCancelSuite.FRESH)) {
            final double bytes = figures.bytes(what, LIBRARY, USUAL, 1);
            atMost(what + ", bytes", Double.isNaN(bytes) ? bytes : Math.round(bytes), 0);
        }
    }

    private void growth() {
        final int most = figures.rows().stream()
            .filter(row -> row.what().equals(ArmCancelSuite.PAIR_ABSOLUTE) && row.peer().equals(LIBRARY) && row.threads() == 1)
            .mapToInt(Row::pending).max().orElse(USUAL);
        atMost("pair, absolute, of " + Axis.label(most) + " others to " + Axis.label(FEW),
            figures.least(ArmCancelSuite.PAIR_ABSOLUTE, LIBRARY, most, 1)
                / figures.least(ArmCancelSuite.PAIR_ABSOLUTE, LIBRARY, FEW, 1), GROWTH);
    }

    private void fresh() {
        atMost("arm of a fresh timer, in 3 getAndSet + nanoTime + 20 ns",
            figures.best(ArmCancelSuite.FRESH, LIBRARY, USUAL, 1) / (FRESH_EXCHANGES * exchange + clock + FRESH_NS), 1);
        final double peers = Peers.ALL.stream()
            .filter(peer -> !peer.equals(LIBRARY) && !peer.equals(Peers.ONE_THREAD))
            .mapToDouble(peer -> figures.cpuNs(ArmCancelSuite.FRESH, peer, USUAL, 1)).filter(ns -> !Double.isNaN(ns))
            .min().orElse(Double.NaN);
        atMost("arm of a fresh timer, processor time of its life, in the best thread-safe peer's",
            figures.cpuNs(ArmCancelSuite.FRESH, LIBRARY, USUAL, 1) / peers, 1);
    }

    /** What never waits, neither the library's calls nor the limits, is taken for the least that it can be said to cost. */
    private double own(final String what, final int threads) {
        return figures.least(what, LIBRARY, USUAL, threads);
    }

    private void atMost(final String what, final double value, final double limit) {
        goals.add(Goal.atMost(what, value, limit));
    }
}
