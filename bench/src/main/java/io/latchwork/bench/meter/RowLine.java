// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.meter;

import java.io.PrintStream;

/**
 * A figure as a measuring program prints it, for the JVM that started it to read: {@code @row} and eight fields with bars between
 * them. Whatever does not begin so is for people.
 *
 * @param what the operation or quantity
 * @param peer who did it
 * @param pending how many timers took part; -1 if that does not matter
 * @param threads how many threads called
 * @param value the figure
 * @param unit its unit
 * @param cpuNs processor time of an operation; NaN if it was not measured
 * @param bytes bytes of an operation; NaN if they were not measured
 */
public record RowLine(String what, String peer, int pending, int threads, double value, String unit, double cpuNs,
                      double bytes) {
    /** What a line begins with. */
    public static final String MARK = "@row ";

    private static final String BAR = "|";

    /**
     * A figure without processor time and bytes, of one thread.
     *
     * @param what the operation or quantity
     * @param peer who did it
     * @param pending how many timers took part; -1 if that does not matter
     * @param value the figure
     * @param unit its unit
     */
    public RowLine(final String what, final String peer, final int pending, final double value, final String unit) {
        this(what, peer, pending, 1, value, unit, Double.NaN, Double.NaN);
    }

    /**
     * Prints it.
     *
     * @param to where to
     */
    public void print(final PrintStream to) {
        to.println(MARK + String.join(BAR, what, peer, String.valueOf(pending), String.valueOf(threads), String.valueOf(value),
            unit, String.valueOf(cpuNs), String.valueOf(bytes)));
    }
}
