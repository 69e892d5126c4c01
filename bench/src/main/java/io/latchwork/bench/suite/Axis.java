// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where values are on a drawing.
 *
 * @param min the lowest value; above zero if the axis is logarithmic
 * @param max the highest, above the lowest
 * @param isLog whether equal ratios are equally far apart
 * @param from where the lowest is drawn
 * @param to where the highest is drawn
 */
record Axis(double min, double max, boolean isLog, double from, double to) {
    private static final int TICKS = 6;
    private static final double TEN = 10;
    private static final double[] STEPS = {1, 2, 5, TEN};
    private static final double ROUNDING = 1e-9;

    /** An axis that values fit on, with round ends; a linear one begins at 0. */
    static Axis of(final List<Double> values, final boolean isLog, final double from, final double to) {
        final double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        if (isLog) {
            final double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
            final double below = Math.pow(TEN, Math.floor(Math.log10(least) + ROUNDING));
            final double above = Math.pow(TEN, Math.ceil(Math.log10(most) - ROUNDING));
            return new Axis(below, Math.max(above, below * TEN), true, from, to);
        }
        final double step = step(most <= 0 ? 1 : most);
        return new Axis(0, Math.max(1, Math.ceil(most / step - ROUNDING)) * step, false, from, to);
    }

    /** The round distance between ticks that makes few enough of them. */
    private static double step(final double range) {
        final double power = Math.pow(TEN, Math.floor(Math.log10(range / TICKS)));
        for (final double step : STEPS) {
            if (range / (step * power) <= TICKS) {
                return step * power;
            }
        }
        return TEN * power;
    }

    double at(final double value) {
        final double share = isLog ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
        return from + share * (to - from);
    }

    /** Whether a value can be drawn. */
    boolean shows(final double value) {
        return !Double.isNaN(value) && (!isLog || value > 0);
    }

    /** Round values to draw lines at. */
    List<Double> ticks() {
        final List<Double> ticks = new ArrayList<>();
        if (isLog) {
            for (double tick = min; tick <= max * (1 + ROUNDING); tick *= TEN) {
                ticks.add(tick);
            }
        } else {
            final double step = step(max - min);
            for (int i = 0; i * step <= max * (1 + ROUNDING); i++) {
                ticks.add(i * step);
            }
        }
        return ticks;
    }

    /** A short form of a value: 1k, 2.5M. */
    static String label(final double value) {
        final String[] units = {"", "k", "M", "G"};
        double rest = value;
        int unit = 0;
        while (Math.abs(rest) >= 1_000 && unit < units.length - 1) {
            rest /= 1_000;
            unit++;
        }
        final String digits = String.format(Locale.ROOT, rest >= 100 ? "%.0f" : rest >= TEN ? "%.1f" : "%.2f", rest);
        return (digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits) + units[unit];
    }
}
