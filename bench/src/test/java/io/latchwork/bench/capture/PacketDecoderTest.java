// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import static io.latchwork.bench.capture.Frames.A4;
import static io.latchwork.bench.capture.Frames.A6;
import static io.latchwork.bench.capture.Frames.B4;
import static io.latchwork.bench.capture.Frames.B6;
import static io.latchwork.bench.capture.Frames.ethernet;
import static io.latchwork.bench.capture.Frames.hex;
import static io.latchwork.bench.capture.Frames.ipv4;
import static io.latchwork.bench.capture.Frames.ipv6;
import static io.latchwork.bench.capture.Frames.join;
import static io.latchwork.bench.capture.Frames.tcp;
import static io.latchwork.bench.capture.Frames.u16;
import static io.latchwork.bench.capture.Frames.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {
    private static final String KEY4 = "tcp 10.0.0.1:4242-10.0.0.2:80";
    private static final byte[] IP4 = ipv4(6, A4, B4, tcp(4242, 80, Frames.SYN, 5));
    private static final byte[] IP6 = ipv6(17, B6, A6, udp(53, 9999, 12));

    private final PacketDecoder decoder = new PacketDecoder();

    private Packet decode(int linkType, byte[]... parts) {
        byte[] frame = join(parts);
        return decoder.decode(77, linkType, frame, frame.length);
    }

    private void assertIp4(Packet packet) {
        assertNotNull(packet, () -> decoder.skipped().toString());
        FlowKey key = FlowKey.of(true, A4, 4242, B4, 80);
        assertEquals(new Packet(77, key, true, false, false, true, true, 5), packet);
        assertEquals(KEY4, packet.key().toString());
    }

    private void assertIp6(Packet packet) {
        assertNotNull(packet, () -> decoder.skipped().toString());
        FlowKey key = FlowKey.of(false, A6, 9999, B6, 53);
        assertEquals(new Packet(77, key, false, false, false, false, false, 12), packet);
        assertEquals("udp [2001:db8::1]:9999-[2001:db8::2]:53", packet.key().toString());
    }

    @Test
    void ethernetWithAndWithoutVlanTags() {
        assertIp4(decode(1, ethernet(0x0800, IP4)));
        assertIp6(decode(1, ethernet(0x86DD, IP6)));
        assertIp4(decode(1, ethernet(0x8100, join(u16(5), u16(0x0800), IP4))));
        assertIp6(decode(1, ethernet(0x88A8, join(u16(5), u16(0x8100), u16(6), u16(0x86DD), IP6))));
    }

    @Test
    void linuxCooked() {
        assertIp4(decode(113, hex("0000 0001 0006 020000000001 0000"), u16(0x0800), IP4));
        assertIp6(decode(113, hex("0004 0001 0006 020000000001 0000"), u16(0x86DD), IP6));
        assertIp4(decode(276, u16(0x0800), hex("0000 00000002 0001 00 06 0200000000010000"), IP4));
        assertIp6(decode(276, u16(0x86DD), hex("0000 00000002 0001 00 06 0200000000010000"), IP6));
        assertIp4(decode(276, u16(0x8100), hex("0000 00000002 0001 00 06 0200000000010000"), u16(5), u16(0x0800),
                IP4));
    }

    @Test
    void rawIpAndLoopback() {
        for (int linkType : new int[] {12, 14, 101, 228}) {
            assertIp4(decode(linkType, IP4));
        }
        for (int linkType : new int[] {12, 14, 101, 229}) {
            assertIp6(decode(linkType, IP6));
        }
        assertIp4(decode(0, hex("02000000"), IP4));
        assertIp6(decode(0, hex("0000001e"), IP6));
        assertIp6(decode(108, hex("00000018"), IP6));
    }

    @Test
    void flagsAndDirection() {
        Packet fin = decode(101, ipv4(6, B4, A4, tcp(80, 4242, Frames.FIN | Frames.ACK, 0)));
        assertTrue(fin.fin() && !fin.syn() && !fin.rst() && !fin.forward());
        Packet rst = decode(101, ipv4(6, A4, B4, tcp(4242, 80, Frames.RST, 0)));
        assertTrue(rst.rst() && !rst.syn() && !rst.fin() && rst.forward());
        assertSame(fin.key(), rst.key(), "equal keys are one object");
        assertEquals(1, decoder.flows().size());
    }

    @Test
    void payloadIsThatOfTheIpHeader() {
        // Ethernet padding does not count
        assertEquals(0, decode(1, ethernet(0x0800, ipv4(17, A4, B4, udp(1, 2, 0))), new byte[18]).payloadLength());
        // nor does it matter how much was captured
        byte[] cut = Arrays.copyOf(ethernet(0x0800, ipv4(6, A4, B4, tcp(1, 2, 0, 1000))), 96);
        assertEquals(1000, decoder.decode(0, 1, cut, 1054).payloadLength());
        // a length of 0 is left by segmentation offload
        byte[] offload = ethernet(0x0800, ipv4(6, A4, B4, tcp(1, 2, 0, 10)));
        offload[16] = 0;
        offload[17] = 0;
        assertEquals(40000, decoder.decode(0, 1, offload, 40054).payloadLength());
        byte[] big = ethernet(0x86DD, ipv6(6, A6, B6, tcp(1, 2, 0, 10)));
        big[18] = 0;
        big[19] = 0;
        assertEquals(90000, decoder.decode(0, 1, big, 90074).payloadLength());
    }

    @Test
    void ipv4OptionsAndFragments() {
        byte[] segment = tcp(4242, 80, Frames.SYN, 5);
        assertIp4(decode(101, ipv4(6, A4, B4, 0, new byte[8], segment)));
        assertIp4(decode(101, ipv4(6, A4, B4, 0x2000, new byte[0], segment)));
        assertNull(decode(101, ipv4(6, A4, B4, 0x2001, new byte[0], segment)));
        assertEquals(new Skipped(0, 1, 0, 0, 0), decoder.skipped());
    }

    @Test
    void ipv6ExtensionHeaders() {
        byte[] datagram = udp(53, 9999, 12);
        byte[] hopByHop = hex("2b 00 050200000100");
        byte[] routing = hex("2c 01 0000 00000000 0000000000000000");
        byte[] firstFragment = hex("3c 00 0001 00000009");
        byte[] laterFragment = hex("11 00 0009 00000009");
        byte[] destination = hex("11 00 010400000000");
        assertIp6(decode(101, ipv6(0, B6, A6, join(hopByHop, routing, firstFragment, destination, datagram))));
        assertNull(decode(101, ipv6(44, B6, A6, join(laterFragment, datagram))));
        assertNull(decode(101, ipv6(59, B6, A6, new byte[0])));
        assertNull(decode(101, ipv6(0, B6, A6, hopByHop)));
        assertEquals(new Skipped(1, 1, 1, 0, 0), decoder.skipped());
    }

    @Test
    void othersAreCounted() {
        assertNull(decode(1, ethernet(0x0806, new byte[28])));
        assertNull(decode(1, ethernet(100, new byte[100])));
        assertNull(decode(101, ipv4(1, A4, B4, new byte[8])));
        assertNull(decode(101, ipv6(58, A6, B6, new byte[8])));
        assertEquals(new Skipped(4, 0, 0, 0, 0), decoder.skipped());
        assertNull(decode(101, hex("50000000")));
        assertNull(decode(101, ipv4(6, A4, B4, new byte[20])));
        byte[] shortHeader = IP4.clone();
        shortHeader[0] = 0x44;
        assertNull(decode(101, shortHeader));
        byte[] shortTotal = IP4.clone();
        shortTotal[3] = 30;
        assertNull(decode(101, shortTotal));
        assertEquals(new Skipped(4, 0, 0, 4, 0), decoder.skipped());
        assertNull(decode(127, IP4));
        assertEquals(new Skipped(4, 0, 0, 4, 1), decoder.skipped());
        assertEquals(9, decoder.skipped().total());
        assertFalse(PacketDecoder.supports(127));
    }

    @Test
    void anyCutIsTruncatedOrComplete() {
        byte[][] frames = {ethernet(0x8100, join(u16(5), u16(0x0800), IP4)), ethernet(0x86DD, IP6)};
        int[] needed = {18 + 20 + 14, 14 + 40 + 8};
        for (int f = 0; f < frames.length; f++) {
            for (int cut = 0; cut < frames[f].length; cut++) {
                Packet packet = decoder.decode(0, 1, Arrays.copyOf(frames[f], cut), frames[f].length);
                assertEquals(cut >= needed[f], packet != null, "cut to " + cut);
            }
        }
        assertEquals(new Skipped(0, 0, needed[0] + needed[1], 0, 0), decoder.skipped());
        for (int linkType : new int[] {0, 12, 101, 108, 113, 276}) {
            assertNull(decode(linkType, new byte[0]));
            assertNull(decode(linkType, new byte[1]));
        }
    }
}
