// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The comments of a source file, by line. */
final class SourceComments {
    private final Path file;
    private final List<String> lines;

    SourceComments(Path file) {
        this.file = file;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String file() {
        return file.getFileName().toString();
    }

    /** The comment at the end of a line, and those on lines of their own directly above it. */
    String at(int line) {
        StringBuilder text = new StringBuilder();
        for (int above = line - 1; above >= 1 && lines.get(above - 1).strip().startsWith("//"); above--) {
            text.insert(0, lines.get(above - 1).strip().substring(2) + " ");
        }
        String own = lines.get(line - 1);
        int begin = own.indexOf("//");
        return begin < 0 ? text.toString() : text + own.substring(begin + 2);
    }
}
