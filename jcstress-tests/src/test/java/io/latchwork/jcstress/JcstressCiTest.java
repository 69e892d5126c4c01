// SPDX-License-Identifier: Apache-2.0
package io.latchwork.jcstress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.runners.TestList;

/** The quick set: every test passes, every broken twin is caught. */
class JcstressCiTest {
    private static final int GOOD_MS = 100;
    private static final int BROKEN_MS = 100;
    private static final int LIMIT_SECONDS = 240;
    /** A twin is caught by chance, so one that was missed is run again, for longer. */
    private static final int MOST_RUNS = 16;
    private static final Pattern LABEL = Pattern.compile("\\b(?:SL|LC|LL|IW|ID|RC|AC)\\d+\\b");
    private static final List<String> SUBJECTS = List.of("seqlatch", "rcu", "irqwork", "async-core");

    private static final Set<String> GOOD = tests(name -> !name.contains(".broken."));
    private static final Set<String> BROKEN = tests(name -> name.contains(".broken."));

    private static Set<String> tests(Predicate<String> condition) {
        return TestList.tests().stream().filter(condition).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Class<?> classOf(String test) throws ClassNotFoundException {
        int dot = test.lastIndexOf('.'); // every test is a nested class
        return Class.forName(test.substring(0, dot) + '$' + test.substring(dot + 1));
    }

    @BeforeAll
    static void printMachine() {
        System.out.printf("JCSTRESS machine: %d CPUs, %s, JDK %s (%s)%n", Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"), Runtime.version(), System.getProperty("java.vm.name"));
    }

    @Test
    void testsPass() throws Exception {
        assertFalse(GOOD.isEmpty(), "no tests were found");
        JcstressRun run = JcstressRun.of("tests", GOOD, GOOD_MS, LIMIT_SECONDS);
        assertEquals(0, run.exitCode(), run::failures);
        assertEquals(0, run.failed() + run.errors(), run::failures);
        assertTrue(run.planned() >= GOOD.size() && run.passed() == run.planned(),
            () -> "passed " + run.passed() + " of " + run.planned() + " planned runs of " + GOOD.size() + " tests");
        assertEquals(Set.of(), tests(name -> GOOD.contains(name) && !run.hasReport(name)), "did not run");
    }

    @Test
    void brokenTwinsAreCaught() throws Exception {
        Set<String> open = new TreeSet<>(BROKEN);
        assertFalse(open.isEmpty(), "no twins were found");
        for (int i = 1; i <= MOST_RUNS && !open.isEmpty(); i++) {
            JcstressRun run = JcstressRun.of("broken-" + i, open, BROKEN_MS * i, LIMIT_SECONDS);
            assertEquals(0, run.errors(), run::failures);
            assertTrue(run.planned() >= open.size(), run::failures);
            Set<String> caught = run.caught();
            open.removeAll(caught);
            System.out.printf("JCSTRESS broken-%d: caught %d, open %s%n", i, caught.size(), open);
        }
        assertEquals(Set.of(), open, "a broken twin passed: its test proves nothing");
    }

    @Test
    void everyTestHasTwin() throws Exception {
        Set<String> covered = new TreeSet<>();
        for (String twin : BROKEN) {
            JCStressMeta meta = classOf(twin).getAnnotation(JCStressMeta.class);
            assertTrue(meta != null, twin + " does not name the test that it is graded by");
            covered.add(meta.value().getCanonicalName());
        }
        assertEquals(GOOD, covered);
    }

    @Test
    void everyOutcomeIsDescribedAndForbiddenOnesNameLabelsOfTheSources() throws Exception {
        Set<String> known = labelsOfSources();
        for (String test : GOOD) {
            for (Outcome outcome : classOf(test).getAnnotationsByType(Outcome.class)) {
                assertTrue(outcome.desc().endsWith("."), test + ": no sentence for " + String.join(" | ", outcome.id()));
                if (outcome.expect() == Expect.FORBIDDEN) {
                    Set<String> labels = labels(outcome.desc());
                    assertFalse(labels.isEmpty(), test + ": no label in: " + outcome.desc());
                    labels.removeAll(known);
                    assertEquals(Set.of(), labels, test + ": not in the sources");
                }
            }
        }
    }

    private static Set<String> labels(String text) {
        return LABEL.matcher(text).results().map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> labelsOfSources() throws IOException {
        Set<String> known = new TreeSet<>();
        for (String module : SUBJECTS) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).collect(Collectors.toList())) {
                    known.addAll(labels(Files.readString(file)));
                }
            }
        }
        return known;
    }
}
