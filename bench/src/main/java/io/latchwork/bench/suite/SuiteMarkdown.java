// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.ArrayList;
import java.util.List;

/** What came of a suite as Markdown: goals, charts, and a table of all figures. */
final class SuiteMarkdown {
    private SuiteMarkdown() {
    }

    static List<String> lines(final SuiteResult result, final List<ChartSpec> charts) {
        final List<String> lines = new ArrayList<>();
        lines.add("# " + result.suite().title());
        lines.add("");
        lines.add("    " + result.command());
        lines.add("");
        result.machine().forEach((name, value) -> lines.add("- " + name + ": " + value));
        result.suite().notes().forEach(note -> lines.addAll(List.of("", note)));
        goals(result.goals(), lines);
        charts.forEach(chart -> lines.addAll(List.of("",
            "![" + chart.title() + "](" + SuiteFiles.name(result.suite(), chart) + ")")));
        rows(result.rows(), lines);
        result.missing().forEach(reason -> lines.addAll(List.of("", "Not measured: " + reason)));
        return lines;
    }

    private static void goals(final List<Goal> goals, final List<String> lines) {
        if (!goals.isEmpty()) {
            lines.addAll(List.of("", "| goal | is | should be | |", "|---|--:|---|---|"));
            goals.forEach(goal -> lines.add("| " + String.join(" | ", goal.what(), Text.number(goal.value()), goal.target(),
                goal.verdict() == Goal.Verdict.MET ? "met" : "**" + goal.verdict().word() + "**") + " |"));
        }
    }

    private static void rows(final List<Row> rows, final List<String> lines) {
        lines.addAll(List.of("", "| figure | peer | others armed | threads | median | ± | best quartile | unit "
            + "| processor ns | the callers' | bytes |", "|---|---|--:|--:|--:|--:|--:|---|--:|--:|--:|"));
        rows.forEach(row -> lines.add("| " + String.join(" | ", row.what(), row.peer(), Text.count(row.pending()),
            Text.count(row.threads()), Text.number(row.value()), Text.number(row.spread()), Text.number(row.bestQuartile()),
            row.unit(), Text.number(row.cpuNs()), Text.number(row.callerNs()), Text.number(row.bytes())) + " |"));
    }
}
