// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.jmh.NeighbourBench;
import io.latchwork.bench.scaling.BasesMain;
import java.util.ArrayList;
import java.util.List;

/** What more threads and more bases cost and gain. */
final class ScalingSuite implements Suite {
    private static final String PAIR = "pair, absolute";
    private static final String NEXT = "timers next to each other";
    private static final String FAR = "timers far apart";
    private static final String OWN = "lockfree";
    private static final int QUICK_TIMERS = 200_000;
    private static final int TIMERS = 1_000_000;

    @Override
    public String id() {
        return "scaling";
    }

    @Override
    public String title() {
        return "Growth: threads on timers of their own, and several bases";
    }

    @Override
    public List<String> notes() {
        return List.of(
            "pair: each thread cancels and arms a timer of its own. The timers are neighbours in one map, whose control blocks "
                + "were allocated one after the other, or 4 096 elements apart. A line that is shared shows in the processor "
                + "time, and so does not depend on what else runs.",
            "expiry: all timers become due within a millisecond; time until the last has expired, divided by their number. The "
                + "column of threads is that of bases. More bases than processors gain nothing.");
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        final List<Task> tasks = new ArrayList<>();
        for (final int threads : plan.threadCounts()) {
            tasks.add(neighbours("next", NEXT, threads));
            tasks.add(neighbours("far", FAR, threads));
        }
        final String timers = String.valueOf(plan.quick() ? QUICK_TIMERS : TIMERS);
        for (final int bases : new int[] {1, 2, 4}) {
            tasks.add(ChildTask.of("expiry, " + bases + " bases", BasesMain.class, String.valueOf(bases), timers)
                .flags("-Xms2g", "-Xmx2g"));
        }
        return tasks;
    }

    private static Task neighbours(final String distance, final String peer, final int threads) {
        return JmhTask.of(NeighbourBench.class, "pair").what(PAIR).peer(peer).param("distance", distance).threads(threads);
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        final Figures figures = new Figures(rows);
        return List.of(
            Goal.atMost("processor time of a pair: two threads on timers next to each other, to one thread",
                figures.cpuNs(PAIR, NEXT, -1, 2) / figures.cpuNs(PAIR, NEXT, -1, 1), 1.1),
            Goal.atMost("processor time of a pair: timers next to each other, to timers far apart, two threads",
                figures.cpuNs(PAIR, NEXT, -1, 2) / figures.cpuNs(PAIR, FAR, -1, 2), 1.1));
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        final List<ChartSpec> charts = new ArrayList<>();
        addLines(charts, ChartSpec.lines("threads", "Cancel and arm, each thread a timer of its own", "threads", Row.NS), rows,
            PAIR, List.of(NEXT, FAR));
        addLines(charts, ChartSpec.lines("bases", "Expiry, all due at once", "bases", Row.NS), rows, BasesMain.WHAT,
            List.of(OWN));
        return charts;
    }

    private static void addLines(final List<ChartSpec> charts, final ChartSpec empty, final List<Row> rows, final String what,
                                 final List<String> peers) {
        ChartSpec chart = empty;
        for (final String peer : peers) {
            final List<ChartSpec.Point> points = rows.stream().filter(row -> row.what().equals(what) && row.peer().equals(peer))
                .map(row -> new ChartSpec.Point(row.threads(), row.value())).toList();
            if (!points.isEmpty()) {
                chart = chart.with(peer, points);
            }
        }
        if (!chart.series().isEmpty()) {
            charts.add(chart);
        }
    }
}
