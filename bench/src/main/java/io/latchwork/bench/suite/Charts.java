// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

/** Draws charts. */
final class Charts {
    private Charts() {
    }

    /** A chart as SVG. */
    static String svg(final ChartSpec spec) {
        return spec.categories().isEmpty() ? LineChart.draw(spec) : BarChart.draw(spec);
    }
}
