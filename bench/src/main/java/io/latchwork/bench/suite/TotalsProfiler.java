// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.ArrayList;
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
 * Processor time and allocated bytes of all threads for each operation: what a peer's own threads do counts, too. A client that
 * waits for its peer's thread and spins counts once for each.
 */
public final class TotalsProfiler implements InternalProfiler {
    /** The name of the processor time. */
    public static final String PROCESSOR = "cpu.norm";
    /** The name of the processor time of those threads that call. */
    public static final String CALLERS = "cpu.callers.norm";
    /** The name of the bytes. */
    public static final String BYTES = "alloc.norm";

    private final ThreadTotals totals = new ThreadTotals();
    private long usedBefore;
    private long callersBefore;
    private long allocatedBefore;

    /** A profiler for JMH to make. */
    public TotalsProfiler() {
        // nothing to set up
    }

    @Override
    public String getDescription() {
        return "processor time and bytes of all threads per operation";
    }

    @Override
    public void beforeIteration(final BenchmarkParams benchmark, final IterationParams iteration) {
        allocatedBefore = totals.allocatedBytes();
        usedBefore = totals.usedNs();
        callersBefore = totals.callersNs();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(final BenchmarkParams benchmark, final IterationParams iteration,
                                                          final IterationResult result) {
        final long callers = totals.callersNs() - callersBefore;
        final long used = totals.usedNs() - usedBefore;
        final long allocated = totals.allocatedBytes() - allocatedBefore;
        final long operations = result.getMetadata().getAllOps();
        final List<ScalarResult> results = new ArrayList<>();
        if (operations > 0) {
            results.add(new ScalarResult(PROCESSOR, (double) used / operations, "ns/op", AggregationPolicy.AVG));
            results.add(new ScalarResult(CALLERS, (double) callers / operations, "ns/op", AggregationPolicy.AVG));
            results.add(new ScalarResult(BYTES, (double) allocated / operations, "B/op", AggregationPolicy.AVG));
        }
        return results;
    }
}
