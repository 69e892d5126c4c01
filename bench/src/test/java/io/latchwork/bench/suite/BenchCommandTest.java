// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.latchwork.bench.Console;
import io.latchwork.bench.LatchworkCommand;
import io.latchwork.bench.peers.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user types it. */
class BenchCommandTest {
    private static final int BAD = 2;

    @RegisterExtension
    final Console console = new Console();

    @TempDir
    private Path folder;

    private String refused(final String... args) {
        assertEquals(BAD, LatchworkCommand.execute(args));
        final String text = console.err();
        assertEquals(1, text.lines().count(), text);
        assertEquals("", console.out());
        return text;
    }

    @ParameterizedTest
    @CsvSource({"--threads,0", "--threads,257", "--threads,x", "--jdk25,/no/such/folder", "--suite,sundial",
        "--out,/proc/no/such/folder", "--nonsense,1"})
    void badUsageIsRefusedByNameAndMeasuresNothing(final String option, final String value) {
        final String text = refused("bench", "--only", "nothing", option, value);
        assertTrue(text.contains(option), text);
    }

    @Test
    void anUnknownSuiteListsThem() {
        final String text = refused("bench", "--suite", "sundial");
        Suites.ALL.forEach(suite -> assertTrue(text.contains(suite.id()), text));
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        final Path file = Files.createFile(folder.resolve("file"));
        final String text = refused("bench", "--out", file.toString());
        assertTrue(text.contains("--out") && text.contains(file.toString()), text);
    }

    @Test
    void aDirectoryWithForeignFilesIsRefused() throws IOException {
        Files.writeString(folder.resolve("armcancel.json"), "{}");
        final String text = refused("bench", "--out", folder.toString());
        assertTrue(text.contains("--out") && text.contains("armcancel.json"), text);
    }

    @Test
    void nothingMeasuredIsNoSuccess() {
        assertEquals(1, LatchworkCommand.execute("bench", "--suite", "armcancel", "--only", "sundial", "--out",
            folder.toString()));
    }

    @Test
    void aLimitIsMeasuredIntoAllFiles() throws IOException {
        assertEquals(0, LatchworkCommand.execute("bench", "--suite", "armcancel", "--quick", "--only", "volatile read", "--out",
            folder.toString()), console.err());
        assertEquals("", console.err());
        assertTrue(console.out().contains("undecided"), console.out());
        final JsonObject json = JsonParser.parseString(Files.readString(folder.resolve("armcancel.json"))).getAsJsonObject();
        assertEquals("./latchwork bench --suite armcancel --quick --only \"volatile read\" --out " + folder,
            json.get("command").getAsString());
        final JsonObject row = json.getAsJsonArray("rows").get(0).getAsJsonObject();
        assertEquals("volatile read", row.get("what").getAsString());
        assertTrue(row.get("value").getAsDouble() > 0);
        assertTrue(Files.readString(folder.resolve("index.html")).contains("volatile read"));
        assertTrue(Files.exists(folder.resolve("armcancel.md")));
    }

    @Test
    void inShortEveryPeerIsMeasuredByOneThreadAndByTwo() {
        final List<String> labels = labels(new Plan(true, 2)).toList();
        for (final String peer : Peers.ALL) {
            final String one = ArmCancelSuite.PAIR + " " + peer + ", " + ArmCancelSuite.USUAL + " pending";
            assertTrue(labels.contains(one), one);
            assertEquals(!peer.equals(Peers.ONE_THREAD), labels.contains(one + ", 2 threads"), one);
        }
        assertTrue(labels.size() < 100, "tasks: " + labels.size());
    }

    @Test
    void inFullNothingIsLeftOut() {
        final List<String> full = labels(new Plan(false, 4)).distinct().toList();
        labels(new Plan(true, 2)).filter(label -> !label.startsWith(ArmCancelSuite.LATENCY))
            .filter(label -> !label.contains("one")).forEach(label -> assertTrue(full.contains(label), label));
        assertTrue(full.stream().anyMatch(label -> label.endsWith("10000000 pending")));
        assertTrue(full.stream().anyMatch(label -> label.endsWith("4 threads")));
        assertTrue(labels(new Plan(true, 1)).noneMatch(label -> label.contains("threads")));
        assertEquals(List.of(1, 2, 4, 6), new Plan(true, 6).threadCounts());
    }

    private static Stream<String> labels(final Plan plan) {
        return new ArmCancelSuite().tasks(plan).stream().map(Task::label);
    }
}
