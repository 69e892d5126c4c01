// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import io.latchwork.bench.report.Machine;
import io.latchwork.bench.report.Progress;
import io.latchwork.bench.stress.CheckerReport.Check;
import io.latchwork.bench.stress.CheckerReport.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs checkers one after the other and tells of each when it has ended. */
final class StressRun {
    private static final int FAILURES_SHOWN = 5;
    private static final int LONGEST_FAILURE = 300;

    private final CheckerJvm jvm;
    private final PrintStream out;

    StressRun(final CheckerJvm jvm, final PrintStream out) {
        this.jvm = jvm;
        this.out = out;
    }

    /** Runs them all, whatever fails; those on sound ground only if nothing did. */
    List<CheckerReport> run(final List<Checker> checkers) throws IOException, InterruptedException {
        final List<CheckerReport> reports = new ArrayList<>();
        try (Progress progress = new Progress(checkers.size())) {
            for (final Checker checker : checkers) {
                progress.step(checker.name());
                final CheckerReport report = checker.onSoundGround() && !allPassed(reports)
                    ? CheckerReport.notRun(checker, "not run: what it stands on failed")
                    : jvm.run(checker, how -> progress.detail(checker.name() + " " + how));
                reports.add(report);
                progress.erase();
                print(report);
            }
        }
        return reports;
    }

    static boolean allPassed(final List<CheckerReport> reports) {
        return reports.stream().allMatch(CheckerReport::passed);
    }

    void printHead(final Tier tier, final long seed) {
        out.println("latchwork stress: tier " + tier.name().toLowerCase(Locale.ROOT) + ", seed " + seed);
        Machine.facts().forEach((name, value) -> out.printf("  %-12s  %s%n", name, value));
        out.println();
    }

    private void print(final CheckerReport report) {
        final String verdict = report.verdict() == Verdict.NOT_RUN ? "NOT RUN" : report.verdict().name();
        out.printf(Locale.ROOT, "%-7s  %-10s  %6.1f s  %s: %d checks, %d failed%n", verdict, report.checker().name(),
            report.seconds(), report.checker().what(), report.checks().size(), report.failedChecks());
        if (!report.passed()) {
            for (final Check check : report.checks()) {
                if (!check.passed()) {
                    out.println("           " + check.name() + " failed " + check.detail());
                }
            }
            report.failures().stream().limit(FAILURES_SHOWN).forEach(line -> out.println("           "
                + (line.length() > LONGEST_FAILURE ? line.substring(0, LONGEST_FAILURE) + "..." : line)));
            if (report.log() != null) {
                out.println("           log: " + report.log());
            }
        }
        out.flush();
    }

    void printTotal(final List<CheckerReport> reports, final double seconds) {
        final long passed = reports.stream().filter(CheckerReport::passed).count();
        final long failed = reports.size() - passed;
        out.printf(Locale.ROOT, "%ntotal: %s in %.0f s%n", failed == 0 ? "PASSED" : "FAILED", seconds);
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
    }
}
