// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Reads the time since boot from a file of the form of Linux' {@code /proc/uptime}: seconds with a fraction, then a blank.
 *
 * <p><b>Context:</b> one thread at a time; it makes system calls and allocates a stream. Not a channel: a channel is closed by an
 * interrupt of the thread that uses it.
 */
final class UptimeFile implements LongSupplier {
    private static final int LONGEST = 64;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long MOST_SECONDS = Long.MAX_VALUE / NS_PER_SECOND - 1;
    private static final int RADIX = 10;

    private final File file;
    private final byte[] buffer = new byte[LONGEST];

    /**
     * Does not look at the file yet.
     *
     * @param path the file
     */
    UptimeFile(Path path) {
        this.file = path.toFile();
    }

    /**
     * Reads the file.
     *
     * @return nanoseconds since boot; {@link BootOffset#UNKNOWN} if the file cannot be read or does not begin with a number
     */
    @Override
    public long getAsLong() {
        try (FileInputStream in = new FileInputStream(file)) {
            return parse(in.read(buffer));
        } catch (IOException | SecurityException e) {
            return BootOffset.UNKNOWN;
        }
    }

    private long parse(int length) {
        int at = 0;
        long seconds = 0;
        while (isDigit(at, length) && seconds <= MOST_SECONDS) {
            seconds = seconds * RADIX + buffer[at++] - '0';
        }
        if (at == 0 || seconds > MOST_SECONDS) {
            return BootOffset.UNKNOWN;
        }
        long fraction = 0;
        if (at < length && buffer[at] == '.') {
            at++;
            for (long unit = NS_PER_SECOND / RADIX; isDigit(at, length); unit /= RADIX) {
                fraction += unit * (buffer[at++] - '0');
            }
        }
        boolean ended = at >= length || buffer[at] == ' ' || buffer[at] == '\n';
        return ended ? seconds * NS_PER_SECOND + fraction : BootOffset.UNKNOWN;
    }

    private boolean isDigit(int at, int length) {
        return at < length && buffer[at] >= '0' && buffer[at] <= '9';
    }
}
