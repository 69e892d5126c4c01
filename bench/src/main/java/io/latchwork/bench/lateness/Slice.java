// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What was measured within a few seconds: a peer, and the machine beside it.
 *
 * @param late the peer
 * @param park the machine, parking for 0.1 to 10 ms
 * @param spin the machine, spinning for 0.1 ms
 * @param onPlan a thread of the machine that carried out the same plan; empty if there was none
 */
record Slice(Lateness late, Lateness park, Lateness spin, Lateness onPlan) {
    /** Nothing yet. */
    Slice() {
        this(new Lateness(), new Lateness(), new Lateness(), new Lateness());
    }

    /** One of the four, of all slices together. */
    static Lateness pooled(final List<Slice> slices, final Function<Slice, Lateness> which) {
        final Lateness all = new Lateness();
        slices.forEach(slice -> all.addAll(which.apply(slice)));
        return all;
    }

    /**
     * A figure of each slice, and of these the median: what disturbs the machine in one slice does not get into it. Of an even
     * number the lower one.
     */
    static double median(final List<Slice> slices, final ToDoubleFunction<Slice> figure) {
        final double[] sorted = slices.stream().mapToDouble(figure).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(sorted.length - 1) / 2];
    }

    /** How the peer compares with the sleep of the machine that it cannot do without. */
    double p50ToPark() {
        return late.us(50) / park.us(50);
    }

    /** What the peer adds to a thread that does nothing but carry out the plan, in microseconds. */
    double p99OverPlan() {
        return late.us(99) - onPlan.us(99);
    }
}
