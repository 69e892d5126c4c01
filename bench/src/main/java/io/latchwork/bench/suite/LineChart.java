// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;

/** Draws lines over numbers, with the legend on the right. */
final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
    private static final int LEFT = 62;
    private static final int RIGHT = 600;
    private static final int TOP = 44;
    private static final int BOTTOM = 350;
    private static final int LINE = 18;
    private static final int GAP = 6;

    private final ChartSpec spec;
    private final Svg svg;
    private final Axis across;
    private final Axis up;

    private LineChart(final ChartSpec spec) {
        this.spec = spec;
        svg = new Svg(WIDTH, HEIGHT, spec.title());
        across = axis(spec.isLogX(), LEFT, RIGHT, true);
        up = axis(spec.isLogY(), BOTTOM, TOP, false);
    }

    static String draw(final ChartSpec spec) {
        return new LineChart(spec).draw();
    }

    private Axis axis(final boolean isLog, final double from, final double to, final boolean isX) {
        final List<Double> values = spec.series().stream().flatMap(series -> series.points().stream())
            .map(point -> isX ? point.x() : point.y()).filter(value -> !Double.isNaN(value) && (!isLog || value > 0)).toList();
        return Axis.of(values, isLog, from, to);
    }

    private String draw() {
        svg.words(LEFT, LINE + GAP, "h", "start", spec.title());
        for (final double tick : up.ticks()) {
            svg.line(LEFT, up.at(tick), RIGHT, up.at(tick));
            svg.words(LEFT - GAP, up.at(tick) + GAP - 2, "q", "end", Axis.label(tick));
        }
        for (final double tick : across.ticks()) {
            svg.line(across.at(tick), TOP, across.at(tick), BOTTOM);
            svg.words(across.at(tick), BOTTOM + LINE, "q", "middle", Axis.label(tick));
        }
        svg.words((LEFT + RIGHT) / 2.0, BOTTOM + 2 * LINE, "q", "middle", spec.xTitle());
        svg.upwards(LINE, (TOP + BOTTOM) / 2.0, spec.yTitle());
        for (int i = spec.series().size() - 1; i >= 0; i--) { // the first, which matters most, on top
            line(spec.series().get(i), i);
        }
        return svg.end();
    }

    private void line(final ChartSpec.Series series, final int index) {
        final int colour = index % Svg.COLOURS;
        final List<ChartSpec.Point> points = series.points().stream()
            .filter(point -> across.shows(point.x()) && up.shows(point.y())).toList();
        final StringBuilder data = new StringBuilder();
        for (final ChartSpec.Point point : points) {
            data.append(data.isEmpty() ? 'M' : 'L').append(Svg.number(across.at(point.x()))).append(' ')
                .append(Svg.number(up.at(point.y())));
        }
        if (!points.isEmpty()) {
            svg.path(data.toString(), colour);
        }
        points.forEach(point -> svg.dot(across.at(point.x()), up.at(point.y()), colour,
            series.name() + ", " + Axis.label(point.x()) + ": " + Text.number(point.y())));
        final int y = TOP + LINE / 2 + index * LINE;
        svg.box(RIGHT + LINE, y - GAP, LINE, GAP - 2, colour, series.name());
        svg.words(RIGHT + 2 * LINE + GAP, y, "", "start", series.name());
    }
}
