// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Draws rows: cost against pending timers, and cost of one thread beside that of several. */
final class Charts {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;

    private Charts() {
    }

    /** The charts that these rows are enough for, as SVG, by name. */
    static Map<String, String> of(final List<Row> rows) throws IOException {
        final Map<String, String> charts = new LinkedHashMap<>();
        final Set<String> operations = rows.stream().filter(row -> row.pending() >= 0).map(Row::what)
            .collect(Collectors.toCollection(LinkedHashSet::new));
        for (final String what : operations) {
            final List<Row> of = rows.stream().filter(row -> row.what().equals(what)).toList();
            final String name = what.replaceAll("[^a-z]+", "-");
            if (of.stream().map(Row::pending).distinct().count() > 1) {
                charts.put(name + "-pending", svg(againstPending(what, of)));
            }
            charts.put(name + "-threads", svg(againstThreads(what, of)));
        }
        return charts;
    }

    private static XYChart againstPending(final String what, final List<Row> rows) {
        final XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(what + ", one thread")
            .xAxisTitle("other timers pending").yAxisTitle("ns").build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        style(chart);
        for (final String peer : peers(rows)) {
            final List<Row> line = rows.stream()
                .filter(row -> row.peer().equals(peer) && row.threads() == 1 && row.pending() > 0).toList();
            if (!line.isEmpty()) {
                chart.addSeries(peer, line.stream().map(Row::pending).toList(), line.stream().map(Row::ns).toList());
            }
        }
        return chart;
    }

    private static CategoryChart againstThreads(final String what, final List<Row> rows) {
        final int pending = rows.stream().mapToInt(Row::pending).filter(n -> n <= 100_000).max().orElse(0);
        final CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
            .title(what + ", " + pending + " pending").xAxisTitle("").yAxisTitle("ns").build();
        chart.getStyler().setXAxisLabelRotation(45);
        style(chart);
        final List<String> peers = new ArrayList<>(peers(rows));
        rows.stream().map(Row::threads).distinct().sorted().forEach(threads -> chart.addSeries(
            threads + (threads == 1 ? " thread" : " threads"), peers,
            peers.stream().map(peer -> rows.stream()
                .filter(row -> row.peer().equals(peer) && row.threads() == threads && row.pending() == pending)
                .map(Row::ns).findFirst().orElse(0.0)).toList()));
        return chart;
    }

    private static void style(final Chart<?, ?> chart) {
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    }

    private static Set<String> peers(final List<Row> rows) {
        return rows.stream().map(Row::peer).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String svg(final Chart<?, ?> chart) throws IOException {
        return new String(ChartEncoder.getBytes(chart, "svg"), StandardCharsets.UTF_8);
    }
}
