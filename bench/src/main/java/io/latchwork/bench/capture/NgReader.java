// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads pcapng files: sections of either byte order, any number of interfaces with time resolution
 * and offset of their own, Enhanced, Simple and the obsolete Packet Blocks; other blocks are passed
 * over.
 *
 * <p>It is written here because no library on Maven Central does this. pkts-core 3.0.18 reads
 * classic files only. pcapngdecoder 1.2 fails on every big-endian file (the block length is
 * computed from the wrong bytes) and on every block type it does not know, drops Simple Packet
 * Blocks, ends in an ArrayIndexOutOfBoundsException on a truncated file, knows no name for link
 * type 276 and gives no number, and prints stack traces. The others found (pcap4j, jNetPcap, pcap
 * of ardikars) bind native code.
 */
final class NgReader {
    private static final int SECTION = 0x0A0D0D0A;
    private static final int ORDER_MAGIC = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private final Source in;
    private final FrameSink sink;
    private final List<NgInterface> interfaces = new ArrayList<>();
    private boolean big;

    private NgReader(Source in, FrameSink sink) {
        this.in = in;
        this.sink = sink;
    }

    static boolean isMagic(byte[] start) {
        return start.length == 4 && int32(start, 0, true) == SECTION;
    }

    static int int32(byte[] b, int at, boolean bigEndian) {
        int value = (b[at] & 0xFF) << 24 | (b[at + 1] & 0xFF) << 16 | (b[at + 2] & 0xFF) << 8
                | b[at + 3] & 0xFF;
        return bigEndian ? value : Integer.reverseBytes(value);
    }

    static int int16(byte[] b, int at, boolean bigEndian) {
        int first = b[at] & 0xFF;
        int second = b[at + 1] & 0xFF;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    /** Reads the file after its first four bytes. */
    static void read(Source in, FrameSink sink) throws CaptureException {
        NgReader reader = new NgReader(in, sink);
        long at = 0;
        int type = SECTION;
        while (true) {
            reader.block(at, type);
            at = in.offset();
            byte[] next = in.upTo(4);
            if (next.length == 0) {
                return;
            }
            if (next.length < 4) {
                throw in.truncated(at, "block type", 4, next.length);
            }
            type = int32(next, 0, reader.big);
        }
    }

    private void block(long at, int type) throws CaptureException {
        byte[] lengthBytes = in.exactly(4, at, "block length");
        String what = "block";
        int have = 8;
        if (type == SECTION) {
            startSection(at);
            have = 12;
        }
        long length = int32(lengthBytes, 0, big) & 0xFFFFFFFFL;
        if (length < have + 4 || (length & 3) != 0) {
            throw in.error("damaged file: block at offset " + at + " has length " + length);
        }
        switch (type) {
            case INTERFACE -> {
                NgInterface added = NgInterface.parse(in, at, body(at, length, what), big);
                interfaces.add(added);
                sink.captureInterface(added.recordedOn());
            }
            case ENHANCED_PACKET, OBSOLETE_PACKET, SIMPLE_PACKET -> {
                what = in.startPacket();
                byte[] body = body(at, length, what);
                if (type == SIMPLE_PACKET) {
                    simple(at, body);
                } else {
                    timed(at, body, type == OBSOLETE_PACKET);
                }
            }
            default -> in.skip(length - have - 4, at, what);
        }
        byte[] again = in.exactly(4, at, what);
        if (!Arrays.equals(again, lengthBytes)) {
            throw in.error("damaged file: the two lengths of the block at offset " + at + " differ");
        }
    }

    private void startSection(long at) throws CaptureException {
        byte[] order = in.exactly(4, at, "section header");
        big = int32(order, 0, true) == ORDER_MAGIC;
        if (!big && int32(order, 0, false) != ORDER_MAGIC) {
            throw in.error("damaged file: no byte-order magic in the section header at offset " + at);
        }
        interfaces.clear();
    }

    private byte[] body(long at, long length, String what) throws CaptureException {
        if (length > Source.MAX_LENGTH) {
            throw in.error("damaged file: block at offset " + at + " has length " + length);
        }
        return in.exactly((int) length - 12, at, what);
    }

    private void timed(long at, byte[] body, boolean obsolete) throws CaptureException {
        if (body.length < 20) {
            throw in.damaged(at, "block too short");
        }
        long id = obsolete ? int16(body, 0, big) : int32(body, 0, big) & 0xFFFFFFFFL;
        NgInterface on = interfaceOf(at, id);
        long units = (long) int32(body, 4, big) << 32 | int32(body, 8, big) & 0xFFFFFFFFL;
        long captured = int32(body, 12, big) & 0xFFFFFFFFL;
        if (captured > body.length - 20) {
            throw in.damaged(at, "captured length " + captured);
        }
        if (!on.timeFits(units)) {
            throw in.damaged(at, "time out of range");
        }
        frame(on, on.unixNs(units), Arrays.copyOfRange(body, 20, 20 + (int) captured),
                int32(body, 16, big) & 0xFFFFFFFFL);
    }

    /** A Simple Packet Block has no time and no captured length, and is of the first interface. */
    private void simple(long at, byte[] body) throws CaptureException {
        if (body.length < 4) {
            throw in.damaged(at, "block too short");
        }
        NgInterface on = interfaceOf(at, 0);
        long original = int32(body, 0, big) & 0xFFFFFFFFL;
        long snap = on.recordedOn().snapLength();
        long captured = snap == 0 ? original : Math.min(original, snap);
        if (captured > body.length - 4) {
            throw in.damaged(at, "captured length " + captured);
        }
        frame(on, FrameSink.NO_TIME, Arrays.copyOfRange(body, 4, 4 + (int) captured), original);
    }

    private NgInterface interfaceOf(long at, long id) throws CaptureException {
        if (id >= interfaces.size()) {
            throw in.damaged(at, "interface " + id + " is not described");
        }
        return interfaces.get((int) id);
    }

    private void frame(NgInterface on, long unixNs, byte[] bytes, long original) {
        sink.frame(unixNs, on.recordedOn().linkType(), bytes,
                (int) Math.min(original, Source.MAX_LENGTH));
    }
}
