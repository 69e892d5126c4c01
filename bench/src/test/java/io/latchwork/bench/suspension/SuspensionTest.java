// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A few suspensions: the library gets on, the locked variants do not. */
class SuspensionTest {
    private static String output;

    private static int suspend(final String... args) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int code = Suspension.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), args);
        output = bytes.toString(StandardCharsets.UTF_8);
        System.out.print(output);
        return code;
    }

    @Test
    void onlyTheLibraryGetsOn() {
        assertEquals(0, suspend("--modes", "interpreted", "--seconds", "1", "--trials", "12", "--hold-ms", "100",
            "--enough", "1"));
        for (final Subject subject : Subject.values()) {
            assertTrue(output.contains(subject.missing() == null ? "@result suspension-interpreted-" + subject.label() + " passed"
                : "suspension-" + subject.label() + " skipped: "), subject.label());
        }
    }

    @Test
    void aRuntimeWithoutDebuggerIsNamed() throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--limit-modules", "java.base", "-cp", System.getProperty("java.class.path"), Suspension.class.getName())
            .redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), said);
        assertTrue(said.contains("no module jdk.jdi"), said);
    }

    @Test
    void badUsageIsRefusedByName() {
        assertEquals(2, suspend("--no-such-option"));
        assertTrue(output.contains("--no-such-option"));
        assertEquals(2, suspend("--hold-ms", "0"));
        assertTrue(output.contains("--hold-ms"));
    }
}
