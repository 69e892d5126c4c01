// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.Locale;

/**
 * A ratio of two figures of one run, or a figure, and what it should be.
 *
 * @param what in words
 * @param value what it is; NaN if the rows cannot tell
 * @param limit what it should not be above, or, if more is better, not below
 * @param isMoreBetter whether more is better
 */
public record Goal(String what, double value, double limit, boolean isMoreBetter) {
    /** What came of a goal. */
    public enum Verdict {
        /** It is as it should be. */
        MET,
        /** It is not. */
        MISSED,
        /** A figure that it needs was not measured. */
        UNDECIDED;

        /**
         * How tables call it.
         *
         * @return lower case
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that should be low.
     *
     * @param what in words
     * @param value what it is, or NaN
     * @param limit the most it should be
     * @return the goal
     */
    public static Goal atMost(final String what, final double value, final double limit) {
        return new Goal(what, value, limit, false);
    }

    /**
     * Something that should be high.
     *
     * @param what in words
     * @param value what it is, or NaN
     * @param limit the least it should be
     * @return the goal
     */
    public static Goal atLeast(final String what, final double value, final double limit) {
        return new Goal(what, value, limit, true);
    }

    /**
     * Whether it is met.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        if (Double.isNaN(value) || Double.isNaN(limit)) {
            return Verdict.UNDECIDED;
        }
        return (isMoreBetter ? value >= limit : value <= limit) ? Verdict.MET : Verdict.MISSED;
    }

    /**
     * What it should be, in words.
     *
     * @return such as "at most 1.20"
     */
    public String target() {
        return (isMoreBetter ? "at least " : "at most ") + Text.number(limit);
    }
}
