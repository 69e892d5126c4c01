// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.peers.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {
    private final List<Row> rows = new ArrayList<>();

    private void row(final String what, final String peer, final int pending, final int threads, final double value) {
        row(what, peer, pending, threads, value, value);
    }

    private void row(final String what, final String peer, final int pending, final int threads, final double value,
                     final double cpuNs) {
        rows.add(new Row(what, peer, pending, threads, value, Row.NS, cpuNs, value, 0.01, List.of()));
    }

    private Map<String, Goal> goals() {
        return new ArmCancelSuite().goals(rows).stream().collect(Collectors.toMap(Goal::what, Function.identity()));
    }

    @ParameterizedTest
    @CsvSource({"1.1,1.1,false,MET", "1.11,1.1,false,MISSED", "8,8,true,MET", "7.9,8,true,MISSED", "NaN,1,true,UNDECIDED",
        "NaN,1,false,UNDECIDED", "1,NaN,false,UNDECIDED"})
    void verdicts(final double value, final double limit, final boolean isMoreBetter, final Goal.Verdict verdict) {
        assertEquals(verdict, new Goal("x", value, limit, isMoreBetter).verdict());
    }

    @Test
    void nothingMeasuredDecidesNothing() {
        final Map<String, Goal> goals = goals();
        assertTrue(goals.size() > 20, goals.keySet().toString());
        goals.values().forEach(goal -> assertEquals(Goal.Verdict.UNDECIDED, goal.verdict(), goal.what()));
    }

    @Test
    void ratiosAreOfTheRightFigures() {
        row(ArmCancelSuite.EXCHANGE, Row.MACHINE, -1, 1, 3);
        row(ArmCancelSuite.EXCHANGE, Row.MACHINE, -1, 1, 2);
        row(ArmCancelSuite.EXCHANGE, Row.MACHINE, -1, 1, 50);
        row(ArmCancelSuite.NANO_TIME, Row.MACHINE, -1, 1, 30);
        row(ArmCancelSuite.PAIR_ABSOLUTE, Peers.LOCKFREE, ArmCancelSuite.FEW, 1, 6);
        row(ArmCancelSuite.PAIR_ABSOLUTE, Peers.LOCKFREE, ArmCancelSuite.USUAL, 1, 12, 18);
        row(ArmCancelSuite.PAIR_ABSOLUTE, Peers.LOCKFREE, 1_000_000, 1, 15);
        row(ArmCancelSuite.PAIR_ABSOLUTE, Peers.LOCKFREE, ArmCancelSuite.USUAL, 2, 13);
        row(ArmCancelSuite.PAIR_ABSOLUTE, Peers.LOCKED_SPIN, ArmCancelSuite.USUAL, 2, 130);
        row(ArmCancelSuite.PAIR, Peers.LOCKFREE, ArmCancelSuite.USUAL, 1, 45);
        row(ArmCancelSuite.PAIR, Peers.LOCKFREE, ArmCancelSuite.USUAL, 2, 50);
        row(ArmCancelSuite.PAIR, Peers.FORK_JOIN, ArmCancelSuite.USUAL, 2, 100);
        row(ArmCancelSuite.FRESH, Peers.LOCKFREE, ArmCancelSuite.USUAL, 1, 59, 100);
        row(ArmCancelSuite.FRESH, "kafka", ArmCancelSuite.USUAL, 1, 200, 500);
        row(ArmCancelSuite.FRESH, Peers.NETTY_WHEEL, ArmCancelSuite.USUAL, 1, 60, 80);
        row(ArmCancelSuite.LATENCY_999, Peers.LOCKFREE, ArmCancelSuite.FEW, 2, 1_900);
        final Map<String, Goal> goals = goals();
        assertEquals(4, goals.get("pair, absolute, in getAndSet").value(), "against the median of the limits");
        assertEquals(1.1, goals.get("pair, relative less absolute, in nanoTime").value(), 1e-9);
        assertEquals(13.0 / 12, goals.get("pair, absolute, of two threads to one").value(), 1e-9);
        assertEquals(10, goals.get("pair, absolute, two threads, lead over locked-spin").value(), 1e-9);
        final Goal forkJoin = goals.get("pair, relative, two threads, lead over jdk-forkjoin");
        assertEquals(2, forkJoin.value(), 1e-9);
        assertEquals(Goal.Verdict.MISSED, forkJoin.verdict());
        assertEquals(1.5, goals.get("pair, absolute, processor time of all threads, in the caller's").value(), 1e-9);
        assertEquals(0, goals.get("pair, absolute, bytes").value());
        assertEquals(2.5, goals.get("pair, absolute, of 1M others to 1k").value(), 1e-9);
        assertEquals(1, goals.get("arm of a fresh timer, in 3 getAndSet + nanoTime + 20 ns").value(), 1e-9);
        assertEquals(1.25, goals.get("arm of a fresh timer, processor time of its life, in the best thread-safe peer's").value(),
            1e-9);
        assertEquals(Goal.Verdict.MET, goals.get("sampled arm, two threads, p99.9 in ns").verdict());
        assertEquals(Goal.Verdict.UNDECIDED, goals.get("pair, relative, two threads, lead over netty-wheel-1ms").verdict());
    }

    @Test
    void samplesOfARow() {
        final Row row = new Row("x", "y", 0, 1, 3, Row.NS, 0, 0, List.of(5.0, 1.0, 4.0, 2.0, 3.0));
        assertEquals(3, row.mean());
        assertEquals(2, row.bestQuartile());
        assertEquals(1, row.spread());
        assertTrue(Double.isNaN(Row.of("x", "y", 0, 1, 3, "us").bestQuartile()));
        assertEquals(2, new Figures(List.of(row)).best("x", "y", 0, 1));
        assertEquals(2, row.least());
        assertEquals(1.5, new Row("x", "y", 0, 1, 3, Row.NS, 2, 1.5, 0, List.of(5.0, 1.0)).least());
        assertEquals(3, Row.of("x", "y", 0, 1, 3, "us").least());
    }
}
