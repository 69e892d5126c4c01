// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a run: for each suite JSON, Markdown and charts, and one page for all that are there, of earlier runs, too. */
final class SuiteFiles {
    private final Path directory;

    SuiteFiles(final Path directory) {
        this.directory = directory;
    }

    /** The name of a chart's file. */
    static String name(final Suite suite, final ChartSpec chart) {
        return suite.id() + "-" + chart.name() + ".svg";
    }

    /** The file with every figure of a suite. */
    Path json(final Suite suite) {
        return directory.resolve(suite.id() + ".json");
    }

    /** Writes the figures only. */
    void writeJson(final SuiteResult result) throws IOException {
        SuiteJson.write(result, json(result.suite()));
    }

    /** Writes what came of a suite. */
    void write(final SuiteResult result) throws IOException {
        writeJson(result);
        final List<ChartSpec> charts = result.suite().charts(result.rows());
        for (final ChartSpec chart : charts) {
            Files.writeString(directory.resolve(name(result.suite(), chart)), Charts.svg(chart));
        }
        Files.write(directory.resolve(result.suite().id() + ".md"), SuiteMarkdown.lines(result, charts));
    }

    /** Writes the page again, with the suites among these that there are files of. */
    void writeIndex(final List<Suite> suites) throws IOException {
        final List<SuiteResult> results = new ArrayList<>();
        for (final Suite suite : suites) {
            if (Files.exists(json(suite))) {
                results.add(SuiteJson.read(suite, json(suite)));
            }
        }
        IndexPage.write(results, directory.resolve("index.html"));
    }
}
