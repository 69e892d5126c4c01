// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.nmi.scenario.LlistScenarios;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent, in a JVM of its own. */
class NmiAgentTest {

    @TempDir
    private Path temporary;

    /** What the other JVM runs: a scenario bound to the classes of the application's loader. */
    static final class Main {
        private Main() {
        }

        public static void main(final String[] arguments) {
            System.out.println(NmiExplorer.explore(new LlistScenarios.PushInTake(), Options.defaults()));
        }
    }

    /** The classes of the kit, with the manifest that the module's jar has. */
    private Path agentJar() throws Exception {
        final Path classes = Path.of(NmiAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), NmiAgent.class.getName());
        final Path jar = temporary.resolve("agent.jar");
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest)) {
            if (Files.isDirectory(classes)) {
                copy(classes, out);
            } else { // one jar of everything
                try (FileSystem whole = FileSystems.newFileSystem(classes)) {
                    copy(whole.getPath("/"), out);
                }
            }
        }
        return jar;
    }

    /** The kit: one package. */
    private static void copy(final Path classes, final JarOutputStream out) throws IOException {
        final Path kit = classes.resolve("io/latchwork/nmi");
        try (Stream<Path> files = Files.list(kit)) {
            for (final Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }

    private String run(final String... options) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        final Path output = temporary.resolve("output");
        final Process child = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
            .start();
        try {
            assertTrue(child.waitFor(30, TimeUnit.SECONDS), "the other JVM does not end");
        } finally {
            child.destroyForcibly();
        }
        final String text = Files.readString(output);
        assertEquals(0, child.exitValue(), text);
        return text;
    }

    @Test
    void theAgentInstruments() throws Exception {
        final String text = run("-javaagent:" + agentJar() + "=io.latchwork.irqwork.");
        assertTrue(text.startsWith("PASS "), text);
    }

    @Test
    void withoutItNothingIsExplored() throws Exception {
        final String text = run();
        assertTrue(text.startsWith("VACUOUS "), text);
    }
}
