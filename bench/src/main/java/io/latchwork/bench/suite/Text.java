// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.Locale;

/** Numbers for people. */
final class Text {
    private static final double LARGE = 100;

    private Text() {
    }

    /** A figure; empty if there is none. */
    static String number(final double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= LARGE ? "%.0f" : "%.2f", value);
    }

    /** A count; empty if it does not matter. */
    static String count(final int value) {
        return value < 0 ? "" : String.valueOf(value);
    }
}
