// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultCaptureTest {
    @Test
    void holdsWhatTheBenchmarksNeed() throws CaptureException {
        Capture capture = Capture.loadDefault();
        assertEquals("default.pcap", capture.name());
        assertTrue(capture.packets().size() >= 5000, "packets: " + capture.packets().size());
        assertTrue(capture.flows().size() >= 200, "flows: " + capture.flows().size());
        assertEquals(1, capture.interfaces().get(0).linkType());
        assertEquals(96, capture.interfaces().get(0).snapLength());
        assertEquals(0, capture.skipped().truncated() + capture.skipped().malformed());
        assertTrue(capture.durationNs() > 5_000_000_000L, "duration: " + capture.durationNs());
        assertTrue(capture.packets().stream().anyMatch(Packet::rst));
        assertTrue(capture.packets().stream().anyMatch(p -> !p.tcp()));
        assertTrue(capture.packets().stream().anyMatch(p -> p.key().ipv6()));
        assertEquals(0, capture.packets().get(0).timeNs());
        long before = 0;
        Map<FlowKey, FlowKey> keys = new HashMap<>();
        capture.flows().forEach(k -> keys.put(k, k));
        assertEquals(keys.size(), new HashSet<>(capture.flows()).size());
        for (Packet packet : capture.packets()) {
            assertTrue(packet.timeNs() >= before);
            before = packet.timeNs();
            assertSame(keys.get(packet.key()), packet.key());
        }
    }
}
