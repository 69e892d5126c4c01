// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

/**
 * An interface of a pcapng section with what its times are counted in.
 *
 * @param recordedOn link type and snap length
 * @param decimal true for units of a power of ten of a second, false for a power of two
 * @param exponent the negative exponent
 * @param offsetSeconds added to every time
 */
record NgInterface(CaptureInterface recordedOn, boolean decimal, int exponent,
        long offsetSeconds) {
    private static final int END_OF_OPTIONS = 0;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final long NANOS = 1_000_000_000L;

    /** Reads the body of an Interface Description Block. */
    static NgInterface parse(Source in, long at, byte[] body, boolean big) throws CaptureException {
        if (body.length < 8) {
            throw in.error("damaged file: interface description at offset " + at + " is too short");
        }
        int resolution = 6;
        long offset = 0;
        int option = 8;
        while (option + 4 <= body.length) {
            int code = NgReader.int16(body, option, big);
            int length = NgReader.int16(body, option + 2, big);
            int value = option + 4;
            if (code == END_OF_OPTIONS) {
                break;
            }
            if (value + length > body.length) {
                throw in.error("damaged file: interface option " + code + " at offset " + at
                        + " is too long");
            }
            if (code == TIME_RESOLUTION && length >= 1) {
                resolution = body[value] & 0xFF;
            } else if (code == TIME_OFFSET && length >= 8) {
                long first = NgReader.int32(body, value, big) & 0xFFFFFFFFL;
                long second = NgReader.int32(body, value + 4, big) & 0xFFFFFFFFL;
                offset = big ? first << 32 | second : second << 32 | first;
            }
            option = value + length + (-length & 3);
        }
        boolean decimal = (resolution & 0x80) == 0;
        int exponent = resolution & 0x7F;
        // finer units than these would not count one second in 64 bits
        if (exponent > (decimal ? 19 : 63) || Math.abs(offset) > Source.MAX_SECONDS
                || offset == Long.MIN_VALUE) {
            throw in.error("damaged file: unusable time resolution or offset of the interface at offset "
                    + at);
        }
        CaptureInterface recordedOn = new CaptureInterface(NgReader.int16(body, 0, big),
                NgReader.int32(body, 4, big) & 0xFFFFFFFFL);
        return new NgInterface(recordedOn, decimal, exponent, offset);
    }

    private long unitsPerSecond() {
        if (!decimal) {
            return 1L << exponent;
        }
        long units = 1;
        for (int i = 0; i < exponent; i++) {
            units *= 10;
        }
        return units;
    }

    /** Tells whether a time, an unsigned count of units, is near enough to 1970. */
    boolean timeFits(long units) {
        long seconds = Long.divideUnsigned(units, unitsPerSecond());
        return Long.compareUnsigned(seconds, 2 * Source.MAX_SECONDS) <= 0
                && Math.abs(seconds + offsetSeconds) < Source.MAX_SECONDS;
    }

    /** Nanoseconds since 1970, rounded down, for a time that fits. */
    long unixNs(long units) {
        long perSecond = unitsPerSecond();
        long seconds = Long.divideUnsigned(units, perSecond) + offsetSeconds;
        long rest = Long.remainderUnsigned(units, perSecond);
        long ns;
        if (decimal) {
            ns = exponent <= 9 ? rest * (NANOS / perSecond)
                    : Long.divideUnsigned(rest, Long.divideUnsigned(perSecond, NANOS));
        } else {
            // of the finest units the lowest bits are less than a nanosecond
            int drop = Math.max(0, exponent - 33);
            ns = (rest >>> drop) * NANOS >>> exponent - drop;
        }
        return seconds * NANOS + ns;
    }
}
