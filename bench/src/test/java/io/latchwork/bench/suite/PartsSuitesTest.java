// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.memory.ObjectsMain;
import io.latchwork.bench.scaling.BasesMain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suites of primitives, works, memory and growth. */
class PartsSuitesTest {
    private static final Plan QUICK = new Plan(true, 2);
    private static final Plan FULL = new Plan(false, 4);
    private static final Tools TOOLS = new Tools(QUICK, null);

    static List<Suite> suites() {
        return List.of(new PrimitivesSuite(), new WqSuite(), new MemorySuite(), new ScalingSuite());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyTaskIsThereOnceAndAFullRunHasThoseOfAQuickOne(final Suite suite) {
        final List<String> quick = suite.tasks(QUICK).stream().map(Task::label).toList();
        final List<String> full = suite.tasks(FULL).stream().map(Task::label).toList();
        assertEquals(quick.stream().distinct().toList(), quick);
        assertEquals(full.stream().distinct().toList(), full);
        assertTrue(full.size() >= quick.size(), suite.id());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void nothingIsDecidedAndNothingIsDrawnWithoutRows(final Suite suite) {
        assertFalse(suite.goals(List.of()).isEmpty());
        suite.goals(List.of()).forEach(goal -> assertEquals(Goal.Verdict.UNDECIDED, goal.verdict(), goal.what()));
        assertEquals(List.of(), suite.charts(List.of()));
    }

    private static Row row(final String what, final String peer, final int threads, final double value, final double bytes) {
        return new Row(what, peer, -1, threads, value, Row.NS, value, bytes, List.of());
    }

    private static List<Goal.Verdict> verdicts(final Suite suite, final List<Row> rows) {
        return suite.goals(rows).stream().map(Goal::verdict).toList();
    }

    private static List<Row> primitives(final double factor, final double bytes) {
        final List<Row> rows = new ArrayList<>();
        rows.add(row("getAndSet", Row.MACHINE, 1, 3, 0));
        rows.add(row("pair read", Row.MACHINE, 1, 1, 0));
        rows.add(row("pair read", "latchcell", 1, 2 * factor, 0));
        rows.add(row("pair exchange", "latchcell", 1, 9 * factor, 0));
        rows.add(row("guarded read", Row.MACHINE, 1, 1, 0));
        rows.add(row("guarded read", "rcu", 1, 3 * factor, 0));
        rows.add(row("guarded read", "rcu-asymmetric", 1, 3 * factor, 0));
        rows.add(row("callRcu", "rcu", 1, 10 * factor, 0));
        rows.add(row("queue and drain", "irqwork", 1, 1, 0.01));
        rows.add(row("map lookup", "bpf-hash", 1, 1, bytes));
        rows.add(row("map update", "bpf-hash", 1, 1, 0));
        return rows;
    }

    @Test
    void aPrimitiveIsMeasuredByItsLimit() {
        final Suite suite = new PrimitivesSuite();
        assertEquals(List.of(Goal.Verdict.MET), verdicts(suite, primitives(1, 0)).stream().distinct().toList());
        assertEquals(List.of(Goal.Verdict.MISSED), verdicts(suite, primitives(1.1, 16)).stream().distinct().toList());
        assertEquals(List.of("pairs", "guards", "mailboxes", "maps"),
            suite.charts(primitives(1, 0)).stream().map(ChartSpec::name).toList());
    }

    @Test
    void aWorkIsMeasuredByTheThreadPool() {
        final Row pool = row("start", "jdk-pool", 1, 100, 40);
        assertEquals(List.of(Goal.Verdict.MET, Goal.Verdict.MET),
            verdicts(new WqSuite(), List.of(pool, row("start", "lockfree", 1, 50, 0.1))));
        assertEquals(List.of(Goal.Verdict.MISSED, Goal.Verdict.MISSED),
            verdicts(new WqSuite(), List.of(pool, row("start", "lockfree", 1, 51, 24))));
    }

    @Test
    void theLargestNumberOfTimersDecidesOnMemory() {
        final Suite suite = new MemorySuite();
        final List<Row> rows = List.of(Row.of("heap", "hash map", 1_000, -1, 300, "bytes"),
            Row.of("heap", "hash map", 100_000, -1, 200, "bytes"), Row.of("heap", "newTimer", 1_000, -1, 201, "bytes"));
        assertEquals(List.of(Goal.Verdict.MET, Goal.Verdict.UNDECIDED, Goal.Verdict.MISSED), verdicts(suite, rows));
        assertEquals(1, suite.charts(rows).size());
    }

    @Test
    void threadsOnTheirOwnTimersAreMeasuredByOne() {
        final String pair = "pair, absolute";
        final String next = "timers next to each other";
        final Row one = row(pair, next, 1, 10, 0);
        final Row far = row(pair, "timers far apart", 2, 10, 0);
        assertEquals(List.of(Goal.Verdict.MET, Goal.Verdict.MET),
            verdicts(new ScalingSuite(), List.of(one, far, row(pair, next, 2, 11, 0))));
        assertEquals(List.of(Goal.Verdict.MISSED, Goal.Verdict.MISSED),
            verdicts(new ScalingSuite(), List.of(one, far, row(pair, next, 2, 12, 0))));
    }

    /** What belongs to a class is counted under it, and all of it together is what there is. */
    @Test
    void objectsAreCounted() throws Exception {
        final int count = 2_000;
        final List<Row> rows = MemorySuite.objects("array map", count).run(TOOLS);
        final Figures figures = new Figures(rows);
        final double all = figures.value(ObjectsMain.WHAT, "array map", count, -1);
        final double blocks = figures.value(ObjectsMain.WHAT + " of BpfHrtimer", "array map", count, -1);
        assertTrue(blocks >= 64 && blocks < all, () -> "blocks " + blocks + " of " + all);
        final double sum = rows.stream().filter(row -> !row.what().equals(ObjectsMain.WHAT)).mapToDouble(Row::value).sum();
        assertTrue(sum <= all && sum > all * 0.9, () -> sum + " of " + all);
    }

    @Test
    void heapIsMeasured() throws Exception {
        final int count = 50_000;
        final List<Row> rows = MemorySuite.heap("newTimer", count, "-Xmx256m").run(TOOLS);
        final double each = new Figures(rows).value("heap", "newTimer", count, -1);
        assertTrue(each > 64 && each < 1_000, () -> each + " bytes");
    }

    @Test
    void everyTimerOfEveryBaseExpires() throws Exception {
        final int count = 2_000;
        final Task task = ChildTask.of("expiry", BasesMain.class, "2", String.valueOf(count));
        assertTrue(new Figures(task.run(TOOLS)).value(BasesMain.WHAT, "lockfree", count, 2) > 0);
    }
}
