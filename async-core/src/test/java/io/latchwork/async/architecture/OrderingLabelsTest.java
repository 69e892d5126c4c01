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
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every access to shared state names its ordering: in a comment that the build reads, and in docs/memory-model.md, whose
 * tables must agree with the bytecode to the letter. Weakening an access mode, or dropping a fence, fails here whatever
 * the hardware forgives; what the weaker mode breaks is shown by the stress tests that the document names.
 *
 * <p>With {@code -Dlatchwork.update=true} the tables are written anew instead.
 */
class OrderingLabelsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path DOCUMENT = ROOT.resolve("docs/memory-model.md");

    @ParameterizedTest
    @ValueSource(strings = {"seqlatch", "rcu", "irqwork", "async-core"})
    void everyAccessNamesItsOrdering(String module) {
        List<SharedAccess> accesses = SharedAccessScanner.scan(ROOT, module);
        assertTrue(accesses.size() > 5, "nothing was scanned in " + module);
        List<String> complaints = accesses.stream().map(SharedAccess::complaint).filter(c -> !c.isEmpty()).toList();
        assertEquals(List.of(), complaints);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seqlatch", "rcu", "irqwork", "async-core"})
    void everyEdgeHasBothEnds(String module) {
        Set<SharedAccess.End> ends = ends(module);
        Set<String> lonely = new TreeSet<>();
        for (SharedAccess.End end : ends) {
            if (!ends.contains(end.mirrored())) {
                lonely.add(end + " has no other end");
            }
        }
        assertEquals(Set.of(), lonely);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seqlatch", "rcu", "irqwork", "async-core"})
    void theDocumentAgreesWithTheBytecode(String module) throws IOException {
        List<String> rows = SharedAccessScanner.scan(ROOT, module).stream().map(SharedAccess::row).distinct().toList();
        List<String> document = Files.readAllLines(DOCUMENT);
        int begin = document.indexOf("<!-- accesses of " + module + " -->");
        int end = document.indexOf("<!-- end of " + module + " -->");
        assertTrue(begin >= 0 && end > begin, "no table of " + module + " in " + DOCUMENT);
        List<String> documented = document.subList(begin + 1, end).stream().filter(l -> l.startsWith("| `")).toList();
        if (Boolean.getBoolean("latchwork.update")) {
            List<String> updated = new ArrayList<>(document.subList(0, begin + 1));
            updated.add("| where | handle | mode | order |");
            updated.add("|---|---|---|---|");
            updated.addAll(rows);
            updated.addAll(document.subList(end, document.size()));
            Files.write(DOCUMENT, updated);
            return;
        }
        assertEquals(String.join("\n", documented), String.join("\n", rows));
    }

    @Test
    void everyEdgeIsExplainedAndShown() throws IOException {
        List<String> document = Files.readAllLines(DOCUMENT);
        Set<String> edges = new TreeSet<>();
        for (String module : List.of("seqlatch", "rcu", "irqwork", "async-core")) {
            for (SharedAccess.End end : ends(module)) {
                if (end.arrow().equals("->") || end.arrow().equals("<->") && number(end.label()) <= number(end.partner())) {
                    edges.add(end.toString());
                }
            }
        }
        Set<String> explained = document.stream().filter(l -> l.matches("\\| [A-Z]{2}\\d+ .*"))
            .map(l -> l.split("\\|")[1].strip()).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", edges), String.join("\n", explained));
        for (String line : document) {
            if (line.matches("\\| [A-Z]{2}\\d+ .*")) {
                String test = line.split("\\|")[4].strip().replace("`", "");
                assertTrue(exists(test), "no such test: " + test + " in: " + line);
            }
        }
    }

    private static int number(String label) {
        return Integer.parseInt(label.substring(2));
    }

    private static Set<SharedAccess.End> ends(String module) {
        return SharedAccessScanner.scan(ROOT, module).stream().flatMap(a -> a.ends().stream())
            .collect(Collectors.toSet());
    }

    private static boolean exists(String test) throws IOException {
        String file = test.substring(test.lastIndexOf('/') + 1) + ".java";
        try (var files = Files.walk(ROOT, 12)) {
            return files.anyMatch(f -> f.getFileName().toString().equals(file) && f.toString().contains("/src/"));
        }
    }
}
