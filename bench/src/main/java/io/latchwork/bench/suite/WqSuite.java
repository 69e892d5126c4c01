// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.jmh.WorkBench;
import io.latchwork.bench.jmh.WorkLatencyBench;
import java.util.ArrayList;
import java.util.List;

/** Asking for work on another thread, beside executors. */
final class WqSuite implements Suite {
    private static final String START = "start";
    private static final String START_TO_RUN = "start to run";
    private static final String OWN = "lockfree";
    private static final String POOL = "jdk-pool";
    private static final List<String> KINDS = List.of(OWN, "lockfree-spin", "lockfree-park", POOL, "jdk-forkjoin", "jctools");

    @Override
    public String id() {
        return "wq";
    }

    @Override
    public String title() {
        return "Works: asking for a run on another thread, beside executors";
    }

    @Override
    public List<String> notes() {
        return List.of(
            "start: what 1 024 calls in a row cost their caller, each for another work, while the worker runs those that came "
                + "before; processor time includes theirs.",
            "start to run: one work at a time; the caller spins until it has run, and so keeps a processor busy. A start of ours "
                + "goes through two threads: the base, which makes it safe anywhere, and the kworker.");
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        final List<Task> tasks = new ArrayList<>();
        for (final String kind : KINDS) {
            tasks.add(JmhTask.of(WorkBench.class, "startBurst").what(START).peer("kind", kind));
            tasks.add(JmhTask.of(WorkLatencyBench.class, "startAndAwait").what(START_TO_RUN).peer("kind", kind).sampled());
        }
        return tasks;
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        final Figures figures = new Figures(rows);
        final double bytes = figures.bytes(START, OWN, -1, 1);
        return List.of(
            Goal.atMost("start, of ThreadPoolExecutor.execute",
                figures.value(START, OWN, -1, 1) / figures.value(START, POOL, -1, 1), 0.5),
            Goal.atMost("bytes of a start", Double.isNaN(bytes) ? bytes : Math.round(bytes), 0));
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        return new Bars(new Figures(rows), List.of(new Bars.Group("start", START, -1, 1),
            new Bars.Group("start to run, median", START_TO_RUN + " p50", -1, 1)))
            .chart("works", "A work for another thread", Row.NS, KINDS);
    }
}
