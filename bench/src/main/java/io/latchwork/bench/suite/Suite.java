// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;

/** A set of figures that belong into one table, with the limits of the machine among them. One class a suite. */
public interface Suite {
    /**
     * Its name on the command line, and the beginning of its files' names.
     *
     * @return lower case letters only
     */
    String id();

    /**
     * Its heading.
     *
     * @return what is measured, in a few words
     */
    String title();

    /**
     * What there is to measure.
     *
     * @param plan how much is asked for
     * @return the tasks, in the order to measure them in
     */
    List<Task> tasks(Plan plan);

    /**
     * Ratios of figures of one run, with what they should be.
     *
     * @param rows what was measured; some may be missing
     * @return every goal that the suite is for, those that these rows cannot decide included
     */
    default List<Goal> goals(final List<Row> rows) {
        return List.of();
    }

    /**
     * Pictures of the figures.
     *
     * @param rows what was measured; some may be missing
     * @return the charts that these rows are enough for
     */
    default List<ChartSpec> charts(final List<Row> rows) {
        return List.of();
    }

    /**
     * How the figures were got and what they do not say, below the heading.
     *
     * @return sentences, one a paragraph
     */
    default List<String> notes() {
        return List.of();
    }
}
