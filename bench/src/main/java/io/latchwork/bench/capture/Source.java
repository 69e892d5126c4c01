// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a capture file, with the position kept for messages. */
final class Source {
    /** More than any frame; a length beyond it means a damaged file. */
    static final int MAX_LENGTH = 1 << 24;
    /** The farthest time from 1970 taken, in seconds; differences in nanoseconds fit a long. */
    static final long MAX_SECONDS = 4_600_000_000L;

    private final String name;
    private final InputStream in;
    private long offset;
    private int packets;

    Source(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    long offset() {
        return offset;
    }

    /** Counts a packet and returns its name for messages, such as {@code packet 1}. */
    String startPacket() {
        packets++;
        return "packet " + packets;
    }

    CaptureException error(String problem) {
        return new CaptureException(name, problem);
    }

    /** Names the packet and the offset the file is wrong at. */
    CaptureException damaged(long at, String problem) {
        return error("damaged file: packet " + packets + " at offset " + at + ": " + problem);
    }

    /** Reads up to so many bytes, fewer only at the end of the file. */
    byte[] upTo(int length) throws CaptureException {
        try {
            byte[] bytes = in.readNBytes(length);
            offset += bytes.length;
            return bytes;
        } catch (IOException e) {
            throw new CaptureException(name, "cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a part of a file that must not end there.
     *
     * @param start where the thing read began
     * @param what the thing read
     */
    byte[] exactly(int length, long start, String what) throws CaptureException {
        byte[] bytes = upTo(length);
        if (bytes.length < length) {
            throw truncated(start, what, length, bytes.length);
        }
        return bytes;
    }

    CaptureException truncated(long start, String what, long wanted, long there) {
        boolean inPacket = what.startsWith("packet ");
        return error("truncated file: " + what + " at offset " + start
                + (inPacket ? "" : packets == 0 ? ", before packet 1" : ", after packet " + packets)
                + ": " + there + " of " + wanted + " bytes are there");
    }

    void skip(long length, long start, String what) throws CaptureException {
        long left = length;
        while (left > 0) {
            int some = (int) Math.min(left, 1 << 16);
            int got = upTo(some).length;
            if (got < some) {
                throw truncated(start, what, length, length - left + got);
            }
            left -= some;
        }
    }
}
