// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import com.github.mustachejava.DefaultMustacheFactory;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One page that shows every suite: goals, charts, figures and what they were measured on. It needs no other file. */
final class IndexPage {
    private static final String PAGE = "io/latchwork/bench/suite/index.html.mustache";

    private IndexPage() {
    }

    static void write(final List<SuiteResult> results, final Path file) throws IOException {
        try (Writer to = Files.newBufferedWriter(file)) {
            new DefaultMustacheFactory().compile(PAGE)
                .execute(to, Map.of("suites", results.stream().map(IndexPage::suite).toList())).flush();
        }
    }

    private static Map<String, Object> suite(final SuiteResult result) {
        final Map<String, Object> page = new LinkedHashMap<>();
        page.put("id", result.suite().id());
        page.put("title", result.suite().title());
        page.put("command", result.command());
        page.put("notes", result.suite().notes());
        page.put("machine", new ArrayList<>(result.machine().entrySet()));
        page.put("goals", result.goals().stream().map(goal -> Map.of("what", goal.what(), "value", Text.number(goal.value()),
            "target", goal.target(), "verdict", goal.verdict().word())).toList());
        page.put("charts", result.suite().charts(result.rows()).stream().map(Charts::svg).toList());
        page.put("rows", result.rows().stream().map(IndexPage::row).toList());
        page.put("missing", result.missing());
        return page;
    }

    private static Map<String, String> row(final Row row) {
        final Map<String, String> cells = new LinkedHashMap<>();
        cells.put("what", row.what());
        cells.put("peer", row.peer());
        cells.put("pending", Text.count(row.pending()));
        cells.put("threads", Text.count(row.threads()));
        cells.put("value", Text.number(row.value()));
        cells.put("spread", Text.number(row.spread()));
        cells.put("best", Text.number(row.bestQuartile()));
        cells.put("unit", row.unit());
        cells.put("processor", Text.number(row.cpuNs()));
        cells.put("callers", Text.number(row.callerNs()));
        cells.put("bytes", Text.number(row.bytes()));
        return cells;
    }
}
