// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the jar carries of the repository is what the repository has. */
class CheckoutTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> LIBRARIES = List.of("seqlatch", "rcu", "irqwork", "async-core");

    private static final int ANY_DEPTH = Integer.MAX_VALUE;

    private static int compare(final Path directory, final String below, final int depth, final String extension)
        throws IOException {
        final List<Path> files;
        try (Stream<Path> paths = Files.walk(ROOT.resolve(below), depth)) {
            files = paths.filter(path -> path.toString().endsWith(extension)).toList();
        }
        for (final Path file : files) {
            final Path copy = directory.resolve(ROOT.relativize(file).toString());
            assertTrue(Files.exists(copy), () -> file + " was not packed");
            assertEquals(-1, Files.mismatch(file, copy), file::toString);
        }
        return files.size();
    }

    @Test
    void hasSourcesClassesAndDocuments(@TempDir final Path directory) throws IOException {
        assertTrue(Checkout.unpack(directory) > 0);
        for (final String library : LIBRARIES) {
            assertTrue(compare(directory, library + "/src/main/java", ANY_DEPTH, ".java") > 2, library);
            assertTrue(compare(directory, library + "/target/classes", ANY_DEPTH, ".class") > 2, library);
        }
        assertTrue(compare(directory, "docs", 1, ".md") > 2);
        assertEquals(-1, Files.mismatch(ROOT.resolve("README.md"), directory.resolve("README.md")));
    }

    @Test
    void aFileIsReadByItsName() throws IOException {
        try (Bundle bundle = Bundle.open()) {
            final String name = "rcu/src/main/java/io/latchwork/rcu/Rcu.java";
            assertEquals(Files.readAllLines(ROOT.resolve(name)), Checkout.read(bundle, name));
            assertTrue(bundle.files("checkout/rcu/src").contains("main/java/io/latchwork/rcu/Rcu.java"));
            assertEquals(List.of(), bundle.files("no-such-directory"));
        }
    }
}
