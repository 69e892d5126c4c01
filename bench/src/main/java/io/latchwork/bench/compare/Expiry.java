// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.bench.capture.FlowKey;
import java.util.Comparator;

/**
 * A flow was removed.
 *
 * @param timeNs when, in nanoseconds since the first packet
 * @param key which
 */
record Expiry(long timeNs, FlowKey key) implements Comparable<Expiry> {
    private static final Comparator<Expiry> ORDER =
        Comparator.comparingLong(Expiry::timeNs).thenComparing(Expiry::key);

    @Override
    public int compareTo(Expiry other) {
        return ORDER.compare(this, other);
    }
}
