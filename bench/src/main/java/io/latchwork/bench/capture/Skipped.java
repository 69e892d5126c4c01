// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

/**
 * How many packets of a capture file are not in the {@link Capture}, and why.
 *
 * @param otherProtocol neither TCP nor UDP over IP, such as ARP or ICMP
 * @param laterFragment IP fragments after the first, which carry no ports
 * @param truncated the captured bytes end within a header
 * @param malformed a header contradicts itself
 * @param unsupportedLink recorded on an interface with an unsupported link type
 */
public record Skipped(int otherProtocol, int laterFragment, int truncated, int malformed,
        int unsupportedLink) {

    /**
     * Returns the sum of all counts.
     *
     * @return the number of packets skipped
     */
    public int total() {
        return otherProtocol + laterFragment + truncated + malformed + unsupportedLink;
    }
}
