// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NgFileTest {
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final byte[] FRAME = Frames.simple(Frames.SYN, 1);
    private static final int TSRESOL = 9;
    private static final int TSOFFSET = 14;

    private static String problem(byte[] file) {
        return assertThrows(CaptureException.class, () -> CaptureBytes.load(file)).getMessage();
    }

    private static List<Long> times(Capture capture) {
        return capture.packets().stream().map(Packet::timeNs).toList();
    }

    @Test
    void microsecondsUnlessToldOtherwise() throws CaptureException {
        for (ByteOrder order : new ByteOrder[] {BIG, LITTLE}) {
            Capture capture = CaptureBytes.ng(order).iface(1, 96).enhanced(0, 1_700_000_000_000_000L, FRAME)
                    .enhanced(0, 1_700_000_000_000_003L, FRAME).load();
            assertEquals(List.of(0L, 3000L), times(capture));
            assertEquals(List.of(new CaptureInterface(1, 96)), capture.interfaces());
            assertEquals(1, capture.packets().get(0).payloadLength());
        }
    }

    /** Two packets, ten seconds and some units apart. */
    @ParameterizedTest
    @CsvSource({"0, 1, 5, 15000000000", "3, 1000, 5, 10005000000", "9, 1000000000, 5, 10000000005",
        "12, 1000000000000, 5999, 10000000005", "128, 1, 5, 15000000000", "138, 1024, 512, 10500000000",
        "158, 1073741824, 1, 10000000000", "158, 1073741824, 536870912, 10500000000",
        "187, 576460752303423488, 288230376151711744, 10500000000"})
    void resolutions(int tsresol, long perSecond, long units, long expectedNs) throws CaptureException {
        for (ByteOrder order : new ByteOrder[] {BIG, LITTLE}) {
            CaptureBytes file = CaptureBytes.ng(order);
            Capture capture = file.iface(1, 96, file.option(2, (byte) 'e', (byte) 't', (byte) 'h'),
                    file.option(TSRESOL, (byte) tsresol)).enhanced(0, perSecond, FRAME)
                    .enhanced(0, 11 * perSecond + units, FRAME).load();
            assertEquals(List.of(0L, expectedNs), times(capture));
        }
    }

    @Test
    void interfacesHaveTheirOwnLinkTypeResolutionAndOffset() throws CaptureException {
        CaptureBytes file = CaptureBytes.ng(LITTLE);
        byte[] rawIp = Arrays.copyOfRange(FRAME, 14, FRAME.length);
        Capture capture = file.iface(1, 96, file.option(TSRESOL, (byte) 9)).iface(101, 0)
                .iface(101, 128, file.longOption(TSOFFSET, -10), file.option(TSRESOL, (byte) 0))
                .enhanced(0, 100_000_000_000L, FRAME).enhanced(1, 101_000_000L, rawIp).enhanced(2, 112, rawIp).load();
        assertEquals(List.of(0L, 1_000_000_000L, 2_000_000_000L), times(capture));
        assertEquals(List.of(new CaptureInterface(1, 96), new CaptureInterface(101, 0),
                new CaptureInterface(101, 128)), capture.interfaces());
        assertEquals(1, capture.flows().size());
    }

    @Test
    void sectionsOfEitherOrderStartAfresh() throws CaptureException {
        byte[] rawIp = Arrays.copyOfRange(FRAME, 14, FRAME.length);
        byte[] second = CaptureBytes.ng(BIG).iface(101, 0).enhanced(0, 7, rawIp).bytes();
        Capture capture = CaptureBytes.ng(LITTLE).iface(1, 0).enhanced(0, 5, FRAME).raw(second).load();
        assertEquals(List.of(0L, 2000L), times(capture));
        assertEquals("test.cap: damaged file: packet 1 at offset 76: interface 0 is not described",
                problem(CaptureBytes.ng(LITTLE).iface(1, 0).section().enhanced(0, 5, FRAME).bytes()));
    }

    @Test
    void simpleAndObsoletePacketBlocks() throws CaptureException {
        byte[] longFrame = Frames.simple(0, 500);
        Capture capture = CaptureBytes.ng(BIG).iface(1, 96).simple(FRAME.length, FRAME).enhanced(0, 20, FRAME)
                .simple(longFrame.length, Arrays.copyOf(longFrame, 96)).obsolete(0, 30, FRAME)
                .enhanced(0, 10, FRAME).load();
        // without a time of their own: that of the next at the start, that of the one before later
        assertEquals(List.of(0L, 10_000L, 10_000L, 10_000L, 20_000L), times(capture));
        assertEquals(List.of(1, 1, 1, 500, 1), capture.packets().stream().map(Packet::payloadLength).toList());
        Capture noTimes = CaptureBytes.ng(LITTLE).iface(1, 0).simple(FRAME.length, FRAME)
                .simple(FRAME.length, FRAME).load();
        assertEquals(List.of(0L, 0L), times(noTimes));
    }

    @Test
    void otherBlocksArePassedOver() throws CaptureException {
        CaptureBytes file = CaptureBytes.ng(LITTLE);
        Capture capture = file.block(0xBAD, file.buffer(100_000)).iface(1, 0).block(4, file.buffer(8))
                .enhanced(0, 1, FRAME).block(5, file.buffer(12)).block(0x40000BAD, file.buffer(0)).load();
        assertEquals(1, capture.packets().size());
    }

    @Test
    void packetsOfUnsupportedInterfacesAreSkipped() throws CaptureException {
        CaptureBytes file = CaptureBytes.ng(LITTLE).iface(127, 0).iface(1, 0).enhanced(0, 1, FRAME);
        assertTrue(problem(file.bytes()).startsWith("test.cap: unsupported link type 127 (supported: "));
        Capture capture = file.enhanced(1, 2, FRAME).load();
        assertEquals(1, capture.packets().size());
        assertEquals(new Skipped(0, 0, 0, 0, 1), capture.skipped());
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals("test.cap: no TCP or UDP packets", problem(CaptureBytes.ng(BIG).bytes()));
        byte[] noOrder = CaptureBytes.ng(BIG).bytes();
        noOrder[8] = 0;
        assertEquals("test.cap: damaged file: no byte-order magic in the section header at offset 0",
                problem(noOrder));
        CaptureBytes file = CaptureBytes.ng(LITTLE).iface(1, 0);
        assertEquals("test.cap: damaged file: packet 1 at offset 48: time out of range",
                problem(file.enhanced(0, -1, FRAME).bytes()));
        CaptureBytes fine = CaptureBytes.ng(LITTLE);
        assertTrue(problem(fine.iface(1, 0, fine.option(TSRESOL, (byte) 20)).bytes())
                .contains("unusable time resolution"));
        CaptureBytes far = CaptureBytes.ng(LITTLE);
        assertTrue(problem(far.iface(1, 0, far.longOption(TSOFFSET, Long.MIN_VALUE)).bytes())
                .contains("unusable time resolution or offset"));
        byte[] lengths = CaptureBytes.ng(LITTLE).iface(1, 0).bytes();
        lengths[lengths.length - 4] ^= 4;
        assertTrue(problem(lengths).contains("the two lengths of the block at offset 28 differ"));
    }

    @Test
    void everyCutIsSeen() {
        CaptureBytes file = CaptureBytes.ng(LITTLE).iface(1, 0).enhanced(0, 1, FRAME);
        int start = file.bytes().length;
        file.block(0xBAD, file.buffer(16)).enhanced(0, 1, FRAME);
        int length = file.bytes().length;
        assertEquals("test.cap: truncated file: block at offset " + start
                + ", after packet 1: 14 of 16 bytes are there", problem(Arrays.copyOf(file.bytes(), start + 22)));
        assertTrue(problem(file.cut(10)).startsWith("test.cap: truncated file: packet 2 at offset " + (start + 28)));
        int[] complete = {28, 48, start, start + 28};
        for (int size = 4; size < length; size++) {
            int at = size;
            if (Arrays.stream(complete).noneMatch(end -> end == at)) {
                String message = problem(Arrays.copyOf(file.bytes(), size));
                assertTrue(message.contains("truncated file"), message);
            }
        }
    }
}
