// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import com.github.mustachejava.DefaultMustacheFactory;
import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import io.latchwork.bench.report.Machine;
import io.latchwork.bench.stress.CheckerReport.Check;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a run, for programs and for browsers.
 *
 * @param tier how much was checked
 * @param seed what was random came from it
 * @param seconds how long it took
 * @param reports the checkers, in the order in which they ran
 */
record StressReport(Tier tier, long seed, double seconds, List<CheckerReport> reports) {
    private static final String PAGE = "io/latchwork/bench/stress/report.html.mustache";

    StressReport {
        reports = List.copyOf(reports);
    }

    boolean passed() {
        return StressRun.allPassed(reports);
    }

    private String tierName() {
        return tier.name().toLowerCase(Locale.ROOT);
    }

    private long passedCount() {
        return reports.stream().filter(CheckerReport::passed).count();
    }

    void writeJson(final Writer to) throws IOException {
        final JsonWriter json = new JsonWriter(to);
        json.setFormattingStyle(FormattingStyle.PRETTY);
        json.beginObject();
        json.name("tier").value(tierName());
        json.name("seed").value(seed);
        json.name("seconds").value(seconds);
        json.name("verdict").value(passed() ? "passed" : "failed");
        json.name("passed").value(passedCount());
        json.name("failed").value(reports.size() - passedCount());
        json.name("machine").beginObject();
        for (final Map.Entry<String, String> fact : Machine.facts().entrySet()) {
            json.name(fact.getKey()).value(fact.getValue());
        }
        json.endObject();
        json.name("checkers").beginArray();
        for (final CheckerReport report : reports) {
            write(report, json);
        }
        json.endArray();
        json.endObject();
        json.flush();
        to.write(System.lineSeparator());
        to.flush();
    }

    private static void write(final CheckerReport report, final JsonWriter json) throws IOException {
        json.beginObject();
        json.name("name").value(report.checker().name());
        json.name("shows").value(report.checker().what());
        json.name("verdict").value(report.verdict().name().toLowerCase(Locale.ROOT));
        json.name("seconds").value(report.seconds());
        json.name("failures").beginArray();
        for (final String failure : report.failures()) {
            json.value(failure);
        }
        json.endArray();
        json.name("checks").beginArray();
        for (final Check check : report.checks()) {
            json.beginObject();
            json.name("name").value(check.name());
            json.name("passed").value(check.passed());
            json.name("seconds").value(check.seconds());
            json.name("detail").value(check.detail());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    /** Writes one page that needs nothing else. */
    void writeHtml(final Writer to) throws IOException {
        final Map<String, Object> page = new LinkedHashMap<>();
        page.put("tier", tierName());
        page.put("seed", String.valueOf(seed)); // a number would be written with separators
        page.put("seconds", oneDigit(seconds));
        page.put("verdict", passed() ? "passed" : "failed");
        page.put("passed", String.valueOf(passedCount()));
        page.put("failed", String.valueOf(reports.size() - passedCount()));
        page.put("machine", new ArrayList<>(Machine.facts().entrySet()));
        page.put("checkers", reports.stream().map(StressReport::page).toList());
        new DefaultMustacheFactory().compile(PAGE).execute(to, page).flush();
    }

    private static Map<String, Object> page(final CheckerReport report) {
        final Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", report.checker().name());
        page.put("what", report.checker().what());
        page.put("verdict", report.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        page.put("open", !report.passed());
        page.put("style", report.passed() ? "passed" : "failed");
        page.put("seconds", oneDigit(report.seconds()));
        page.put("count", String.valueOf(report.checks().size()));
        page.put("failures", report.failures());
        page.put("checks", report.checks().stream().map(check -> Map.of(
            "name", check.name(), "verdict", check.passed() ? "passed" : "failed",
            "seconds", oneDigit(check.seconds()), "detail", check.detail())).toList());
        return page;
    }

    private static String oneDigit(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
