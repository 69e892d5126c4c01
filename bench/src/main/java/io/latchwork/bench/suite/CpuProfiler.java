// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of the whole process for each operation: what a peer's own threads and the collector do counts, too. A
 * client that waits for its peer's thread counts once for each.
 */
public final class CpuProfiler implements InternalProfiler {
    /** The name of the result. */
    public static final String RESULT = "cpu.norm";

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long before;

    /** A profiler for JMH to make. */
    public CpuProfiler() {
        // nothing to set up
    }

    @Override
    public String getDescription() {
        return "processor time of the process per operation";
    }

    @Override
    public void beforeIteration(final BenchmarkParams benchmark, final IterationParams iteration) {
        before = system.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(final BenchmarkParams benchmark, final IterationParams iteration,
                                                          final IterationResult result) {
        final long used = system.getProcessCpuTime() - before;
        final long operations = result.getMetadata().getAllOps();
        return operations == 0 ? List.of() : List.of(
            new ScalarResult(RESULT, (double) used / operations, "ns/op", AggregationPolicy.AVG));
    }
}
