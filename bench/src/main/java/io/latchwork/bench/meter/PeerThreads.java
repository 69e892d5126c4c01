// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.meter;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The processor time of all Java threads that were started since: those of a peer, if nothing else starts any. */
public final class PeerThreads {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Set<Long> others;

    private PeerThreads() {
        others = Arrays.stream(threads.getAllThreadIds()).boxed().collect(Collectors.toSet());
    }

    /**
     * Looks at what runs now.
     *
     * @return a meter of the threads that will be started from now on
     */
    public static PeerThreads fromNow() {
        return new PeerThreads();
    }

    /**
     * The processor time that those threads have used which are alive.
     *
     * @return nanoseconds
     */
    public long cpuNs() {
        final long[] mine = Arrays.stream(threads.getAllThreadIds()).filter(id -> !others.contains(id)).toArray();
        return Arrays.stream(threads.getThreadCpuTime(mine)).filter(ns -> ns > 0).sum();
    }

    /**
     * The processor time of the calling thread.
     *
     * @return nanoseconds
     */
    public static long ownCpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
