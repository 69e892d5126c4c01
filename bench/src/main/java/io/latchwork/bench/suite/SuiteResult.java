// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;
import java.util.Map;

/**
 * What came of a suite.
 *
 * @param suite which
 * @param command the command line that measures it again
 * @param machine what it ran on
 * @param rows what was measured
 * @param missing what was not, and why
 */
record SuiteResult(Suite suite, String command, Map<String, String> machine, List<Row> rows, List<String> missing) {
    SuiteResult {
        rows = List.copyOf(rows);
        missing = List.copyOf(missing);
    }

    /** What the figures should be, and are. */
    List<Goal> goals() {
        return suite.goals(rows);
    }
}
