// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.expiry.ExpiryMain;
import io.latchwork.bench.lateness.FloorMain;
import io.latchwork.bench.lateness.IdleMain;
import io.latchwork.bench.lateness.LatenessMain;
import io.latchwork.bench.lateness.ProbeMain;
import io.latchwork.bench.suite.Goal.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class LatenessSuiteTest {
    private static List<Row> rows(final ToIntFunction<PrintStream> main) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int code = main.applyAsInt(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return ChildTask.rows(bytes.toString(StandardCharsets.UTF_8).lines().toList(), code);
    }

    private static Row find(final List<Row> rows, final String what) {
        return rows.stream().filter(row -> row.what().equals(what)).findFirst().orElseThrow(() -> new AssertionError(what));
    }

    private static Goal goal(final List<Goal> goals, final String what) {
        return goals.stream().filter(goal -> goal.what().contains(what)).findFirst().orElseThrow(() -> new AssertionError(what));
    }

    @Test
    void ownTimersAreNeverEarlyInAnyShape() throws IOException {
        final List<Row> rows = new ArrayList<>();
        rows.addAll(rows(out -> LatenessMain.run(out, "--peer", "lockfree-park", "--slices", "1", "--timers", "20",
            "--warm-ups", "1", "--parks", "3")));
        rows.addAll(rows(out -> LatenessMain.run(out, "--peer", "lockfree-spin", "--shape", "burst", "--slices", "1",
            "--timers", "200", "--warm-ups", "0", "--parks", "3")));
        assertEquals(0, find(rows, "paced: early").value());
        assertEquals(0, find(rows, "burst: early").value());
        assertTrue(find(rows, "paced: p50").value() > 0);
        assertTrue(find(rows, "paced: p50").cpuNs() > 0);
        assertTrue(find(rows, "paced: max").value() >= find(rows, "paced: p99").value());
        assertTrue(find(rows, "paced: parkNanos beside it, p50").value() > 0);
        final List<Goal> goals = new LatenessSuite().goals(rows);
        assertEquals(Verdict.MET, goal(goals, "early").verdict());
        assertFalse(Double.isNaN(goal(goals, "parking base").value()), "the goal finds its rows");
        assertTrue(find(rows, "paced: parking on the plan beside it, p50").value() > 0);
        assertEquals(Verdict.UNDECIDED, goal(goals, "hybrid base: p99").verdict());
        assertEquals(2, new LatenessSuite().charts(rows).size());
    }

    @Test
    void machineThreadsAreMeasuredLikePeers() throws IOException {
        final List<Row> rows = rows(out -> LatenessMain.run(out, "--peer", "machine-park", "--slices", "1", "--timers", "20",
            "--parks", "3"));
        assertEquals(0, find(rows, "paced: early").value());
        assertTrue(find(rows, "paced: p50").value() > 0);
        assertTrue(find(rows(out -> FloorMain.run(out, "--times", "5")), "parkNanos of 50 us: p50").value() > 0);
    }

    @Test
    void anIdlePeerAndAProbeGiveTheirGoalsRows() throws IOException {
        final List<Row> rows = new ArrayList<>();
        rows.addAll(rows(out -> IdleMain.run(out, "--peer", "lockfree-hybrid", "--timers", "10000", "--millis", "20")));
        rows.addAll(rows(out -> IdleMain.run(out, "--peer", "lockfree-hybrid", "--millis", "20")));
        rows.addAll(rows(out -> ProbeMain.run(out, "--peer", "lockfree", "--millis", "100")));
        final List<Goal> goals = new LatenessSuite().goals(rows);
        assertFalse(Double.isNaN(goal(goals, "timers armed").value()));
        assertFalse(Double.isNaN(goal(goals, "nothing armed").value()));
        assertFalse(Double.isNaN(goal(goals, "two clients: p90 to alone").value()));
        assertFalse(Double.isNaN(goal(goals, "heap growth").value()));
        assertEquals(Verdict.MET, goal(goals, "early").verdict());
        assertTrue(find(rows, "probe beside clients: pairs").value() > 0);
    }

    @Test
    void goalsAreJudgedByTheFiguresOfTheirPeers() {
        final List<Row> rows = new ArrayList<>();
        add(rows, "paced: p50 to parkNanos, median of slices", "lockfree-park", 1.04);
        add(rows, "paced: p99 over the same plan on the machine, median of slices", "lockfree-spin", 3);
        add(rows, "paced: p99, median of slices", "lockfree-hybrid", 90);
        add(rows, "paced: p99, median of slices", "kafka", 1000);
        add(rows, "paced: p99, median of slices", "jdk-remove", 100);
        add(rows, "paced: early", "kafka", 5);
        add(rows, "paced: early", "lockfree-park", 0);
        final List<Goal> goals = new LatenessSuite().goals(rows);
        assertEquals(1.04, goal(goals, "parking base").value(), 1e-9);
        assertEquals(Verdict.MISSED, goal(goals, "spinning base").verdict());
        assertEquals(0.9, goal(goals, "best peer").value(), 1e-9);
        assertEquals(Verdict.MET, goal(goals, "early").verdict());
        add(rows, "steady: early", "lockfree-spin", 1);
        assertEquals(Verdict.MISSED, goal(new LatenessSuite().goals(rows), "early").verdict());
        assertTrue(new LatenessSuite().goals(List.of()).stream().allMatch(goal -> goal.verdict() == Verdict.UNDECIDED));
    }

    private static void add(final List<Row> rows, final String what, final String peer, final double value) {
        rows.add(Row.of(what, peer, -1, -1, value, "us"));
    }

    @Test
    void ownTimersExpireInOrder() throws IOException {
        final List<Row> rows = rows(out -> ExpiryMain.run(out, "--peer", "lockfree", "--timers", "200", "--rounds", "1",
            "--warm-ups", "1"));
        final List<Goal> goals = new ExpirySuite().goals(rows);
        assertEquals(Verdict.MET, goal(goals, "out of order").verdict());
        assertEquals(Verdict.MET, goal(goals, "early").verdict());
        assertTrue(goal(goals, "work of a timer").value() > 0);
        assertEquals(Verdict.UNDECIDED, goal(goals, "jdk-remove").verdict());
        assertEquals(2, new ExpirySuite().charts(rows).size());
    }

    @Test
    void aWheelWithoutAThreadIsPolled() throws IOException {
        final List<Row> rows = rows(out -> ExpiryMain.run(out, "--peer", "agrona-wheel-64us", "--timers", "200", "--rounds", "1",
            "--warm-ups", "1"));
        assertEquals(0, find(rows, "beforehand: early").value());
        assertTrue(find(rows, "beforehand: to the last callback").value() > 0);
    }

    @Test
    void everyTaskHasALabelOfItsOwn() {
        for (final Suite suite : List.of(new LatenessSuite(), new ExpirySuite())) {
            for (final boolean quick : new boolean[] {true, false}) {
                final List<String> labels = suite.tasks(new Plan(quick, 2)).stream().map(Task::label).toList();
                assertEquals(labels.size(), labels.stream().distinct().count(), "labels are unique");
            }
        }
    }
}
