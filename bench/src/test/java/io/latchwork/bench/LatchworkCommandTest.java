// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.latchwork.bench.capture.Capture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatchworkCommandTest {
    private static final int BAD = 2;
    private static final List<String> VARIANT_KEYS = List.of("name", "ops", "opsPerSecond", "p50", "p99", "p999",
        "p9999", "max", "bytesPerOp", "expiries", "differences", "ratioToLocked");

    @RegisterExtension
    final Console console = new Console();

    @TempDir
    private Path folder;

    private void assertRefused(String expected, String... args) {
        assertEquals(BAD, LatchworkCommand.execute(args), console.err());
        assertEquals(1, console.err().lines().count(), console.err());
        assertTrue(console.err().startsWith("latchwork: ") && console.err().contains(expected), console.err());
        assertEquals("", console.out());
    }

    @Test
    void truncatedCapture() throws IOException {
        try (InputStream in = Capture.class.getResourceAsStream("/io/latchwork/bench/default.pcap")) {
            byte[] whole = in.readAllBytes();
            Path file = folder.resolve("cut.pcap");
            Files.write(file, Arrays.copyOf(whole, whole.length - 1));
            assertRefused("cut.pcap", "compare", "--capture", file.toString());
        }
    }

    @Test
    void foreignCapture() throws IOException {
        Path file = folder.resolve("foreign.txt");
        Files.writeString(file, "not a capture at all");
        assertRefused("foreign.txt", "compare", "--capture", file.toString());
    }

    @Test
    void emptyCapture() throws IOException {
        assertRefused("empty.pcap", "compare", "--capture", Files.createFile(folder.resolve("empty.pcap")).toString());
    }

    @Test
    void missingCapture() {
        assertRefused("missing.pcap", "compare", "--capture", folder.resolve("missing.pcap").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--idle=0", "--idle=x", "--threads=0", "--threads=257", "--burst=0", "--seconds=0",
        "--seconds=1.5", "--variants=lockfree,none", "--variants=", "--json=/no/such/folder/x.json",
        "--frobnicate", "stray"})
    void badOption(String option) {
        assertRefused("", "compare", option);
    }

    @Test
    void noSubcommand() {
        assertRefused("--help");
    }

    @Test
    void unknownSubcommand() {
        assertRefused("frob", "frob");
    }

    @Test
    void helpAndVersion() {
        assertEquals(0, LatchworkCommand.execute("--help"));
        assertTrue(console.out().contains("compare"), console.out());
        console.clear();
        assertEquals(0, LatchworkCommand.execute("compare", "--help"));
        assertTrue(console.out().contains("--capture=FILE"), console.out());
        console.clear();
        assertEquals(0, LatchworkCommand.execute("--version"));
        assertTrue(console.out().startsWith("latchwork "), console.out());
        assertEquals("", console.err());
    }

    @Test
    void comparesAllVariantsAndWritesEveryKey() throws IOException {
        Path json = folder.resolve("results.json");
        assertEquals(0, LatchworkCommand.execute("compare", "--seconds", "1", "--idle", "50", "--json",
            json.toString()), console.err());
        assertEquals("", console.err());
        JsonObject all = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        assertEquals(Set.of("capture", "packets", "flows", "threads", "jdk", "variants"), all.keySet());
        assertEquals("default.pcap", all.get("capture").getAsString());
        assertEquals(2, all.get("threads").getAsInt());
        JsonArray variants = all.getAsJsonArray("variants");
        List<String> names = List.of("lockfree", "locked", "jdk", "netty");
        assertEquals(names.size(), variants.size());
        for (int i = 0; i < names.size(); i++) {
            JsonObject variant = variants.get(i).getAsJsonObject();
            assertEquals(names.get(i), variant.get("name").getAsString());
            assertVariant(variant, i < 2);
            assertTrue(console.out().lines().anyMatch(line -> line.startsWith(variant.get("name").getAsString())), console.out());
        }
    }

    private static void assertVariant(JsonObject variant, boolean verified) {
        Set<String> keys = new LinkedHashSet<>(VARIANT_KEYS);
        if (variant.get("name").getAsString().equals("locked")) {
            keys.add("baseLock");
            assertTrue(Set.of("spin", "reentrant").contains(variant.get("baseLock").getAsString()));
            assertEquals(1.0, variant.get("ratioToLocked").getAsDouble());
        }
        assertEquals(List.copyOf(keys), List.copyOf(variant.keySet()));
        assertTrue(variant.get("ops").getAsLong() > 0);
        assertTrue(variant.get("opsPerSecond").getAsDouble() > 0);
        assertTrue(variant.get("p50").getAsLong() <= variant.get("max").getAsLong());
        assertTrue(variant.get("expiries").getAsLong() > 0);
        assertFalse(variant.get("ratioToLocked").isJsonNull());
        if (verified) {
            assertEquals(0, variant.get("differences").getAsLong());
        } else {
            assertTrue(variant.get("differences").isJsonNull());
        }
    }
}
