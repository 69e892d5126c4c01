// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import com.github.mustachejava.DefaultMustacheFactory;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what came of a suite: JSON with every figure, a table in Markdown, charts, and a page that shows them. */
final class SuiteFiles {
    private static final String PAGE = "io/latchwork/bench/suite/suite.html.mustache";

    private final Path directory;

    SuiteFiles(final Path directory) {
        this.directory = directory;
    }

    void write(final SuiteResult result) throws IOException {
        final String id = result.suite().id();
        final List<Goal> goals = result.suite().goals(result.rows());
        try (Writer to = Files.newBufferedWriter(directory.resolve(id + ".json"))) {
            final Gson gson = new GsonBuilder().setPrettyPrinting().serializeSpecialFloatingPointValues().create();
            gson.toJson(json(result, goals), to);
        }
        Files.write(directory.resolve(id + ".md"), markdown(result, goals));
        final Map<String, String> charts = new LinkedHashMap<>();
        for (final Map.Entry<String, String> chart : charts.entrySet()) {
            Files.writeString(directory.resolve(id + "-" + chart.getKey() + ".svg"), chart.getValue());
        }
        try (Writer to = Files.newBufferedWriter(directory.resolve(id + ".html"))) {
            new DefaultMustacheFactory().compile(PAGE).execute(to, page(result, goals, charts)).flush();
        }
    }

    private static Map<String, Object> json(final SuiteResult result, final List<Goal> goals) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("suite", result.suite().id());
        json.put("command", result.command());
        json.put("machine", result.machine());
        json.put("goals", goals.stream().map(goal -> Map.of("what", goal.what(), "value", goal.value(), "limit", goal.limit(),
            "lead", goal.isMoreBetter(), "verdict", goal.verdict().word())).toList());
        json.put("missing", result.missing());
        json.put("rows", result.rows().stream().map(SuiteFiles::json).toList());
        return json;
    }

    private static Map<String, Object> json(final Row row) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", row.what());
        json.put("peer", row.peer());
        if (row.pending() >= 0) {
            json.put("pending", row.pending());
        }
        json.put("threads", row.threads());
        putNumber(json, "value", row.value());
        json.put("unit", row.unit());
        putNumber(json, "cpuNs", row.cpuNs());
        putNumber(json, "bytes", row.bytes());
        return json;
    }

    private static void putNumber(final Map<String, Object> json, final String name, final double value) {
        if (!Double.isNaN(value)) {
            json.put(name, value);
        }
    }

    private static List<String> markdown(final SuiteResult result, final List<Goal> goals) {
        final List<String> lines = new ArrayList<>();
        lines.add("# " + result.suite().title());
        lines.add("");
        lines.add("`" + result.command() + "`");
        lines.add("");
        result.machine().forEach((name, value) -> lines.add("- " + name + ": " + value));
        lines.add("");
        lines.add("| ratio | value | met |");
        lines.add("|---|---|---|");
        goals.forEach(goal -> lines.add("| " + goal.what() + " | " + goal.target() + " | " + goal.verdict().word()
            + " |"));
        lines.add("");
        lines.add("| operation | peer | pending | threads | ns | ± | processor ns | bytes |");
        lines.add("|---|---|--:|--:|--:|--:|--:|--:|");
        result.rows().forEach(row -> lines.add(String.join(" | ", "| " + row.what(), row.peer(),
            row.pending() < 0 ? "" : String.valueOf(row.pending()), String.valueOf(row.threads()), number(row.value()),
            number(row.spread()), number(row.cpuNs()), number(row.bytes())) + " |"));
        result.missing().forEach(reason -> lines.add(System.lineSeparator() + "Not measured: " + reason));
        return lines;
    }

    private static Map<String, Object> page(final SuiteResult result, final List<Goal> goals,
                                            final Map<String, String> charts) {
        final Map<String, Object> page = new LinkedHashMap<>();
        page.put("title", result.suite().title());
        page.put("command", result.command());
        page.put("machine", new ArrayList<>(result.machine().entrySet()));
        page.put("goals", goals.stream().map(goal -> Map.of("what", goal.what(), "shown", goal.target(),
            "met", goal.verdict().word())).toList());
        page.put("charts", new ArrayList<>(charts.values()));
        page.put("missing", result.missing());
        page.put("rows", result.rows().stream().map(row -> Map.of("what", row.what(), "peer", row.peer(),
            "pending", row.pending() < 0 ? "" : String.valueOf(row.pending()), "threads", String.valueOf(row.threads()),
            "ns", number(row.value()), "error", number(row.spread()), "cpu", number(row.cpuNs()), "bytes", number(row.bytes())))
            .toList());
        return page;
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
    }
}
