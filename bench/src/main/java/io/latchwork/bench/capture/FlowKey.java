// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

/**
 * The protocol, addresses and ports of a flow. Both directions of a flow have equal keys: of the
 * two endpoints the one with the lower address, or at equal addresses the lower port, is the low
 * endpoint. Keys are immutable and totally ordered.
 */
public final class FlowKey implements Comparable<FlowKey> {
    private static final long PHI = 0x9E3779B97F4A7C15L;

    private final boolean tcp;
    private final boolean ipv6;
    private final int lowPort;
    private final int highPort;
    // addresses as two halves each; IPv4 addresses are in the second half
    private final long low1;
    private final long low2;
    private final long high1;
    private final long high2;
    private final int hash;

    private FlowKey(boolean tcp, boolean ipv6, long low1, long low2, int lowPort, long high1,
            long high2, int highPort) {
        this.tcp = tcp;
        this.ipv6 = ipv6;
        this.low1 = low1;
        this.low2 = low2;
        this.lowPort = lowPort;
        this.high1 = high1;
        this.high2 = high2;
        this.highPort = highPort;
        long h = mix((tcp ? 1 : 0) | (ipv6 ? 2 : 0) | (long) lowPort << 16 | (long) highPort << 32);
        h = mix(h + low2);
        h = mix(h + high2);
        if (ipv6) {
            h = mix(h + low1);
            h = mix(h + high1);
        }
        hash = (int) (h ^ h >>> 32);
    }

    private static long mix(long v) {
        long x = (v + PHI) * PHI;
        x = (x ^ x >>> 32) * 0xD6E8FEB86659FD93L;
        return x ^ x >>> 29;
    }

    /**
     * Returns the key of the flow between two endpoints, given in either order.
     *
     * @param tcp true for TCP, false for UDP
     * @param addressA the address of one endpoint, 4 or 16 bytes
     * @param portA its port
     * @param addressB the address of the other endpoint, of the same length
     * @param portB its port
     * @return the key
     */
    public static FlowKey of(boolean tcp, byte[] addressA, int portA, byte[] addressB, int portB) {
        int length = addressA.length;
        if (length != 4 && length != 16 || addressB.length != length) {
            throw new IllegalArgumentException("addresses must both have 4 or both have 16 bytes");
        }
        if ((portA | portB) >>> 16 != 0) {
            throw new IllegalArgumentException("ports must be 0 to 65535");
        }
        byte[] both = new byte[2 * length];
        System.arraycopy(addressA, 0, both, 0, length);
        System.arraycopy(addressB, 0, both, length, length);
        return of(tcp, length == 16, both, 0, portA, portB);
    }

    /** The source address is at the offset, the destination address follows it. */
    static FlowKey of(boolean tcp, boolean ipv6, byte[] data, int offset, int srcPort, int dstPort) {
        long s1 = ipv6 ? number(data, offset, 8) : 0;
        long s2 = ipv6 ? number(data, offset + 8, 8) : number(data, offset, 4);
        long d1 = ipv6 ? number(data, offset + 16, 8) : 0;
        long d2 = ipv6 ? number(data, offset + 24, 8) : number(data, offset + 4, 4);
        return compare(s1, s2, srcPort, d1, d2, dstPort) <= 0
                ? new FlowKey(tcp, ipv6, s1, s2, srcPort, d1, d2, dstPort)
                : new FlowKey(tcp, ipv6, d1, d2, dstPort, s1, s2, srcPort);
    }

    private static long number(byte[] data, int offset, int bytes) {
        long n = 0;
        for (int i = 0; i < bytes; i++) {
            n = n << 8 | data[offset + i] & 0xFF;
        }
        return n;
    }

    private static int compare(long a1, long a2, int aPort, long b1, long b2, int bPort) {
        int c = Long.compareUnsigned(a1, b1);
        c = c != 0 ? c : Long.compareUnsigned(a2, b2);
        return c != 0 ? c : Integer.compare(aPort, bPort);
    }

    /** Tells whether a packet from this address and port goes from the low endpoint to the high. */
    boolean isForward(byte[] data, int offset, int srcPort) {
        long s1 = ipv6 ? number(data, offset, 8) : 0;
        long s2 = ipv6 ? number(data, offset + 8, 8) : number(data, offset, 4);
        return compare(s1, s2, srcPort, low1, low2, lowPort) == 0;
    }

    /**
     * Tells the protocol.
     *
     * @return true for TCP, false for UDP
     */
    public boolean tcp() {
        return tcp;
    }

    /**
     * Tells the IP version.
     *
     * @return true for IPv6, false for IPv4
     */
    public boolean ipv6() {
        return ipv6;
    }

    /**
     * Returns the port of the low endpoint.
     *
     * @return 0 to 65535
     */
    public int lowPort() {
        return lowPort;
    }

    /**
     * Returns the port of the high endpoint.
     *
     * @return 0 to 65535
     */
    public int highPort() {
        return highPort;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof FlowKey that && that.hash == hash && compareTo(that) == 0;
    }

    @Override
    public int compareTo(FlowKey o) {
        int c = Boolean.compare(tcp, o.tcp);
        c = c != 0 ? c : Boolean.compare(ipv6, o.ipv6);
        c = c != 0 ? c : compare(low1, low2, lowPort, o.low1, o.low2, o.lowPort);
        return c != 0 ? c : compare(high1, high2, highPort, o.high1, o.high2, o.highPort);
    }

    /** Returns for example {@code tcp 10.0.0.1:80-10.0.0.2:4242}. */
    @Override
    public String toString() {
        StringBuilder to = new StringBuilder(tcp ? "tcp " : "udp ");
        AddressText.append(to, ipv6, low1, low2).append(':').append(lowPort).append('-');
        return AddressText.append(to, ipv6, high1, high2).append(':').append(highPort).toString();
    }
}
