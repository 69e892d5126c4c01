// SPDX-License-Identifier: Apache-2.0
package io.latchwork.jcstress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * The quick set: every test passes, every broken twin is caught. All of them run in this JVM, one after the other.
 *
 * <pre>
 * property            default               meaning
 * jcstress.claimMs    100; 2000 if full     how long each claim runs
 * jcstress.full       false                 the claims also by jcstress itself, with all its JVM configurations: an hour
 * jcstress.directory  target/jcstress-runs  where jcstress leaves its reports; without a target, a temporary one
 * </pre>
 */
class JcstressCiTest {
    private static final boolean FULL = Boolean.getBoolean("jcstress.full");
    private static final int CLAIM_MS = Integer.getInteger("jcstress.claimMs", FULL ? 2_000 : 100);
    private static final int TWIN_MS = 100;
    /** A twin is caught by chance, mostly at once; with more work on the machine than processors it takes longer. */
    private static final int TWIN_LIMIT_MS = 30_000;
    private static final int FEW_RUNS = 3;
    private static final int SAMPLE_LIMIT_SECONDS = 120;
    private static final int FULL_LIMIT_SECONDS = 3 * 3600;
    private static final Pattern LABEL = Pattern.compile("\\b(?:SL|LC|LL|IW|ID|RC|AC)\\d+\\b");
    private static final List<String> SUBJECTS = List.of("seqlatch", "rcu", "irqwork", "async-core");

    private static final Set<String> CLAIMS = StressTest.claims();
    private static final Set<String> TWINS = StressTest.twins();

    @BeforeAll
    static void printMachine() {
        System.out.printf("JCSTRESS machine: %d CPUs, %s, JDK %s (%s)%n", Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"), Runtime.version(), System.getProperty("java.vm.name"));
    }

    @Test
    void claimsHold() {
        assertFalse(CLAIMS.isEmpty(), "no tests were found");
        long begin = System.nanoTime();
        List<String> failures = new ArrayList<>();
        long samples = 0;
        for (String name : CLAIMS) {
            StressTest.Seen seen = new StressTest(name).run(CLAIM_MS);
            samples += seen.samples();
            if (!seen.passed()) {
                failures.add(name + ": " + seen);
            }
        }
        System.out.printf("JCSTRESS %d claims, %d samples, %.1f s%n", CLAIMS.size(), samples, (System.nanoTime() - begin) / 1e9);
        assertEquals(List.of(), failures);
    }

    @Test
    void brokenTwinsAreCaught() {
        assertFalse(TWINS.isEmpty(), "no twins were found");
        long begin = System.nanoTime();
        Map<String, StressTest.Hunt> slow = new TreeMap<>();
        Map<String, StressTest.Hunt> open = new TreeMap<>();
        for (String name : TWINS) {
            StressTest.Hunt hunt = new StressTest(name).hunt(TWIN_MS, TWIN_LIMIT_MS);
            if (!hunt.caught()) {
                open.put(name, hunt);
            } else if (hunt.runs() > FEW_RUNS) {
                slow.put(name, hunt);
            }
        }
        System.out.printf("JCSTRESS %d twins, %.1f s, caught late: %s%n", TWINS.size(), (System.nanoTime() - begin) / 1e9, slow);
        assertEquals(Map.of(), open, "a broken twin passed: its test proves nothing");
    }

    /** That jcstress itself runs what this class runs without it. */
    @Test
    void jcstressRunsThemToo() throws Exception {
        String claim = CLAIMS.iterator().next();
        JcstressRun run = JcstressRun.of("sample", Set.of(claim), JcstressRun.ONE_CONFIGURATION, SAMPLE_LIMIT_SECONDS);
        assertEquals(0, run.exitCode(), run::failures);
        assertTrue(run.planned() == 1 && run.passed() == 1 && run.hasReport(claim), run::failures);
    }

    @Test
    @EnabledIfSystemProperty(named = "jcstress.full", matches = "true", disabledReason = "takes an hour")
    void claimsHoldInAllConfigurations() throws Exception {
        JcstressRun run = JcstressRun.of("full", CLAIMS, JcstressRun.ALL_CONFIGURATIONS, FULL_LIMIT_SECONDS);
        assertEquals(0, run.exitCode(), run::failures);
        assertEquals(0, run.failed() + run.errors(), run::failures);
        assertTrue(run.planned() >= CLAIMS.size() && run.passed() == run.planned(),
            () -> "passed " + run.passed() + " of " + run.planned() + " planned runs of " + CLAIMS.size() + " tests");
        assertEquals(List.of(), CLAIMS.stream().filter(name -> !run.hasReport(name)).toList(), "did not run");
    }

    /** Two actors at most: with two processors, jcstress would skip a test with more silently. */
    @Test
    void noTestHasMoreThanTwoActors() {
        assertEquals(List.of(), TestList.tests().stream().filter(name -> TestList.getInfo(name).threads() > 2).toList());
    }

    @Test
    void everyTestHasTwin() throws Exception {
        Set<String> covered = new TreeSet<>();
        for (String twin : TWINS) {
            JCStressMeta meta = new StressTest(twin).type().getAnnotation(JCStressMeta.class);
            assertTrue(meta != null, twin + " does not name the test that it is graded by");
            covered.add(meta.value().getCanonicalName());
        }
        assertEquals(CLAIMS, covered);
    }

    @Test
    void everyOutcomeIsDescribedAndForbiddenOnesNameLabelsOfTheSources() throws Exception {
        boolean here = Files.isDirectory(Path.of("..", SUBJECTS.get(0), "src"));
        if (!here) {
            System.out.println("JCSTRESS labels are not compared: the sources are not beside " + Path.of("").toAbsolutePath());
        }
        assumeTrue(here, "the sources are not here");
        Set<String> known = labelsOfSources();
        for (String test : CLAIMS) {
            for (Outcome outcome : new StressTest(test).type().getAnnotationsByType(Outcome.class)) {
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
