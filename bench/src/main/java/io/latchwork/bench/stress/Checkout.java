// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The parts of the repository that checkers read: main sources and classes of the libraries, and the documents. They were
 * packed with this module, so that a jar alone is enough.
 *
 * <pre>
 * README.md
 * docs/*.md
 * MODULE/src/main/java/**       for seqlatch, rcu, irqwork and async-core
 * MODULE/target/classes/**
 * </pre>
 */
public final class Checkout {
    private static final String PACKED = "checkout";

    private Checkout() {
    }

    /**
     * Unpacks the tree.
     *
     * @param directory where to; made if it does not exist
     * @return how many files there are
     * @throws IOException if a file cannot be read or written, or nothing was packed
     */
    public static int unpack(final Path directory) throws IOException {
        try (Bundle bundle = Bundle.open()) {
            final List<String> files = bundle.files(PACKED);
            if (files.isEmpty()) {
                throw new IOException("the sources of the libraries were not packed");
            }
            for (final String file : files) {
                final Path target = directory.resolve(file);
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(bundle.file(PACKED + '/' + file)));
            }
            return files.size();
        }
    }

    /**
     * Reads one file of the tree.
     *
     * @param bundle the packed files
     * @param file its name from the top of the repository, with slashes
     * @return its lines
     * @throws IOException if there is no such file
     */
    public static List<String> read(final Bundle bundle, final String file) throws IOException {
        return Files.readAllLines(bundle.file(PACKED + '/' + file));
    }
}
