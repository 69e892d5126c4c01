// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

/**
 * One TCP or UDP packet of a {@link Capture}.
 *
 * @param timeNs nanoseconds since the first packet of the capture, never negative
 * @param key the flow, the same for both directions
 * @param tcp true for TCP, false for UDP
 * @param fin the TCP FIN flag, false for UDP
 * @param rst the TCP RST flag, false for UDP
 * @param syn the TCP SYN flag, false for UDP
 * @param forward true if the packet goes from the low endpoint of the key to the high one
 * @param payloadLength bytes of TCP or UDP payload as sent, however much of it was captured
 */
public record Packet(long timeNs, FlowKey key, boolean tcp, boolean fin, boolean rst, boolean syn,
        boolean forward, int payloadLength) {

    Packet atTime(long ns) {
        return new Packet(ns, key, tcp, fin, rst, syn, forward, payloadLength);
    }
}
