// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.bench.capture.FlowKey;
import io.latchwork.bench.capture.Packet;
import java.util.ArrayList;
import java.util.List;

/** Builds small traffic for tests. Flows are told apart by the port of the high endpoint. */
final class Packets {
    private static final byte[] LOW = {10, 0, 0, 1};
    private static final byte[] HIGH = {10, 0, 0, 2};
    private static final int LOW_PORT = 80;
    private static final long NS_PER_MS = 1_000_000;

    private final List<Packet> list = new ArrayList<>();

    static FlowKey key(int highPort) {
        return FlowKey.of(true, LOW, LOW_PORT, HIGH, highPort);
    }

    /** Data from the low endpoint. */
    Packets data(long atMs, int highPort) {
        return add(atMs, highPort, false, false, true);
    }

    /** FIN from one endpoint. */
    Packets fin(long atMs, int highPort, boolean fromLow) {
        return add(atMs, highPort, true, false, fromLow);
    }

    /** RST from one endpoint. */
    Packets rst(long atMs, int highPort, boolean fromLow) {
        return add(atMs, highPort, false, true, fromLow);
    }

    private Packets add(long atMs, int highPort, boolean fin, boolean rst, boolean forward) {
        list.add(new Packet(atMs * NS_PER_MS, key(highPort), true, fin, rst, false, forward, 0));
        return this;
    }

    Traffic traffic() {
        return Traffic.of("test", list);
    }

    /** An expiry at a time in milliseconds. */
    static Expiry expiry(long atMs, int highPort) {
        return new Expiry(atMs * NS_PER_MS, key(highPort));
    }
}
