// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Builds capture files of both formats in either byte order. */
final class CaptureBytes {
    static final int MICRO = 0xA1B2C3D4;
    static final int NANO = 0xA1B23C4D;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    private CaptureBytes(ByteOrder order) {
        this.order = order;
    }

    static CaptureBytes classic(ByteOrder order, int magic, int linkType, int snapLength) {
        CaptureBytes file = new CaptureBytes(order);
        return file.put(file.buffer(24).putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0)
                .putInt(snapLength).putInt(linkType));
    }

    static CaptureBytes ng(ByteOrder order) {
        return new CaptureBytes(order).section();
    }

    CaptureBytes packet(long seconds, int fraction, byte[] frame) {
        return packet(seconds, fraction, frame, frame.length, frame.length);
    }

    CaptureBytes packet(long seconds, int fraction, byte[] frame, int captured, int original) {
        put(buffer(16).putInt((int) seconds).putInt(fraction).putInt(captured).putInt(original));
        return raw(frame);
    }

    CaptureBytes section() {
        return block(0x0A0D0D0A, buffer(16).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1));
    }

    /** An interface with options, each made by {@link #option}. */
    CaptureBytes iface(int linkType, int snapLength, byte[]... options) {
        byte[] all = Frames.join(options);
        ByteBuffer body = buffer(8 + all.length + (all.length == 0 ? 0 : 4));
        return block(1, body.putShort((short) linkType).putShort((short) 0).putInt(snapLength).put(all));
    }

    byte[] option(int code, byte... value) {
        return buffer(4 + value.length + (-value.length & 3)).putShort((short) code).putShort((short) value.length)
                .put(value).array();
    }

    byte[] longOption(int code, long value) {
        return option(code, buffer(8).putLong(value).array());
    }

    CaptureBytes enhanced(int iface, long units, byte[] frame) {
        return block(6, padded(20, frame).putInt(iface).putInt((int) (units >> 32)).putInt((int) units)
                .putInt(frame.length).putInt(frame.length).put(frame));
    }

    CaptureBytes obsolete(int iface, long units, byte[] frame) {
        return block(2, padded(20, frame).putShort((short) iface).putShort((short) 0).putInt((int) (units >> 32))
                .putInt((int) units).putInt(frame.length).putInt(frame.length).put(frame));
    }

    CaptureBytes simple(int original, byte[] frame) {
        return block(3, padded(4, frame).putInt(original).put(frame));
    }

    CaptureBytes block(int type, ByteBuffer body) {
        byte[] bytes = body.array();
        int length = bytes.length + 12;
        put(buffer(8).putInt(type).putInt(length));
        raw(bytes);
        return put(buffer(4).putInt(length));
    }

    ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    CaptureBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    byte[] cut(int fromEnd) {
        byte[] all = bytes();
        return Arrays.copyOf(all, all.length - fromEnd);
    }

    Capture load() throws CaptureException {
        return load(bytes());
    }

    static Capture load(byte[] bytes) throws CaptureException {
        return Capture.load(new ByteArrayInputStream(bytes), "test.cap");
    }

    private ByteBuffer padded(int before, byte[] frame) {
        return buffer(before + frame.length + (-frame.length & 3));
    }

    private CaptureBytes put(ByteBuffer bytes) {
        return raw(bytes.array());
    }
}
