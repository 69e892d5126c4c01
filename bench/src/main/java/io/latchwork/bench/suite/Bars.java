// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes charts of bars: a group for each operation, a colour for each peer.
 *
 * @param figures where the figures are found
 * @param groups the groups
 */
record Bars(Figures figures, List<Group> groups) {
    /**
     * The bars of one operation.
     *
     * @param label what is written below
     * @param what the operation
     * @param pending how many others were armed, or -1
     * @param threads how many threads, or -1
     */
    record Group(String label, String what, int pending, int threads) {
    }

    /** The chart without those of the peers that were not measured; empty if none was. Its axis is logarithmic. */
    List<ChartSpec> chart(final String name, final String title, final String unit, final List<String> peers) {
        ChartSpec chart = ChartSpec.bars(name, title, unit, groups.stream().map(Group::label).toList()).log(false, true);
        for (final String peer : peers) {
            final List<ChartSpec.Point> points = points(peer);
            if (!points.isEmpty()) {
                chart = chart.with(peer, points);
            }
        }
        return chart.series().isEmpty() ? List.of() : List.of(chart);
    }

    private List<ChartSpec.Point> points(final String peer) {
        final List<ChartSpec.Point> points = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            final Group group = groups.get(i);
            final double value = figures.value(group.what, peer, group.pending, group.threads);
            if (!Double.isNaN(value)) {
                points.add(new ChartSpec.Point(i, value));
            }
        }
        return points;
    }
}
