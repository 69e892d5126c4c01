// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The clocks of the machine. The time since boot is {@link System#nanoTime()} and the {@linkplain BootOffset distance} from it;
 * the wall clock is that of {@link AsyncClock#epochNanos()}.
 */
final class SystemClock implements AsyncClock {
    private static final Path UPTIME = Path.of("/proc/uptime");

    private final BootOffset bootOffset;

    /** With the machine's own file. */
    SystemClock() {
        this(UPTIME);
    }

    /**
     * With a file of the same form.
     *
     * @param uptime the file; if it cannot be read now, the time since boot is {@link System#nanoTime()} for good
     */
    SystemClock(Path uptime) {
        this(new UptimeFile(uptime));
    }

    /**
     * With another source.
     *
     * @param uptime nanoseconds since boot, or {@link BootOffset#UNKNOWN}; called by one thread at a time
     */
    SystemClock(LongSupplier uptime) {
        this.bootOffset = new BootOffset(System::nanoTime, uptime);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long bootNanos() {
        return bootOffset.boot(System.nanoTime());
    }
}
