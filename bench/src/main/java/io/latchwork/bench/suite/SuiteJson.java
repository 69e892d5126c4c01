// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What came of a suite as JSON: every figure and every sample. What was not measured is left out. */
final class SuiteJson {
    private static final Gson PRETTY = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final Gson DENSE = new GsonBuilder().disableHtmlEscaping().create();
    private static final double DIGITS = 1_000;

    private SuiteJson() {
    }

    /** Writes a result; each row on a line of its own. */
    static void write(final SuiteResult result, final Path file) throws IOException {
        final JsonObject head = new JsonObject();
        head.addProperty("suite", result.suite().id());
        head.addProperty("title", result.suite().title());
        head.addProperty("command", result.command());
        head.add("machine", PRETTY.toJsonTree(result.machine()));
        head.add("goals", goals(result.goals()));
        head.add("missing", PRETTY.toJsonTree(result.missing()));
        final String text = PRETTY.toJson(head);
        final List<String> rows = result.rows().stream().map(row -> "    " + DENSE.toJson(json(row))).toList();
        Files.writeString(file, text.substring(0, text.lastIndexOf('}')).stripTrailing() + ",\n  \"rows\": [\n"
            + String.join(",\n", rows) + "\n  ]\n}\n");
    }

    private static JsonArray goals(final List<Goal> goals) {
        final JsonArray all = new JsonArray();
        for (final Goal goal : goals) {
            final JsonObject json = new JsonObject();
            json.addProperty("what", goal.what());
            put(json, "value", goal.value());
            put(json, goal.isMoreBetter() ? "atLeast" : "atMost", goal.limit());
            json.addProperty("verdict", goal.verdict().word());
            all.add(json);
        }
        return all;
    }

    private static JsonObject json(final Row row) {
        final JsonObject json = new JsonObject();
        json.addProperty("what", row.what());
        json.addProperty("peer", row.peer());
        if (row.pending() >= 0) {
            json.addProperty("pending", row.pending());
        }
        if (row.threads() >= 0) {
            json.addProperty("threads", row.threads());
        }
        put(json, "value", row.value());
        json.addProperty("unit", row.unit());
        put(json, "mean", row.mean());
        put(json, "bestQuartile", row.bestQuartile());
        put(json, "spread", row.spread());
        put(json, "cpuNs", row.cpuNs());
        put(json, "callerNs", row.callerNs());
        put(json, "bytes", row.bytes());
        if (!row.samples().isEmpty()) {
            final JsonArray samples = new JsonArray();
            row.samples().forEach(sample -> samples.add(rounded(sample)));
            json.add("samples", samples);
        }
        return json;
    }

    private static void put(final JsonObject json, final String name, final double value) {
        if (Double.isFinite(value)) {
            json.addProperty(name, rounded(value));
        }
    }

    private static double rounded(final double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }

    /**
     * Reads what was written.
     *
     * @param suite the suite that it is of
     * @param file the file
     * @return the result
     * @throws IOException if the file cannot be read, or is something else
     */
    static SuiteResult read(final Suite suite, final Path file) throws IOException {
        try {
            final JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            final Map<String, String> machine = new LinkedHashMap<>();
            json.getAsJsonObject("machine").entrySet()
                .forEach(fact -> machine.put(fact.getKey(), fact.getValue().getAsString()));
            final List<String> missing = new ArrayList<>();
            json.getAsJsonArray("missing").forEach(reason -> missing.add(reason.getAsString()));
            final List<Row> rows = new ArrayList<>();
            json.getAsJsonArray("rows").forEach(row -> rows.add(row(row.getAsJsonObject())));
            return new SuiteResult(suite, json.get("command").getAsString(), machine, rows, missing);
        } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException e) {
            throw new IOException(file + " is not what this command writes", e);
        }
    }

    private static Row row(final JsonObject json) {
        final JsonElement samples = json.get("samples");
        return new Row(json.get("what").getAsString(), json.get("peer").getAsString(), count(json, "pending"),
            count(json, "threads"), number(json, "value"), json.get("unit").getAsString(), number(json, "cpuNs"),
            number(json, "callerNs"), number(json, "bytes"), samples == null ? List.of()
                : StreamSupport.stream(samples.getAsJsonArray().spliterator(), false).map(JsonElement::getAsDouble).toList());
    }

    private static int count(final JsonObject json, final String name) {
        return json.has(name) ? json.get(name).getAsInt() : -1;
    }

    private static double number(final JsonObject json, final String name) {
        return json.has(name) ? json.get(name).getAsDouble() : Double.NaN;
    }
}
