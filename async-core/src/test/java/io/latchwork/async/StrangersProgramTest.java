// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example, compiled and run by a fresh JVM without any flag: nothing is printed but what it prints. */
class StrangersProgramTest {
    private static final String PROGRAM = """
        package stranger;

        import io.latchwork.async.*;

        public class Main {
            public static void main(String[] args) {
                %s
            }
        }
        """;
    private static final String EXPECTED = "CANCELLED\nunloaded\n";

    @TempDir
    Path dir;

    /** An example as the README has it. */
    private static String example(int number) throws IOException {
        String[] parts = Files.readString(Path.of("").toAbsolutePath().getParent().resolve("README.md")).split("```java");
        return parts[number].substring(0, parts[number].indexOf("```"));
    }

    private static String libraries() {
        return String.join(File.pathSeparator, Arrays.stream(System.getProperty("java.class.path")
            .split(File.pathSeparator)).filter(p -> p.matches(".*(target/classes|seqlatch.*jar|rcu.*jar|irqwork.*jar"
                + "|agrona.*jar|jctools.*jar)")).toList());
    }

    private String run(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.set(0, Path.of(System.getProperty("java.home"), "bin", command[0]).toString());
        Path output = dir.resolve("output.txt");
        Process process = new ProcessBuilder(all).directory(dir.toFile()).redirectErrorStream(true)
            .redirectOutput(output.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "hangs");
        String printed = Files.readString(output);
        assertEquals(0, process.exitValue(), printed);
        return printed;
    }

    @Test
    void runsOnTheClassPath() throws Exception {
        Path source = Files.createDirectories(dir.resolve("src/stranger")).resolve("Main.java");
        Files.writeString(source, PROGRAM.formatted(example(1)));
        assertEquals("", run("javac", "-cp", libraries(), "-d", "out", source.toString()));
        assertEquals(EXPECTED, run("java", "-cp", libraries() + File.pathSeparator + "out", "stranger.Main"));
    }

    @Test
    void runsOnTheModulePath() throws Exception {
        Path source = Files.createDirectories(dir.resolve("src/stranger")).resolve("Main.java");
        Files.writeString(source, PROGRAM.formatted(example(1)));
        Path module = Files.writeString(dir.resolve("src/module-info.java"),
            "module stranger { requires io.latchwork.async; }");
        assertEquals("", run("javac", "-p", libraries(), "-d", "out", source.toString(), module.toString()));
        assertEquals(EXPECTED, run("java", "-p", libraries() + File.pathSeparator + "out", "-m", "stranger/stranger.Main"));
    }

    @Test
    void theSecondExampleRunsToo() throws Exception {
        Path source = Files.createDirectories(dir.resolve("src/stranger")).resolve("Main.java");
        Files.writeString(source, PROGRAM.formatted(example(2)));
        assertEquals("", run("javac", "-cp", libraries(), "-d", "out", source.toString()));
        String printed = run("java", "-cp", libraries() + File.pathSeparator + "out", "stranger.Main");
        assertTrue(printed.contains("ArmedTimer[key=7, clock=REALTIME"), printed);
    }
}
