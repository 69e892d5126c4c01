// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import io.pkts.buffer.Buffers;
import io.pkts.frame.PcapGlobalHeader;
import io.pkts.frame.PcapRecordHeader;
import java.io.IOException;

/**
 * Reads classic pcap files with the headers decoded by pkts-core, in both byte orders and with
 * times in microseconds or nanoseconds. The loop over the records is done here, because the one of
 * the library takes a file that ends within a record header for a complete one.
 */
final class ClassicReader {
    private ClassicReader() {}

    static boolean isMagic(byte[] start) {
        return start.length == 4 && switch (NgReader.int32(start, 0, true)) {
            case 0xA1B2C3D4, 0xD4C3B2A1, 0xA1B23C4D, 0x4D3CB2A1 -> true;
            default -> false;
        };
    }

    static void read(Source in, byte[] magic, FrameSink sink) throws CaptureException {
        byte[] rest = in.exactly(PcapGlobalHeader.SIZE - 4, 0, "file header");
        byte[] start = new byte[PcapGlobalHeader.SIZE];
        System.arraycopy(magic, 0, start, 0, 4);
        System.arraycopy(rest, 0, start, 4, rest.length);
        PcapGlobalHeader file;
        try {
            file = PcapGlobalHeader.parse(Buffers.wrap(start));
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
        // the upper half of the field tells of a frame check sequence
        int linkType = file.getDataLinkType() & 0xFFFF;
        if (!PacketDecoder.supports(linkType)) {
            throw in.error(PacketDecoder.unsupported(linkType));
        }
        sink.captureInterface(new CaptureInterface(linkType, file.getSnapLength() & 0xFFFFFFFFL));
        long nsPerUnit = file.timestampsInNs() ? 1 : 1000;
        while (true) {
            long at = in.offset();
            byte[] header = in.upTo(PcapRecordHeader.SIZE);
            if (header.length == 0) {
                return;
            }
            String packet = in.startPacket();
            if (header.length < PcapRecordHeader.SIZE) {
                throw in.truncated(at, packet, PcapRecordHeader.SIZE, header.length);
            }
            PcapRecordHeader record = new PcapRecordHeader(file.getByteOrder(), Buffers.wrap(header),
                    file.timestampsInNs());
            // the library gives the unsigned fields sign-extended
            long captured = record.getCapturedLength() & 0xFFFFFFFFL;
            long original = record.getTotalLength() & 0xFFFFFFFFL;
            if (captured > Source.MAX_LENGTH) {
                throw in.damaged(at, "captured length " + captured);
            }
            byte[] frame = in.exactly((int) captured, at, packet);
            long time = (record.getTimeStampSeconds() & 0xFFFFFFFFL) * 1_000_000_000L
                    + (record.getTimeStampMicroOrNanoSeconds() & 0xFFFFFFFFL) * nsPerUnit;
            sink.frame(time, linkType, frame, (int) Math.min(original, Source.MAX_LENGTH));
        }
    }
}
