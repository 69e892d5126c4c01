// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.alternatives.QueueMain;
import java.util.ArrayList;
import java.util.List;

/** The expiry queue that the library uses beside the one that it replaced. */
final class QueueSuite implements Suite {
    static final String TAKE_OUT = "queue: take out, one every 50 ns";
    private static final String USED = "queue";
    private static final String REPLACED = "heap";
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final double MOST_GROWTH = 1.5;

    @Override
    public String id() {
        return "queue";
    }

    @Override
    public String title() {
        return "The expiry queue, beside the heap that it replaced";
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        final List<Integer> sizes = plan.quick() ? List.of(FEW, 100_000, MANY) : List.of(FEW, 10_000, 100_000, MANY, 10 * MANY);
        final List<Task> tasks = new ArrayList<>();
        for (final int size : sizes) {
            for (final String candidate : List.of(USED, REPLACED)) {
                tasks.add(ChildTask.of("expiry queue " + candidate + " " + size, QueueMain.class, "--candidate", candidate,
                    "--timers", String.valueOf(size), "--rounds", plan.quick() || size > MANY ? "5" : "9")
                    .flags(size > MANY ? "-Xmx6g" : "-Xmx2g"));
            }
        }
        return tasks;
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        final Figures figures = new Figures(rows);
        return List.of(
            Goal.atMost("taking out a timer of a million, to the heap's cost", figures.value(TAKE_OUT, USED, MANY, 1)
                / figures.value(TAKE_OUT, REPLACED, MANY, 1), 1),
            Goal.atMost("taking out a timer, a million to a thousand", figures.value(TAKE_OUT, USED, MANY, 1)
                / figures.value(TAKE_OUT, USED, FEW, 1), MOST_GROWTH));
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        ChartSpec chart = ChartSpec.lines("queue", "Taking a timer out of the expiry queue", "timers in the queue",
            "processor time, ns").log(true, true);
        for (final String candidate : List.of(USED, REPLACED)) {
            final List<ChartSpec.Point> points = rows.stream()
                .filter(row -> row.what().equals(TAKE_OUT) && row.peer().equals(candidate))
                .map(row -> new ChartSpec.Point(row.pending(), row.value())).toList();
            chart = chart.with(candidate, points);
        }
        return List.of(chart);
    }

    @Override
    public List<String> notes() {
        return List.of("Processor time of the one thread that uses a queue, blocks of 96 bytes touched as by an expiry; "
            + "threads of the garbage collector are not in it: what references stored by the heap cost there comes on top.",
            "Keys are at random within an hour; for taking out they are 50 ns apart on average, as a million within 50 ms are.");
    }
}
