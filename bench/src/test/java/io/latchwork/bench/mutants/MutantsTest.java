// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.stress.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/**
 * Every mutant is caught, every race has one, and docs/verification.md lists them. The checkers themselves are not run here
 * on the library as it is: the modules that they are in have done that before.
 *
 * <p>With {@code -Dlatchwork.update=true} the table is written anew. With {@code -Dlatchwork.mutants.every=4} a quarter of them is tried:
 * for a second build of the same sources.
 */
class MutantsTest {
    private static final Path DOCUMENT = Path.of("../docs/verification.md");
    private static final String BEGIN = "<!-- mutants -->";
    private static final String END = "<!-- end of mutants -->";
    private static final int LEAST = 40;
    private static final int RACES = 62;
    private static final int EVERY = Integer.getInteger("latchwork.mutants.every", 1);
    private static final Pattern END_OF_ROW = Pattern.compile("`([^`|]+)` \\| \\d+\\.\\d \\|");

    private static final Mutants RUN = new Mutants();
    private static List<Mutant> mutants;
    private static Map<String, String> withoutMutant;
    private static int exitCode;

    @BeforeAll
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    static void tryAll() throws IOException, MutantException {
        try (Bundle bundle = Bundle.open()) {
            mutants = MutantFiles.all(bundle);
            withoutMutant = MutantFiles.withoutMutant(bundle);
        }
        exitCode = new CommandLine(RUN).execute("--no-control", "--every", String.valueOf(EVERY));
    }

    @Test
    void everyMutantIsCaught() {
        assertEquals(List.of(), RUN.verdicts().stream().filter(verdict -> !verdict.isCaught())
            .map(verdict -> verdict.mutant().name() + " " + verdict.detail()).toList());
        assertEquals(0, exitCode);
        final int tried = RUN.verdicts().size();
        assertTrue(tried == mutants.size() || EVERY > 1 && tried >= mutants.size() / EVERY, () -> tried + " were tried");
        assertTrue(mutants.size() >= LEAST, () -> mutants.size() + " mutants");
    }

    @Test
    void everyRaceHasAMutantOrAReasonWhyNot() {
        final Set<String> open = IntStream.rangeClosed(1, RACES).mapToObj(number -> "Z" + number)
            .collect(Collectors.toCollection(TreeSet::new));
        final Set<String> shown = mutants.stream().flatMap(mutant -> mutant.races().stream())
            .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(open.containsAll(withoutMutant.keySet()), () -> "no such race in " + withoutMutant.keySet());
        open.removeAll(shown);
        assertEquals(new TreeSet<>(withoutMutant.keySet()), open, "races without a mutant, and those with a reason");
    }

    @Test
    void theDocumentListsThem() throws IOException {
        final List<String> document = Files.readAllLines(DOCUMENT);
        final int begin = document.indexOf(BEGIN);
        final int end = document.indexOf(END);
        assertTrue(begin >= 0 && end > begin, () -> "no table of mutants in " + DOCUMENT);
        if (Boolean.getBoolean("latchwork.update")) {
            final List<String> updated = new ArrayList<>(document.subList(0, begin + 1));
            updated.addAll(MutantTable.of(sorted()));
            updated.addAll(document.subList(end, document.size()));
            Files.write(DOCUMENT, updated);
            return;
        }
        final List<String> rows = document.subList(begin + 1, end).stream().filter(line -> line.startsWith("| `")).toList();
        assertEquals(mutants.size(), rows.size(), "written anew by -Dlatchwork.update=true");
        for (int i = 0; i < rows.size(); i++) {
            final Mutant mutant = mutants.get(i);
            final String columns = MutantTable.columns(mutant);
            assertTrue(rows.get(i).startsWith(columns), rows.get(i) + " is not " + columns);
            final Matcher rest = END_OF_ROW.matcher(rows.get(i).substring(columns.length()));
            assertTrue(rest.matches(), rows.get(i));
            assertTrue(mutant.checkers().stream().anyMatch(checker -> checker.shortName().equals(rest.group(1))), rows.get(i));
        }
    }

    private static List<Verdict> sorted() {
        return mutants.stream().map(mutant -> RUN.verdicts().stream()
            .filter(verdict -> verdict.mutant().name().equals(mutant.name())).findFirst().orElseThrow()).toList();
    }
}
