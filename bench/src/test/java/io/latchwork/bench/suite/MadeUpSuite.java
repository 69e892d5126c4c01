// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;

/** A suite for tests, with tasks that are given. */
record MadeUpSuite(List<Task> given) implements Suite {
    static final List<Row> ROWS = List.of(
        new Row("pair", "lockfree", 1_000, 1, 8.5, Row.NS, 8.25, 8.125, 0, List.of(8.0, 8.5, 10.0)),
        new Row("pair", "lockfree", 100_000, 1, 9, Row.NS, 9.125, 0, List.of()),
        new Row("pair", "a <&> b", 1_000, 2, 80, Row.NS, Double.NaN, 96, List.of(80.0)),
        Row.of("nanoTime", Row.MACHINE, -1, -1, 30, Row.NS));

    @Override
    public String id() {
        return "madeup";
    }

    @Override
    public String title() {
        return "Made-up <figures>";
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        return given;
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        final Figures figures = new Figures(rows);
        final double pair = figures.value("pair", "lockfree", 1_000, 1);
        return List.of(
            Goal.atMost("pair in clocks", pair / figures.limit("nanoTime"), 1),
            Goal.atLeast("lead over b", figures.value("pair", "a <&> b", 1_000, 2) / pair, 10),
            Goal.atMost("pair of three threads", figures.value("pair", "lockfree", 1_000, 3), 1));
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        return List.of(
            ChartSpec.lines("pending", "pair <against> pending", "pending", "ns").log(true, true)
                .with("lockfree", List.of(new ChartSpec.Point(1_000, 8.5), new ChartSpec.Point(100_000, 9))),
            ChartSpec.bars("peers", "pair & peers", "ns", List.of("lockfree", "a <&> b"))
                .with("one thread", List.of(new ChartSpec.Point(0, 8.5), new ChartSpec.Point(1, 80))));
    }

    @Override
    public List<String> notes() {
        return List.of("Nothing here was measured.");
    }
}
