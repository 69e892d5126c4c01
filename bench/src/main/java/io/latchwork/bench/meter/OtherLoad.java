// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.meter;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How busy other processes keep the machine while something is measured: what a figure must be distrusted for. */
public final class OtherLoad {
    private static final Path STAT = Path.of("/proc/stat");
    /** The fields of the first line that are idle time: idle and iowait, counted after the word. */
    private static final int IDLE = 3;
    private static final int FIELDS = 8;
    private static final double TICK_NS = 1e7;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long beganNs = System.nanoTime();
    private final double beganBusyNs = busyNs();
    private final long beganOwnNs = system.getProcessCpuTime();

    private OtherLoad() {
    }

    /**
     * Begins to watch.
     *
     * @return a watcher
     */
    public static OtherLoad fromNow() {
        return new OtherLoad();
    }

    /**
     * What others used since, the hypervisor's other guests included where the system tells.
     *
     * @return in processors; NaN if the system does not tell
     */
    public double processors() {
        final double own = system.getProcessCpuTime() - beganOwnNs;
        return Math.max(0, busyNs() - beganBusyNs - own) / (System.nanoTime() - beganNs); // max keeps NaN
    }

    private static double busyNs() {
        if (!Files.isReadable(STAT)) {
            return Double.NaN;
        }
        try {
            return busyNs(Files.readString(STAT));
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /**
     * The busy time of all processors.
     *
     * @param stat the text of /proc/stat
     * @return nanoseconds; NaN if it has another form
     */
    static double busyNs(final String stat) {
        final String[] fields = stat.lines().findFirst().orElse("").split("\\s+");
        if (!fields[0].equals("cpu") || fields.length <= FIELDS) {
            return Double.NaN;
        }
        final long[] ticks = Arrays.stream(fields, 1, FIELDS + 1).mapToLong(Long::parseLong).toArray();
        return (Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[IDLE + 1]) * TICK_NS;
    }
}
