// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/verification.md has a row for every race and every ported test, no empty cell, and names only classes that exist. */
class VerificationTableTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("\\| ([ZT]\\d+) \\|(.*)\\|");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
    private static final int RACES = 62;
    private static final int PORTED = 51;

    private static List<Matcher> rows(char kind) throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/verification.md")).stream().map(ROW::matcher)
            .filter(row -> row.matches() && row.group(1).charAt(0) == kind).toList();
    }

    private static void isComplete(char kind, String form, int count) throws IOException {
        List<String> expected = IntStream.rangeClosed(1, count).mapToObj(form::formatted).toList();
        assertEquals(expected, rows(kind).stream().map(row -> row.group(1)).toList());
    }

    @Test
    void everyRaceHasItsRow() throws IOException {
        isComplete('Z', "Z%d", RACES);
    }

    @Test
    void everyPortedTestHasItsRow() throws IOException {
        isComplete('T', "T%02d", PORTED);
    }

    @Test
    void noCellIsEmptyAndEveryClassExists() throws IOException {
        Set<String> known;
        try (Stream<Path> files = Files.walk(ROOT)) {
            known = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java"))
                .map(name -> name.substring(0, name.length() - ".java".length())).collect(Collectors.toSet());
        }
        List<String> missing = new ArrayList<>();
        List<Matcher> rows = new ArrayList<>(rows('Z'));
        rows.addAll(rows('T'));
        for (Matcher row : rows) {
            for (String cell : row.group(2).split("\\|")) {
                assertTrue(!cell.isBlank(), row.group());
            }
            Matcher name = CLASS.matcher(row.group(2).substring(row.group(2).lastIndexOf('|') + 1));
            boolean any = false;
            while (name.find()) {
                any = true;
                if (!known.contains(name.group(1))) {
                    missing.add(row.group(1) + ": " + name.group(1));
                }
            }
            assertTrue(any || row.group(1).charAt(0) == 'T', "names no class: " + row.group());
        }
        assertEquals(List.of(), missing);
    }
}
