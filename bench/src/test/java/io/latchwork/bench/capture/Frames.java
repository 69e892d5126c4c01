// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Builds frames from link headers, IP headers, TCP and UDP headers. */
final class Frames {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;
    static final byte[] A4 = address("10.0.0.1");
    static final byte[] B4 = address("10.0.0.2");
    static final byte[] A6 = address("2001:db8::1");
    static final byte[] B6 = address("2001:db8::2");

    private Frames() {
    }

    static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] ethernet(int type, byte[] payload) {
        return join(hex("020000000001 020000000002"), u16(type), payload);
    }

    static byte[] u16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    static byte[] tcp(int from, int to, int flags, int payload) {
        return ByteBuffer.allocate(20 + payload).putShort((short) from).putShort((short) to).putInt(1).putInt(2)
                .put((byte) 0x50).put((byte) flags).putShort((short) 1000).array();
    }

    static byte[] udp(int from, int to, int payload) {
        return ByteBuffer.allocate(8 + payload).putShort((short) from).putShort((short) to)
                .putShort((short) (8 + payload)).array();
    }

    static byte[] ipv4(int protocol, byte[] from, byte[] to, byte[] payload) {
        return ipv4(protocol, from, to, 0, new byte[0], payload);
    }

    static byte[] ipv4(int protocol, byte[] from, byte[] to, int fragment, byte[] options, byte[] payload) {
        int header = 20 + options.length;
        return ByteBuffer.allocate(header + payload.length).put((byte) (0x40 | header / 4)).put((byte) 0)
                .putShort((short) (header + payload.length)).putShort((short) 7).putShort((short) fragment)
                .put((byte) 64).put((byte) protocol).putShort((short) 0).put(from).put(to).put(options).put(payload)
                .array();
    }

    static byte[] ipv6(int next, byte[] from, byte[] to, byte[] payload) {
        return ByteBuffer.allocate(40 + payload.length).putInt(0x60000000).putShort((short) payload.length)
                .put((byte) next).put((byte) 64).put(from).put(to).put(payload).array();
    }

    /** A TCP packet from 10.0.0.1:4242 to 10.0.0.2:80 on Ethernet. */
    static byte[] simple(int flags, int payload) {
        return ethernet(0x0800, ipv4(6, A4, B4, tcp(4242, 80, flags, payload)));
    }

    /** The answer to it. */
    static byte[] reply(int flags, int payload) {
        return ethernet(0x0800, ipv4(6, B4, A4, tcp(80, 4242, flags, payload)));
    }
}
