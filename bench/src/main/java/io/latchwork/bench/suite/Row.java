// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;

/**
 * One figure.
 *
 * @param what the operation, or the quantity
 * @param peer who did it; {@link #MACHINE} for a limit of the machine
 * @param pending how many other timers were armed; -1 if that does not matter
 * @param threads how many threads did it at once; -1 if that does not matter
 * @param value the figure; of a JMH benchmark the median of its iterations
 * @param unit of the figure: {@code ns/op}, {@code us}, {@code bytes}, ...
 * @param cpuNs processor time of the whole process for an operation, in nanoseconds; NaN if it was not measured
 * @param bytes bytes allocated for an operation; NaN if that was not measured
 * @param samples the values that the figure is the median of; empty if there is one only
 */
public record Row(String what, String peer, int pending, int threads, double value, String unit, double cpuNs, double bytes,
                  List<Double> samples) {
    /** The peer of rows that tell a limit of the machine. */
    public static final String MACHINE = "machine";
    /** Nanoseconds of an operation on the thread that calls. */
    public static final String NS = "ns/op";

    private static final double QUARTER = 0.25;

    /**
     * A figure and nothing else.
     *
     * @param what the operation, or the quantity
     * @param peer who did it
     * @param pending how many other timers were armed, or -1
     * @param threads how many threads did it at once, or -1
     * @param value the figure
     * @param unit its unit
     * @return the row
     */
    public static Row of(final String what, final String peer, final int pending, final int threads, final double value,
                         final String unit) {
        return new Row(what, peer, pending, threads, value, unit, Double.NaN, Double.NaN, List.of());
    }

    /**
     * The mean of the samples.
     *
     * @return the mean; NaN if there are none
     */
    public double mean() {
        return samples.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /**
     * The best quartile: a quarter of the samples were as low or lower.
     *
     * @return the quartile; NaN if there are no samples
     */
    public double bestQuartile() {
        return quantile(QUARTER);
    }

    /**
     * Half of the distance between the first and the third quartile.
     *
     * @return how far samples lie around the median; NaN if there are none
     */
    public double spread() {
        return (quantile(1 - QUARTER) - quantile(QUARTER)) / 2;
    }

    private double quantile(final double share) {
        return Figures.quantile(samples, share);
    }
}
