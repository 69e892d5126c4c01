// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.latchwork.bench.Console;
import io.latchwork.bench.LatchworkCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user types it. */
class StressCommandTest {
    private static final int BAD = 2;

    @RegisterExtension
    final Console console = new Console();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"--tier,medium", "--minutes,0", "--minutes,-3", "--minutes,x", "--seed,x", "--only,nobody",
        "--json,/no/such/folder/file", "--html,/no/such/folder/file", "--nonsense,1"})
    void badUsageIsRefusedByNameAndRunsNothing(final String option, final String value) {
        assertEquals(BAD, LatchworkCommand.execute("stress", option, value));
        final List<String> lines = console.err().lines().toList();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.get(0).contains(option), lines.get(0));
        assertEquals("", console.out());
    }

    @Test
    void aRunIsToldInTextInJsonAndInOnePage() throws Exception {
        final Path json = folder.resolve("r.json");
        final Path html = folder.resolve("r.html");
        final int code = LatchworkCommand.execute("stress", "--only", "labels", "--seed", "-12345678901",
            "--json", json.toString(), "--html", html.toString());
        final String text = console.out();
        assertEquals(0, code, text);
        assertTrue(text.contains("PASSED   labels"), text);
        assertTrue(text.contains("seed -12345678901"), text);
        assertTrue(text.contains("governor"), text);
        assertEquals("1 passed, 0 failed", text.stripTrailing().lines().reduce((a, b) -> b).orElseThrow());

        final JsonObject report = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        assertEquals("passed", report.get("verdict").getAsString());
        assertEquals(1, report.get("checkers").getAsJsonArray().size());
        final String page = Files.readString(html);
        assertTrue(page.contains("-12345678901") && page.contains("OrderingLabelsTest"), page);
        assertFalse(page.contains("{{") || page.contains("src=") || page.contains("href="), "needs nothing else");
    }
}
