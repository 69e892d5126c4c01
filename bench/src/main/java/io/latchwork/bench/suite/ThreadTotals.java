// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Processor time and allocated bytes of the threads of this JVM: of all that run Java code but the one that asks, and, where
 * Linux tells, the time of the collector's, which cleans up behind them. The just-in-time compilers do not count: what they do
 * is over once for all. The clock of the whole process would count them, and has a resolution of 10 ms.
 */
final class ThreadTotals {
    /** In the names of JMH's threads. */
    private static final String CALLER = "-jmh-worker-";
    private static final Path TASKS = Path.of("/proc/self/task");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long own = Thread.currentThread().getId();
    private final List<Path> collectors = collectors();

    /** Looks for the collector's threads; one that starts later does not count. */
    ThreadTotals() {
        threads.setThreadAllocatedMemoryEnabled(true);
    }

    /** Processor time used so far by threads that live, in nanoseconds. */
    long usedNs() {
        return sum(threads.getThreadCpuTime(others())) + collectors.stream().mapToLong(ThreadTotals::usedNs).sum();
    }

    /** Processor time used so far by the threads in which JMH calls the benchmark. */
    long callersNs() {
        return sum(threads.getThreadCpuTime(Arrays.stream(threads.getThreadInfo(others()))
            .filter(thread -> thread != null && thread.getThreadName().contains(CALLER)).mapToLong(ThreadInfo::getThreadId)
            .toArray()));
    }

    /** Bytes allocated so far by threads that live. */
    long allocatedBytes() {
        return sum(threads.getThreadAllocatedBytes(others()));
    }

    private long[] others() {
        return Arrays.stream(threads.getAllThreadIds()).filter(id -> id != own).toArray();
    }

    /** Of a thread that ended, the figure is -1. */
    private static long sum(final long... figures) {
        return LongStream.of(figures).filter(figure -> figure > 0).sum();
    }

    private static List<Path> collectors() {
        final List<Path> found = new ArrayList<>();
        if (Files.isDirectory(TASKS)) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
                for (final Path task : tasks) {
                    if (isCollector(Files.readString(task.resolve("comm")))) {
                        found.add(task.resolve("schedstat"));
                    }
                }
            } catch (IOException e) {
                found.clear();
            }
        }
        return found;
    }

    private static boolean isCollector(final String name) {
        return name.startsWith("GC ") || name.startsWith("G1 ");
    }

    private static long usedNs(final Path task) {
        try {
            final String times = Files.readString(task);
            return Long.parseLong(times.substring(0, times.indexOf(' ')));
        } catch (IOException e) {
            return 0;
        }
    }
}
