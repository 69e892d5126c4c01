// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowKeyTest {
    private static FlowKey key(boolean tcp, String a, int aPort, String b, int bPort) {
        return FlowKey.of(tcp, Frames.address(a), aPort, Frames.address(b), bPort);
    }

    @Test
    void bothDirectionsAreOneFlow() {
        FlowKey there = key(true, "10.0.0.2", 4242, "10.0.0.1", 80);
        FlowKey back = key(true, "10.0.0.1", 80, "10.0.0.2", 4242);
        assertEquals(there, back);
        assertEquals(there.hashCode(), back.hashCode());
        assertEquals(0, there.compareTo(back));
        assertEquals("tcp 10.0.0.1:80-10.0.0.2:4242", there.toString());
        assertEquals(80, there.lowPort());
        assertEquals(4242, there.highPort());
    }

    @Test
    void addressesCompareUnsigned() {
        assertEquals("udp 127.0.0.1:9-255.1.2.3:1", key(false, "255.1.2.3", 1, "127.0.0.1", 9).toString());
        assertEquals("udp [1::]:9-[fe80::1]:1", key(false, "fe80::1", 1, "1::", 9).toString());
    }

    @Test
    void equalAddressesOrderByPort() {
        assertEquals("tcp 1.1.1.1:5-1.1.1.1:6", key(true, "1.1.1.1", 6, "1.1.1.1", 5).toString());
    }

    @Test
    void everyPartDistinguishes() {
        List<FlowKey> keys = List.of(key(true, "10.0.0.1", 1, "10.0.0.2", 2), key(false, "10.0.0.1", 1, "10.0.0.2", 2),
                key(true, "10.0.0.1", 2, "10.0.0.2", 1), key(true, "10.0.0.1", 1, "10.0.0.3", 2),
                key(true, "10.0.0.0", 1, "10.0.0.2", 2), key(true, "10.0.0.1", 1, "10.0.0.2", 3),
                key(true, "::a00:1", 1, "::a00:2", 2), key(true, "1::a00:1", 1, "::a00:2", 2),
                key(true, "::a00:1", 1, "1::a00:2", 2));
        for (FlowKey a : keys) {
            for (FlowKey b : keys) {
                assertEquals(a == b, a.equals(b), a + " and " + b);
                assertEquals(a == b, a.compareTo(b) == 0, a + " and " + b);
                assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)), a + " and " + b);
            }
        }
        assertNotEquals(keys.get(0), new Object());
        List<FlowKey> sorted = new ArrayList<>(keys);
        Collections.sort(sorted);
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                assertTrue(sorted.get(i).compareTo(sorted.get(j)) < 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"::, [::]", "::1, [::1]", "1::, [1::]", "2001:db8::1, [2001:db8::1]",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]", "1:0:3:4:5:6:7:8, [1:0:3:4:5:6:7:8]",
        "1:0:0:4:0:0:0:8, [1:0:0:4::8]", "fd77:0:0:1::, [fd77:0:0:1::]", "0:0:3:4:5:6:0:0, [::3:4:5:6:0:0]"})
    void ipv6Text(String address, String text) {
        String key = key(true, address, 1, address, 2).toString();
        assertEquals("tcp " + text + ":1-" + text + ":2", key);
    }

    @Test
    void sequentialKeysSpreadOverTheLowBits() {
        Set<Integer> hashes = new HashSet<>();
        int[] buckets = new int[256];
        for (int i = 0; i < 65536; i++) {
            int hash = key(true, "10.0.0.1", 80, "10.0." + (i & 1) + "." + (i >> 1 & 3), 1024 + (i >> 3)).hashCode();
            hashes.add(hash);
            buckets[hash & 255]++;
        }
        assertTrue(hashes.size() > 65500, "distinct hashes: " + hashes.size());
        for (int count : buckets) {
            assertTrue(count > 256 / 2 && count < 256 * 2, "keys in one bucket: " + count);
        }
    }

    @Test
    void refusesWhatIsNoEndpoint() {
        byte[] four = new byte[4];
        assertThrows(IllegalArgumentException.class, () -> FlowKey.of(true, four, 1, new byte[16], 1));
        assertThrows(IllegalArgumentException.class, () -> FlowKey.of(true, new byte[5], 1, new byte[5], 1));
        assertThrows(IllegalArgumentException.class, () -> FlowKey.of(true, four, -1, four, 1));
        assertThrows(IllegalArgumentException.class, () -> FlowKey.of(true, four, 1, four, 65536));
        assertFalse(FlowKey.of(false, four, 0, four, 65535).tcp());
    }
}
