// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * A chart: lines over numbers, or groups of bars over names.
 *
 * @param name end of the file's name: lower case letters, digits and hyphens
 * @param title above it
 * @param xTitle below it
 * @param yTitle beside it, with the unit
 * @param categories the names below groups of bars; empty for lines
 * @param isLogX whether the horizontal axis is logarithmic; of no meaning for bars
 * @param isLogY whether the vertical axis is logarithmic
 * @param series the lines, or the bars of one colour
 */
public record ChartSpec(String name, String title, String xTitle, String yTitle, List<String> categories, boolean isLogX,
                        boolean isLogY, List<Series> series) {
    /**
     * A line, or the bars of one colour.
     *
     * @param name what the legend calls it
     * @param points its points, left to right; of bars x is the index of the category
     */
    public record Series(String name, List<Point> points) {
    }

    /**
     * A point of a line, or the top of a bar.
     *
     * @param x to the right
     * @param y up; in a logarithmic chart what is not positive is left out
     */
    public record Point(double x, double y) {
    }

    /**
     * A chart of lines, without any yet.
     *
     * @param name end of the file's name
     * @param title above it
     * @param xTitle below it
     * @param yTitle beside it
     * @return the chart, both axes linear
     */
    public static ChartSpec lines(final String name, final String title, final String xTitle, final String yTitle) {
        return new ChartSpec(name, title, xTitle, yTitle, List.of(), false, false, List.of());
    }

    /**
     * A chart of bars, without any yet.
     *
     * @param name end of the file's name
     * @param title above it
     * @param yTitle beside it
     * @param categories the names below the groups
     * @return the chart, its axis linear
     */
    public static ChartSpec bars(final String name, final String title, final String yTitle, final List<String> categories) {
        return new ChartSpec(name, title, "", yTitle, List.copyOf(categories), false, false, List.of());
    }

    /**
     * The same with logarithmic axes.
     *
     * @param x whether the horizontal one is
     * @param y whether the vertical one is
     * @return a chart
     */
    public ChartSpec log(final boolean x, final boolean y) {
        return new ChartSpec(name, title, xTitle, yTitle, categories, x, y, series);
    }

    /**
     * The same with one more line, or one more colour of bars.
     *
     * @param label what the legend calls it
     * @param points its points
     * @return a chart
     */
    public ChartSpec with(final String label, final List<Point> points) {
        final List<Series> more = new ArrayList<>(series);
        more.add(new Series(label, List.copyOf(points)));
        return new ChartSpec(name, title, xTitle, yTitle, categories, isLogX, isLogY, List.copyOf(more));
    }
}
