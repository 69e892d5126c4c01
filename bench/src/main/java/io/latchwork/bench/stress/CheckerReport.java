// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of a checker.
 *
 * @param checker which
 * @param verdict how it ended
 * @param seconds how long it took
 * @param checks what it checked, in order
 * @param failures why it failed, a line each; empty if it passed
 * @param log all that it printed; null if it was not run
 */
record CheckerReport(Checker checker, Verdict verdict, double seconds, List<Check> checks, List<String> failures,
                     Path log) {

    /** How a checker ended. */
    enum Verdict {
        /** It ran something, and nothing failed. */
        PASSED,
        /** It failed, ended without a verdict, or ran past its limit. */
        FAILED,
        /** It was not run, since what it stands on failed. */
        NOT_RUN
    }

    /**
     * One thing that was checked.
     *
     * @param name its name
     * @param passed whether it passed
     * @param seconds how long it took
     * @param detail anything else
     */
    record Check(String name, boolean passed, double seconds, String detail) {
    }

    CheckerReport {
        checks = List.copyOf(checks);
        failures = List.copyOf(failures);
    }

    static CheckerReport notRun(final Checker checker, final String reason) {
        return new CheckerReport(checker, Verdict.NOT_RUN, 0, List.of(), List.of(reason), null);
    }

    boolean passed() {
        return verdict == Verdict.PASSED;
    }

    long failedChecks() {
        return checks.stream().filter(check -> !check.passed()).count();
    }
}
