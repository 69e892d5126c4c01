// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures cells, each by a JMH run of its own. */
final class CellRunner {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int BIG = 1_000_000;

    private final Effort effort;
    private final Path jdk25;

    /**
     * @param effort how long each is measured
     * @param jdk25 a JDK 25 or later for the peer that needs one; null if there is none
     */
    CellRunner(final Effort effort, final Path jdk25) {
        this.effort = effort;
        this.jdk25 = jdk25;
    }

    /** Whether the cell can be measured here. */
    boolean can(final Cell cell) {
        return !needsJdk25(cell) || jdk25 != null;
    }

    private static boolean needsJdk25(final Cell cell) {
        return cell.peerName().equals("jdk-forkjoin");
    }

    /**
     * Measures a cell.
     *
     * @param cell what
     * @return its row; null if it could not be measured
     */
    Row run(final Cell cell) throws RunnerException {
        final String heap = cell.pending() > BIG ? "8g" : "4g";
        final ChainedOptionsBuilder options = new OptionsBuilder()
            .include("^" + Pattern.quote(cell.benchmark()) + "$")
            .threads(cell.threads()).forks(effort.forks())
            .warmupIterations(effort.warmups()).warmupTime(TimeValue.milliseconds(effort.millis()))
            .measurementIterations(effort.iterations()).measurementTime(TimeValue.milliseconds(effort.millis()))
            .jvmArgs("-Xms" + heap, "-Xmx" + heap)
            .addProfiler(GCProfiler.class).addProfiler(CpuProfiler.class)
            .verbosity(VerboseMode.SILENT);
        if (cell.peer() != null) {
            options.param(cell.peer().parameter(), cell.peer().value());
        }
        if (cell.pending() >= 0) {
            options.param("pending", String.valueOf(cell.pending()));
        }
        if (needsJdk25(cell)) {
            options.jvm(jdk25.resolve("bin").resolve("java").toString());
        }
        final Collection<RunResult> results = new Runner(options.build()).run();
        return results.isEmpty() ? null : row(cell, results.iterator().next());
    }

    private static Row row(final Cell cell, final RunResult result) {
        final Result<?> primary = result.getPrimaryResult();
        return new Row(cell.what(), cell.peerName(), cell.pending(), cell.threads(), primary.getScore(),
            primary.getScoreError(), secondary(result, CpuProfiler.RESULT), secondary(result, ALLOCATED));
    }

    private static double secondary(final RunResult result, final String name) {
        final Result<?> found = result.getSecondaryResults().get(name);
        return found == null ? Double.NaN : found.getScore();
    }
}
