// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the TCP or UDP packet in a captured frame. Takes any bytes: what is no such packet is
 * skipped and counted, never an exception. Equal flow keys are one object.
 */
public final class PacketDecoder {
    private static final int TCP = 6;
    private static final int UDP = 17;
    // why a frame is skipped
    private static final int OTHER_PROTOCOL = 0;
    private static final int LATER_FRAGMENT = 1;
    private static final int TRUNCATED = 2;
    private static final int MALFORMED = 3;
    private static final int UNSUPPORTED_LINK = 4;

    private final Map<FlowKey, FlowKey> keys = new LinkedHashMap<>();
    private final int[] skipped = new int[5];
    // the frame being decoded
    private byte[] data;
    private int wireLength;
    private long timeNs;

    /** Creates a decoder with all counts zero. */
    public PacketDecoder() {}

    /** Tells whether frames of a link type can be decoded. */
    static boolean supports(int linkType) {
        return switch (linkType) {
            case 0, 1, 12, 14, 101, 108, 113, 228, 229, 276 -> true;
            default -> false;
        };
    }

    /** Says that a file is refused for its link type. */
    static String unsupported(int linkType) {
        return "unsupported link type " + linkType + " (supported: Ethernet 1, Linux cooked 113 and "
                + "276, raw IP 12, 14, 101, 228 and 229, loopback 0 and 108)";
    }

    /**
     * Decodes one frame.
     *
     * @param time the time of the packet
     * @param linkType the link type of the interface it was recorded on
     * @param frame the captured bytes, from the link header on
     * @param originalLength the length of the frame as sent
     * @return the packet, or null if the frame was skipped
     */
    public Packet decode(long time, int linkType, byte[] frame, int originalLength) {
        data = frame;
        wireLength = Math.max(originalLength, frame.length);
        timeNs = time;
        return switch (linkType) {
            case 0, 108 -> ip(4); // the address family numbers differ by system; the IP version decides
            case 1 -> etherType(12, 14);
            case 12, 14, 101, 228, 229 -> ip(0);
            case 113 -> etherType(14, 16);
            case 276 -> has(20) ? etherType(0, 20) : skip(TRUNCATED);
            default -> skip(UNSUPPORTED_LINK);
        };
    }

    /**
     * Returns what was skipped so far.
     *
     * @return the counts
     */
    public Skipped skipped() {
        return new Skipped(skipped[OTHER_PROTOCOL], skipped[LATER_FRAGMENT], skipped[TRUNCATED],
                skipped[MALFORMED], skipped[UNSUPPORTED_LINK]);
    }

    /**
     * Returns the flows seen so far.
     *
     * @return the flow keys in the order of their first packet
     */
    public List<FlowKey> flows() {
        return new ArrayList<>(keys.values());
    }

    /** The type is at one offset and what it describes at another; VLAN tags may come between. */
    private Packet etherType(int typeAt, int next) {
        int at = typeAt;
        int payload = next;
        while (has(at + 2)) {
            switch (u16(at)) {
                case 0x0800, 0x86DD -> {
                    return ip(payload);
                }
                case 0x8100, 0x88A8, 0x9100 -> {
                    at = payload + 2;
                    payload += 4;
                }
                default -> {
                    return skip(OTHER_PROTOCOL);
                }
            }
        }
        return skip(TRUNCATED);
    }

    private Packet ip(int at) {
        if (!has(at + 1)) {
            return skip(TRUNCATED);
        }
        return switch (u8(at) >> 4) {
            case 4 -> ipv4(at);
            case 6 -> ipv6(at);
            default -> skip(MALFORMED);
        };
    }

    private Packet ipv4(int at) {
        if (!has(at + 20)) {
            return skip(TRUNCATED);
        }
        int header = (u8(at) & 0xF) * 4;
        // a total length of 0 is left by segmentation offload: the frame tells the length then
        int total = u16(at + 2) == 0 ? wireLength - at : u16(at + 2);
        if (header < 20 || total < header) {
            return skip(MALFORMED);
        }
        if ((u16(at + 6) & 0x1FFF) != 0) {
            return skip(LATER_FRAGMENT);
        }
        return transport(u8(at + 9), false, at + 12, at + header, at + total);
    }

    private Packet ipv6(int at) {
        if (!has(at + 40)) {
            return skip(TRUNCATED);
        }
        int length = u16(at + 4);
        int end = length == 0 ? wireLength : at + 40 + length;
        int protocol = u8(at + 6);
        int next = at + 40;
        // hop-by-hop, routing, fragment and destination options
        while (protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60) {
            if (!has(next + 8)) {
                return skip(TRUNCATED);
            }
            if (protocol == 44 && u16(next + 2) >> 3 != 0) {
                return skip(LATER_FRAGMENT);
            }
            int size = protocol == 44 ? 8 : 8 + 8 * u8(next + 1);
            protocol = u8(next);
            next += size;
        }
        return transport(protocol, true, at + 8, next, end);
    }

    private Packet transport(int protocol, boolean ipv6, int addresses, int at, int end) {
        boolean tcp = protocol == TCP;
        if (!tcp && protocol != UDP) {
            return skip(OTHER_PROTOCOL);
        }
        // of TCP the ports, the header length and the flags are needed, the rest may be cut off
        if (!has(at + (tcp ? 14 : 8))) {
            return skip(TRUNCATED);
        }
        int header = tcp ? (u8(at + 12) >> 4) * 4 : 8;
        if (tcp && header < 20 || end - at < header) {
            return skip(MALFORMED);
        }
        int source = u16(at);
        FlowKey fresh = FlowKey.of(tcp, ipv6, data, addresses, source, u16(at + 2));
        FlowKey known = keys.putIfAbsent(fresh, fresh);
        FlowKey key = known == null ? fresh : known;
        int flags = tcp ? u8(at + 13) : 0;
        return new Packet(timeNs, key, tcp, (flags & 1) != 0, (flags & 4) != 0, (flags & 2) != 0,
                key.isForward(data, addresses, source), end - at - header);
    }

    private Packet skip(int reason) {
        skipped[reason]++;
        return null;
    }

    private boolean has(int end) {
        return end <= data.length;
    }

    private int u8(int at) {
        return data[at] & 0xFF;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }
}
