// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Finds figures among rows. What was not measured is NaN, and so is every ratio made of it.
 *
 * @param rows the rows
 */
public record Figures(List<Row> rows) {
    /**
     * The value of a row. Of several such rows, the median.
     *
     * @param what the operation
     * @param peer who did it
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     * @return the value; NaN if there is no such row
     */
    public double value(final String what, final String peer, final int pending, final int threads) {
        return median(Row::value, what, peer, pending, threads);
    }

    /**
     * The best quartile of a row, which other work on the machine disturbs less than its value; the value itself if the row has
     * no samples. Of several such rows, the median.
     *
     * @param what the operation
     * @param peer who did it
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     * @return the quartile; NaN if there is no such row
     */
    public double best(final String what, final String peer, final int pending, final int threads) {
        return median(Figures::best, what, peer, pending, threads);
    }

    private static double best(final Row row) {
        return row.samples().isEmpty() ? row.value() : row.bestQuartile();
    }

    /**
     * The {@linkplain Row#least least} that a row says, for calls that never wait. Of several such rows, the median.
     *
     * @param what the operation
     * @param peer who did it
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     * @return the figure; NaN if there is no such row
     */
    public double least(final String what, final String peer, final int pending, final int threads) {
        return median(Row::least, what, peer, pending, threads);
    }

    /**
     * The processor time of a row.
     *
     * @param what the operation
     * @param peer who did it
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     * @return nanoseconds; NaN if there is no such row
     */
    public double cpuNs(final String what, final String peer, final int pending, final int threads) {
        return median(Row::cpuNs, what, peer, pending, threads);
    }

    /**
     * The processor time of the threads that called.
     *
     * @param what the operation
     * @param peer who did it
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     * @return nanoseconds; NaN if there is no such row
     */
    public double callerNs(final String what, final String peer, final int pending, final int threads) {
        return median(Row::callerNs, what, peer, pending, threads);
    }

    /**
     * The bytes allocated of a row.
     *
     * @param what the operation
     * @param peer who did it
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     * @return bytes; NaN if there is no such row
     */
    public double bytes(final String what, final String peer, final int pending, final int threads) {
        return median(Row::bytes, what, peer, pending, threads);
    }

    /**
     * A limit of the machine that depends neither on pending timers nor on threads. Of several such rows, the median.
     *
     * @param what the operation
     * @return the value; NaN if there is no such row
     */
    public double limit(final String what) {
        return quantile(rows.stream().filter(row -> row.what().equals(what) && row.peer().equals(Row.MACHINE))
            .map(Row::value).toList(), 1.0 / 2);
    }

    /**
     * The {@linkplain Row#least least} that is said of a limit of the machine that depends neither on pending timers nor on
     * threads. Of several such rows, the median.
     *
     * @param what the operation
     * @return the figure; NaN if there is no such row
     */
    public double leastLimit(final String what) {
        return quantile(rows.stream().filter(row -> row.what().equals(what) && row.peer().equals(Row.MACHINE))
            .map(Row::least).toList(), 1.0 / 2);
    }

    /**
     * The first row of that kind.
     *
     * @param what the operation
     * @param peer who did it
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     * @return the row, if there is one
     */
    public Optional<Row> row(final String what, final String peer, final int pending, final int threads) {
        return rows.stream().filter(row -> is(row, what, peer, pending, threads)).findFirst();
    }

    private double median(final ToDoubleFunction<Row> figure, final String what, final String peer, final int pending,
                          final int threads) {
        return quantile(rows.stream().filter(row -> is(row, what, peer, pending, threads))
            .map(figure::applyAsDouble).toList(), 1.0 / 2);
    }

    private static boolean is(final Row row, final String what, final String peer, final int pending, final int threads) {
        return row.what().equals(what) && row.peer().equals(peer) && row.pending() == pending && row.threads() == threads;
    }

    /** A quantile, interpolated; NaN of nothing. */
    static double quantile(final List<Double> values, final double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        final List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        final double at = share * (sorted.size() - 1);
        final int below = (int) at;
        final int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }
}
