// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;

/** Draws groups of bars that lie, each with its figure at its end: names need room. */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int RIGHT = 700;
    private static final int TOP = 66;
    private static final int BAR = 13;
    private static final int GAP = 8;
    private static final int LINE = 18;
    private static final int MARGIN = 14;
    /** About the width of a letter. */
    private static final double LETTER = 7;

    private final ChartSpec spec;
    private final List<Integer> shown;
    private final int left;
    private final int bottom;
    private final Svg svg;
    private final Axis across;

    private BarChart(final ChartSpec spec) {
        this.spec = spec;
        shown = spec.series().stream().flatMap(series -> series.points().stream()).map(point -> (int) point.x()).distinct()
            .sorted().toList();
        left = MARGIN + (int) (LETTER * shown.stream().mapToInt(i -> spec.categories().get(i).length()).max().orElse(0));
        bottom = TOP + shown.size() * group();
        svg = new Svg(WIDTH, bottom + 3 * LINE, spec.title());
        across = Axis.of(spec.series().stream().flatMap(series -> series.points().stream()).map(ChartSpec.Point::y)
            .filter(value -> !Double.isNaN(value) && (!spec.isLogY() || value > 0)).toList(), spec.isLogY(), left, RIGHT);
    }

    static String draw(final ChartSpec spec) {
        return new BarChart(spec).draw();
    }

    private int group() {
        return spec.series().size() * BAR + GAP;
    }

    private String draw() {
        svg.words(MARGIN, LINE + GAP - 2, "h", "start", spec.title());
        legend();
        for (final double tick : across.ticks()) {
            svg.line(across.at(tick), TOP, across.at(tick), bottom);
            svg.words(across.at(tick), bottom + LINE, "q", "middle", Axis.label(tick));
        }
        svg.words((left + RIGHT) / 2.0, bottom + 2 * LINE, "q", "middle", spec.yTitle());
        for (int i = 0; i < shown.size(); i++) {
            group(shown.get(i), TOP + i * group());
        }
        return svg.end();
    }

    private void legend() {
        double x = MARGIN;
        for (int i = 0; i < spec.series().size(); i++) {
            final String name = spec.series().get(i).name();
            svg.box(x, TOP - 2 * BAR, BAR, BAR - 2, i % Svg.COLOURS, name);
            svg.words(x + LINE, TOP - BAR - 3, "", "start", name);
            x += 2 * LINE + LETTER * name.length();
        }
    }

    private void group(final int category, final int y) {
        final String name = spec.categories().get(category);
        svg.words(left - GAP, y + group() / 2.0, "", "end", name);
        for (int i = 0; i < spec.series().size(); i++) {
            final ChartSpec.Series series = spec.series().get(i);
            final double top = y + GAP / 2.0 + i * BAR;
            final int colour = i % Svg.COLOURS;
            series.points().stream().filter(point -> (int) point.x() == category && across.shows(point.y())).forEach(point -> {
                final double end = Math.max(left + 1, across.at(point.y()));
                svg.box(left, top, end - left, BAR - 2, colour,
                    name + ", " + series.name() + ": " + Text.number(point.y()));
                svg.words(end + GAP / 2.0, top + BAR - 3, "q", "start", Axis.label(point.y()));
            });
        }
    }
}
