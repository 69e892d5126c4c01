// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;

/** A source file of the library that a mutant has changed. */
final class ChangedSource extends SimpleJavaFileObject {
    private static final String SOURCES = "/src/main/java/";
    private static final String CLASSES = "/target/classes/";
    private static final String ENDING = ".java";

    private final String file;
    private final String text;

    /**
     * @param file its name from the top of the repository, with slashes
     * @param lines what is in it now
     */
    ChangedSource(final String file, final List<String> lines) {
        super(URI.create("mutant:///" + file), Kind.SOURCE);
        this.file = file;
        this.text = String.join("\n", lines) + "\n";
    }

    @Override
    public CharSequence getCharContent(final boolean ignoreEncodingErrors) {
        return text;
    }

    /**
     * Puts the source, and its classes, where they are in the repository.
     *
     * @param classes where the compiler left them
     * @param checkout the top of the repository
     */
    void putInto(final Path classes, final Path checkout) throws IOException {
        Files.writeString(checkout.resolve(file), text);
        final String module = file.substring(0, file.indexOf(SOURCES));
        final Path name = Path.of(file.substring(module.length() + SOURCES.length(), file.length() - ENDING.length()));
        try (Stream<Path> all = Files.list(classes.resolve(name).getParent())) {
            for (final Path from : all.toList()) {
                if (from.getFileName().toString().matches(name.getFileName() + "(\\$.*)?\\.class")) {
                    Files.write(checkout.resolve(module + CLASSES).resolve(classes.relativize(from)), Files.readAllBytes(from));
                }
            }
        }
    }
}
