// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The section "Interruption points" of docs/verification.md. */
final class CoverageTable {

    private static final Path DOCUMENT = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("verification.md");
    private static final String BEGIN = "<!-- interruption points -->";
    private static final String END = "<!-- end of interruption points -->";
    /** Columns that may differ by JDK: points and runs. */
    private static final List<Integer> COUNTS = List.of(3, 4, 6, 8);

    private CoverageTable() {
    }

    static boolean exists() {
        return Files.isRegularFile(DOCUMENT);
    }

    static String code(final String call) {
        return '`' + call + '`';
    }

    private static List<String> lines(final List<Coverage> all) {
        final List<String> lines = new ArrayList<>(List.of(
            "| calls on | pairs | points | runs | triples | runs | pairs, stopped | points |",
            "|---|---|---|---|---|---|---|---|"));
        all.forEach(each -> lines.add(numbers(each)));
        lines.add("");
        lines.add("| calls on | the calls | not put together |");
        lines.add("|---|---|---|");
        all.forEach(each -> lines.add("| " + each.matrix().name() + " | "
            + each.matrix().calls().stream().map(CoverageTable::code).collect(Collectors.joining(", ")) + " | "
            + each.exceptions() + " |"));
        return lines;
    }

    private static String numbers(final Coverage each) {
        final int triples = each.combinations(Cell.Form.TWO_IN, Cell.Form.NESTED);
        final long runs = each.runs(Cell.Form.TWO_IN, Cell.Form.NESTED);
        return "| " + each.matrix().name() + " | " + each.combinations(Cell.Form.IN) + " | " + each.points(Cell.Form.IN) + " | "
            + each.runs(Cell.Form.IN) + " | " + (triples == 0 ? "in full" : triples) + " | "
            + (runs == 0 ? "in full" : runs) + " | "
            + each.combinations(Cell.Form.STOPPED) + " | " + each.points(Cell.Form.STOPPED) + " |";
    }

    /** Without what may differ. */
    private static String essence(final String line) {
        final String[] cells = line.split("\\|");
        for (final String cell : List.of(cells).subList(Math.min(1, cells.length), cells.length)) {
            assertTrue(!cell.isBlank() && !cell.strip().equals("0"), () -> "an empty cell: " + line);
        }
        if (cells.length == COUNTS.get(COUNTS.size() - 1) + 1) {
            COUNTS.forEach(column -> cells[column] = cells[column].replaceAll("\\d+", "n"));
        }
        return String.join("|", cells);
    }

    static void check(final List<Coverage> all) throws IOException {
        final List<String> document = Files.readAllLines(DOCUMENT);
        final int begin = document.indexOf(BEGIN);
        final int end = document.indexOf(END);
        assertTrue(begin >= 0 && end > begin, "no section of interruption points in " + DOCUMENT);
        final List<String> written = document.subList(begin + 1, end).stream().map(CoverageTable::essence).toList();
        final List<String> seen = lines(all).stream().map(CoverageTable::essence).toList();
        assertEquals(String.join("\n", seen), String.join("\n", written));
    }

    static void write(final List<Coverage> all) throws IOException {
        final List<String> document = Files.readAllLines(DOCUMENT);
        final int begin = document.indexOf(BEGIN);
        final int end = document.indexOf(END);
        assertTrue(begin >= 0 && end > begin, "no section of interruption points in " + DOCUMENT);
        final List<String> updated = new ArrayList<>(document.subList(0, begin + 1));
        updated.addAll(lines(all));
        updated.addAll(document.subList(end, document.size()));
        Files.write(DOCUMENT, updated);
    }
}
