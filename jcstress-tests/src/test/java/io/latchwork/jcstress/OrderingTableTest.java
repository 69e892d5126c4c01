// SPDX-License-Identifier: Apache-2.0
package io.latchwork.jcstress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.Outcome;

/**
 * The table of ordering labels in docs/verification.md has a row for each, with tests that exist and that forbid its
 * violation.
 */
class OrderingTableTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = ROOT.resolve("docs/verification.md");
    private static final List<String> LIBRARIES = List.of("seqlatch", "rcu", "irqwork", "async-core");
    private static final Pattern LABEL = Pattern.compile("\\b(?:SL|LC|LL|IW|ID|RC|AC)\\d+\\b");
    private static final Pattern TESTS = Pattern.compile("`(\\w+)`(?: \\(([\\w, ]+)\\))?");

    @BeforeAll
    static void needsTheSources() {
        boolean here = Files.isRegularFile(DOCUMENT) && Files.isDirectory(ROOT.resolve("async-core/src"));
        if (!here) {
            System.out.println("OrderingTableTest skipped: docs and sources are not in " + ROOT);
        }
        assumeTrue(here, "docs and sources are not here");
    }

    /** The cells of each row of the section, by the edge. */
    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        boolean inSection = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("## ")) {
                inSection = line.equals("## Ordering labels");
            } else if (inSection && line.startsWith("|") && LABEL.matcher(line.split("\\|")[1]).find()) {
                List<String> cells = Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
                assertEquals(null, rows.put(cells.get(0), cells), "two rows for " + cells.get(0));
            }
        }
        assertFalse(rows.isEmpty(), "no table in " + DOCUMENT);
        return rows;
    }

    private static Set<String> labels(String text) {
        return LABEL.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> javaFiles(Path under) throws IOException {
        try (Stream<Path> files = Files.walk(under)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void everyLabelOfTheSourcesHasARowAndNoOther() throws IOException {
        Set<String> inSources = new TreeSet<>();
        for (String library : LIBRARIES) {
            for (Path file : javaFiles(ROOT.resolve(library).resolve("src/main/java"))) {
                inSources.addAll(labels(Files.readString(file)));
            }
        }
        Set<String> inRows = new TreeSet<>();
        rows().keySet().forEach(edge -> inRows.addAll(labels(edge)));
        assertEquals(inSources, inRows);
    }

    @Test
    void noCellIsEmptyAndEveryTestExistsAndForbids() throws Exception {
        Map<String, Class<?>> claims = new TreeMap<>();
        for (String name : StressTest.claims()) {
            Class<?> type = new StressTest(name).type();
            claims.put(type.getEnclosingClass().getSimpleName() + '.' + type.getSimpleName(), type);
        }
        Set<String> files = javaFiles(ROOT).stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        List<String> complaints = new ArrayList<>();
        for (Map.Entry<String, List<String>> row : rows().entrySet()) {
            String edge = row.getKey();
            if (row.getValue().size() != 3 || row.getValue().stream().anyMatch(String::isBlank)) {
                complaints.add(edge + ": an empty cell");
                continue;
            }
            Matcher tests = TESTS.matcher(row.getValue().get(2));
            boolean any = row.getValue().get(2).startsWith("by construction: ");
            while (tests.find()) {
                any = true;
                if (!files.contains(tests.group(1) + ".java")) {
                    complaints.add(edge + ": no class " + tests.group(1));
                } else if (tests.group(2) != null) {
                    for (String nested : tests.group(2).split(", ")) {
                        check(edge, tests.group(1) + '.' + nested, claims, complaints);
                    }
                }
            }
            if (!any) {
                complaints.add(edge + ": no test");
            }
        }
        assertEquals(List.of(), complaints);
    }

    private static void check(String edge, String claim, Map<String, Class<?>> claims, List<String> complaints) {
        Class<?> type = claims.get(claim);
        if (type == null) {
            complaints.add(edge + ": no test " + claim);
            return;
        }
        Set<String> forbidden = new TreeSet<>();
        for (Outcome outcome : type.getAnnotationsByType(Outcome.class)) {
            if (outcome.expect() == Expect.FORBIDDEN) {
                forbidden.addAll(labels(outcome.desc()));
            }
        }
        if (!forbidden.containsAll(labels(edge))) {
            complaints.add(edge + ": " + claim + " forbids nothing in its name");
        }
    }
}
