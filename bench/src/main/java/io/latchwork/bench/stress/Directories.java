// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Work directories. */
public final class Directories {
    private Directories() {
    }

    /**
     * Deletes a directory with all that is in it.
     *
     * @param directory the directory
     * @throws IOException if something cannot be deleted
     */
    public static void delete(final Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
