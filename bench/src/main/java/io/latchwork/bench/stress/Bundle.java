// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.io.Closeable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that were packed beside the classes of this module, in a jar or in a directory of classes alike. */
public final class Bundle implements Closeable {
    private final FileSystem jar; // null: a directory
    private final Path root;

    private Bundle(final FileSystem jar, final Path root) {
        this.jar = jar;
        this.root = root;
    }

    /**
     * Opens the jar or directory that this class came from.
     *
     * @return the files, to be closed
     * @throws IOException if it cannot be read
     */
    public static Bundle open() throws IOException {
        final Path origin;
        try {
            origin = Path.of(Bundle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IOException("the classes of this module are neither in a file nor in a directory", e);
        }
        if (Files.isDirectory(origin)) {
            return new Bundle(null, origin);
        }
        final FileSystem jar = FileSystems.newFileSystem(origin, (ClassLoader) null);
        return new Bundle(jar, jar.getPath("/"));
    }

    /**
     * The files below a directory.
     *
     * @param directory its name, with slashes
     * @return sorted paths, each relative to the directory; empty if there is no such directory
     * @throws IOException if it cannot be read
     */
    public List<String> files(final String directory) throws IOException {
        final Path top = root.resolve(directory);
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(top)) {
            return paths.filter(Files::isRegularFile).map(path -> top.relativize(path).toString().replace('\\', '/')).sorted()
                .toList();
        }
    }

    /**
     * One file.
     *
     * @param name its name from the top, with slashes
     * @return its path, which may be one into a jar
     */
    public Path file(final String name) {
        return root.resolve(name);
    }

    @Override
    public void close() throws IOException {
        if (jar != null) {
            jar.close();
        }
    }
}
