// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

/**
 * An interface a capture was recorded on. A classic pcap file has exactly one.
 *
 * @param linkType the link type number, such as 1 for Ethernet
 * @param snapLength the most bytes recorded of one packet, 0 for no limit
 */
public record CaptureInterface(int linkType, long snapLength) {}
