// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.peers.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Pictures of the figures of the suite {@code armcancel}. */
final class ArmCancelCharts {
    private static final String NS = "ns an operation";

    private final List<Row> rows;
    private final Figures figures;
    private final int most;

    ArmCancelCharts(final List<Row> rows) {
        this.rows = rows;
        this.figures = new Figures(rows);
        this.most = rows.stream().filter(row -> row.what().equals(ArmCancelSuite.PAIR)).mapToInt(Row::threads).max().orElse(1);
    }

    List<ChartSpec> all() {
        final List<ChartSpec> charts = List.of(
            againstPending("pair-absolute-pending", ArmCancelSuite.PAIR_ABSOLUTE),
            againstPending("pair-pending", ArmCancelSuite.PAIR),
            againstThreads("pair-threads", ArmCancelSuite.PAIR),
            againstThreads("later-threads", ArmCancelSuite.LATER),
            lockFreeBesideLocked(),
            processor("pair-processor", ArmCancelSuite.PAIR),
            processor("fresh-processor", ArmCancelSuite.FRESH),
            latency());
        return charts.stream().filter(chart -> !chart.series().isEmpty()).toList();
    }

    private ChartSpec againstPending(final String name, final String what) {
        ChartSpec chart = ChartSpec.lines(name, what + ", one thread", "other timers armed", NS).log(true, true);
        for (final String peer : Peers.ALL) {
            final List<ChartSpec.Point> points = rows.stream()
                .filter(row -> row.what().equals(what) && row.peer().equals(peer) && row.threads() == 1 && row.pending() > 0)
                .map(row -> new ChartSpec.Point(row.pending(), row.value())).toList();
            chart = points.size() > 1 ? chart.with(peer, points) : chart;
        }
        return chart;
    }

    private ChartSpec againstThreads(final String name, final String what) {
        final List<Integer> counts = rows.stream().filter(row -> row.what().equals(what)).map(Row::threads).distinct().sorted()
            .toList();
        ChartSpec chart = ChartSpec.bars(name, what + ", " + Axis.label(ArmCancelSuite.USUAL) + " others armed", NS, Peers.ALL);
        for (final int threads : counts) {
            chart = bars(chart, threads + (threads == 1 ? " thread" : " threads"), Peers.ALL,
                peer -> figures.value(what, peer, ArmCancelSuite.USUAL, threads));
        }
        return chart;
    }

    private ChartSpec lockFreeBesideLocked() {
        final List<String> operations = List.of(ArmCancelSuite.PAIR_ABSOLUTE, ArmCancelSuite.PAIR,
            ArmCancelSuite.LATER_ABSOLUTE, ArmCancelSuite.LATER, ArmCancelSuite.SHARED_PAIR);
        ChartSpec chart = ChartSpec.bars("locked", "Lock-free beside locked, " + threads(most), NS, operations)
            .log(false, true);
        for (final String peer : Peers.LIBRARY) {
            chart = bars(chart, peer, operations, what -> figures.value(what, peer, ArmCancelSuite.USUAL, most));
        }
        return chart;
    }

    private ChartSpec processor(final String name, final String what) {
        ChartSpec chart = ChartSpec.bars(name, what + ", one thread: the caller's time and everybody's", NS, Peers.ALL);
        chart = bars(chart, "the caller's", Peers.ALL, peer -> figures.value(what, peer, ArmCancelSuite.USUAL, 1));
        return bars(chart, "processor time of all threads", Peers.ALL,
            peer -> figures.cpuNs(what, peer, ArmCancelSuite.USUAL, 1));
    }

    private ChartSpec latency() {
        ChartSpec chart = ChartSpec.bars("latency", "Single arms, " + threads(Math.min(2, most)), "ns", Peers.ALL)
            .log(false, true);
        for (final String percentile : List.of("p50", "p99", "p99.9")) {
            chart = bars(chart, percentile, Peers.ALL, peer -> figures.value(ArmCancelSuite.LATENCY + " " + percentile, peer,
                ArmCancelSuite.FEW, Math.min(2, most)));
        }
        return chart;
    }

    private static String threads(final int count) {
        return count == 1 ? "one thread" : count + " threads";
    }

    /** Adds bars for those categories that have a figure, if any has. */
    private static ChartSpec bars(final ChartSpec chart, final String label, final List<String> categories,
                                  final ToDoubleFunction<String> figure) {
        final List<ChartSpec.Point> points = new ArrayList<>();
        IntStream.range(0, categories.size())
            .mapToObj(i -> new ChartSpec.Point(i, figure.applyAsDouble(categories.get(i))))
            .filter(point -> !Double.isNaN(point.y())).forEach(points::add);
        return points.isEmpty() ? chart : chart.with(label, points);
    }
}
