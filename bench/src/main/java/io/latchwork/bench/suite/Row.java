// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;
import java.util.stream.DoubleStream;

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
 * @param callerNs processor time of the threads that call for an operation, in nanoseconds; NaN if it was not measured. Less than
 *     the figure if callers wait, or if other work takes their processors
 * @param bytes bytes allocated for an operation; NaN if that was not measured
 * @param samples the values that the figure is the median of; empty if there is one only
 */
public record Row(String what, String peer, int pending, int threads, double value, String unit, double cpuNs, double callerNs,
                  double bytes, List<Double> samples) {
    /** The peer of rows that tell a limit of the machine. */
    public static final String MACHINE = "machine";
    /** Nanoseconds of an operation on the thread that calls. */
    public static final String NS = "ns/op";

    private static final double QUARTER = 0.25;

    /**
     * A figure without the callers' processor time.
     *
     * @param what the operation, or the quantity
     * @param peer who did it
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     * @param value the figure
     * @param unit its unit
     * @param cpuNs processor time of the whole process for an operation, or NaN
     * @param bytes bytes allocated for an operation, or NaN
     * @param samples the values that the figure is the median of, or none
     */
    public Row(final String what, final String peer, final int pending, final int threads, final double value, final String unit,
               final double cpuNs, final double bytes, final List<Double> samples) {
        this(what, peer, pending, threads, value, unit, cpuNs, Double.NaN, bytes, samples);
    }

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
     * The least that the calls can be said to cost, if they never wait: the lowest of the figure, the best quartile and the
     * callers' processor time. Other work on the machine can make each of them larger, but not smaller.
     *
     * @return the lowest of those there are
     */
    public double least() {
        return DoubleStream.of(value, bestQuartile(), callerNs).filter(figure -> !Double.isNaN(figure)).min().orElse(value);
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
