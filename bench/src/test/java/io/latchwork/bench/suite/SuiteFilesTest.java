// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteFilesTest {
    private static final Suite SUITE = new MadeUpSuite(List.of());
    private static final SuiteResult RESULT = new SuiteResult(SUITE, "./latchwork bench --suite madeup",
        Map.of("CPU", "abacus <1>"), MadeUpSuite.ROWS, List.of("sundial: no sun"));

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenAsJsonIsReadAgain() throws IOException {
        final Path file = folder.resolve("x.json");
        SuiteJson.write(RESULT, file);
        assertEquals(RESULT, SuiteJson.read(SUITE, file));
    }

    @Test
    void jsonHoldsFiguresGoalsAndWhatIsMissing() throws IOException {
        final Path file = folder.resolve("x.json");
        SuiteJson.write(RESULT, file);
        final JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertEquals("madeup", json.get("suite").getAsString());
        assertEquals("./latchwork bench --suite madeup", json.get("command").getAsString());
        assertEquals("abacus <1>", json.getAsJsonObject("machine").get("CPU").getAsString());
        assertEquals("sundial: no sun", json.getAsJsonArray("missing").get(0).getAsString());
        final JsonArray rows = json.getAsJsonArray("rows");
        assertEquals(MadeUpSuite.ROWS.size(), rows.size());
        final JsonObject first = rows.get(0).getAsJsonObject();
        assertEquals(8.25, first.get("bestQuartile").getAsDouble());
        assertEquals(8.833, first.get("mean").getAsDouble());
        assertEquals(3, first.getAsJsonArray("samples").size());
        assertFalse(rows.get(3).getAsJsonObject().has("pending"), "it does not matter");
        assertFalse(rows.get(2).getAsJsonObject().has("cpuNs"), "it was not measured");
        final JsonArray goals = json.getAsJsonArray("goals");
        assertEquals(List.of("met", "missed", "undecided"),
            List.of(verdict(goals, 0), verdict(goals, 1), verdict(goals, 2)));
        assertEquals(10, goals.get(1).getAsJsonObject().get("atLeast").getAsDouble());
        assertFalse(goals.get(2).getAsJsonObject().has("value"));
    }

    private static String verdict(final JsonArray goals, final int index) {
        return goals.get(index).getAsJsonObject().get("verdict").getAsString();
    }

    @Test
    void everyFileOfASuite() throws Exception {
        final SuiteFiles files = new SuiteFiles(folder);
        files.write(RESULT);
        files.writeIndex(List.of(new ArmCancelSuite(), SUITE));
        final String table = Files.readString(folder.resolve("madeup.md"));
        assertTrue(table.contains("| pair | lockfree | 1000 | 1 | 8.50 | 0.50 | 8.25 | ns/op | 8.25 | 8.13 | 0.00 |"), table);
        assertTrue(table.contains("| lead over b | 9.41 | at least 10.00 | **missed** |"), table);
        assertTrue(table.contains("abacus") && table.contains("sundial: no sun") && table.contains("(madeup-peers.svg)"), table);
        Documents.parse(Files.readString(folder.resolve("madeup-pending.svg")));
        Documents.parse(Files.readString(folder.resolve("madeup-peers.svg")));
        final String page = Files.readString(folder.resolve("index.html"));
        assertEquals(2, page.split("<svg ", -1).length - 1, "charts are in the page");
        assertTrue(page.contains("Made-up &lt;figures&gt;") && page.contains("abacus &lt;1&gt;"), page);
        assertTrue(page.contains("missed") && page.contains("sundial: no sun"), page);
        assertFalse(page.contains("{{") || page.contains("src=") || page.contains("href=\"h"), "needs nothing else");
        assertFalse(page.contains("armcancel"), "a suite that there is no file of");
    }

    @Test
    void foreignFilesAreRefused() throws IOException {
        final Path file = folder.resolve("x.json");
        for (final String text : List.of("", "[]", "{}", "{\"rows\": 1}", "no json",
            "{\"machine\":{},\"missing\":[],\"rows\":[{}]}")) {
            Files.writeString(file, text);
            assertThrows(IOException.class, () -> SuiteJson.read(SUITE, file), text);
        }
    }
}
