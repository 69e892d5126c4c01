// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import static io.latchwork.bench.capture.CaptureBytes.MICRO;
import static io.latchwork.bench.capture.CaptureBytes.NANO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassicFileTest {
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final long NOW = 1_700_000_000L;

    private static CaptureBytes little() {
        return CaptureBytes.classic(LITTLE, MICRO, 1, 96);
    }

    private static String problem(byte[] file) {
        return assertThrows(CaptureException.class, () -> CaptureBytes.load(file)).getMessage();
    }

    @Test
    void bothByteOrdersAndResolutions() throws CaptureException {
        for (ByteOrder order : new ByteOrder[] {BIG, LITTLE}) {
            for (int magic : new int[] {MICRO, NANO}) {
                Capture capture = CaptureBytes.classic(order, magic, 1, 262144)
                        .packet(NOW, 999_999, Frames.simple(Frames.SYN, 0))
                        .packet(NOW + 1, 1, Frames.reply(Frames.SYN | Frames.ACK, 0))
                        .packet(NOW + 2, 0, Frames.simple(Frames.FIN, 7)).load();
                long unit = magic == MICRO ? 1000 : 1;
                assertEquals("test.cap", capture.name());
                assertEquals(List.of(new CaptureInterface(1, 262144)), capture.interfaces());
                assertEquals(List.of(0L, 1_000_000_000L - 999_998 * unit, 2_000_000_000L - 999_999 * unit),
                        capture.packets().stream().map(Packet::timeNs).toList());
                assertEquals(capture.packets().get(2).timeNs(), capture.durationNs());
                assertEquals(List.of(true, false, true), capture.packets().stream().map(Packet::forward).toList());
                assertEquals(1, capture.flows().size());
                assertEquals(7, capture.packets().get(2).payloadLength());
                assertEquals(0, capture.skipped().total());
            }
        }
    }

    @Test
    void timesAfterJanuary2038AreLater() throws CaptureException {
        Capture capture = little().packet(0x7FFFFFFFL, 0, Frames.simple(0, 1))
                .packet(0x80000000L, 0, Frames.simple(0, 2)).packet(0xFFFFFFFFL, 0, Frames.simple(0, 3)).load();
        assertEquals(List.of(0L, 1_000_000_000L, 0x80000000L * 1_000_000_000L),
                capture.packets().stream().map(Packet::timeNs).toList());
    }

    @Test
    void sortsByTimeAndKeepsTheOrderOfEqualTimes() throws CaptureException {
        Capture capture = little().packet(NOW + 1, 0, Frames.simple(0, 1)).packet(NOW, 0, Frames.simple(0, 2))
                .packet(NOW + 1, 0, Frames.simple(0, 3)).packet(NOW, 0, Frames.simple(0, 4)).load();
        assertEquals(List.of(2, 4, 1, 3), capture.packets().stream().map(Packet::payloadLength).toList());
        assertEquals(List.of(0L, 0L, 1_000_000_000L, 1_000_000_000L),
                capture.packets().stream().map(Packet::timeNs).toList());
    }

    @Test
    void timeStartsAtTheFirstTcpOrUdpPacket() throws CaptureException {
        Capture capture = little().packet(NOW, 0, Frames.ethernet(0x0806, new byte[28]))
                .packet(NOW + 5, 0, Frames.simple(0, 1)).load();
        assertEquals(0, capture.packets().get(0).timeNs());
        assertEquals(1, capture.skipped().otherProtocol());
    }

    @Test
    void snapLengthAndOddLengths() throws CaptureException {
        byte[] frame = Frames.simple(Frames.ACK, 42);
        byte[] cut = Arrays.copyOf(frame, 70);
        // a captured length above the original one is taken as it is
        Capture capture = little().packet(NOW, 0, cut, 70, 1000).packet(NOW, 0, cut, 70, 60)
                .packet(NOW, 0, new byte[0]).load();
        assertEquals(2, capture.packets().size());
        assertEquals(42, capture.packets().get(1).payloadLength());
        assertEquals(1, capture.skipped().truncated());
    }

    @Test
    void linkTypeWithFrameCheckBits() throws CaptureException {
        Capture capture = CaptureBytes.classic(LITTLE, MICRO, 0x24000001, 0).packet(0, 0, Frames.simple(0, 1)).load();
        assertEquals(List.of(new CaptureInterface(1, 0)), capture.interfaces());
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals("test.cap: empty file", problem(new byte[0]));
        assertEquals("test.cap: not a pcap or pcapng file (it starts with 1f 8b 08 00)",
                problem(Frames.hex("1f8b080000000000")));
        assertEquals("test.cap: not a pcap or pcapng file (it starts with 7b)", problem(new byte[] {'{'}));
        assertEquals("test.cap: no TCP or UDP packets", problem(little().bytes()));
        assertEquals("test.cap: no TCP or UDP packets", problem(little().packet(0, 0, new byte[60]).bytes()));
        assertTrue(problem(CaptureBytes.classic(BIG, NANO, 127, 96).bytes())
                .startsWith("test.cap: unsupported link type 127 (supported: "));
        assertEquals("test.cap: damaged file: packet 1 at offset 24: captured length 4294967295",
                problem(little().packet(0, 0, new byte[0], -1, 60).bytes()));
    }

    @Test
    void everyCutIsSeen() {
        CaptureBytes file = little().packet(NOW, 0, Frames.simple(0, 1)).packet(NOW, 0, Frames.simple(0, 1));
        int length = file.bytes().length;
        int second = length - 16 - 55;
        assertEquals("test.cap: truncated file: packet 2 at offset 95: 45 of 55 bytes are there",
                problem(file.cut(10)));
        assertEquals("test.cap: truncated file: packet 2 at offset 95: 3 of 16 bytes are there",
                problem(file.cut(55 + 13)));
        assertEquals("test.cap: truncated file: file header at offset 0, before packet 1: 6 of 20 bytes are there",
                problem(file.cut(length - 10)));
        for (int cut = 1; cut < length; cut++) {
            if (length - cut != second && length - cut != 24) {
                String message = problem(file.cut(cut));
                assertTrue(message.contains(length - cut < 4 ? "not a pcap" : "truncated file"), message);
            }
        }
    }

    @Test
    void loadsFromPaths(@TempDir Path dir) throws IOException, CaptureException {
        Path file = dir.resolve("some.pcap");
        Files.write(file, little().packet(NOW, 0, Frames.simple(0, 1)).bytes());
        assertEquals("some.pcap", Capture.load(file).name());
        Path none = dir.resolve("none.pcap");
        assertEquals("none.pcap: no such file: " + none,
                assertThrows(CaptureException.class, () -> Capture.load(none)).getMessage());
        assertTrue(assertThrows(CaptureException.class, () -> Capture.load(dir)).getMessage()
                .endsWith(": is a directory"));
    }

    @Test
    void readFailuresBecomeCaptureExceptions() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertEquals("x: cannot be read: gone",
                assertThrows(CaptureException.class, () -> Capture.load(broken, "x")).getMessage());
    }

    @Test
    void isImmutable() throws CaptureException {
        Capture capture = little().packet(NOW, 0, Frames.simple(0, 1)).load();
        assertThrows(UnsupportedOperationException.class, () -> capture.packets().clear());
        assertThrows(UnsupportedOperationException.class, () -> capture.flows().clear());
        assertThrows(UnsupportedOperationException.class, () -> capture.interfaces().clear());
    }
}
