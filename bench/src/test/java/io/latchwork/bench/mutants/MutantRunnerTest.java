// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.stress.Bundle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verdicts: what is caught, what survives, and what says nothing. */
class MutantRunnerTest {
    private static final String LIST = "irqwork/src/main/java/io/latchwork/irqwork/Llist.java";
    private static final String CHECKER = "junit io.latchwork.irqwork.LlistTest#detachCutsANodeOff";
    /** Of Llist, far from the line that the diffs name. */
    private static final List<String> CONTEXT = List.of(
        " /**",
        "  * A lock-free list that is pushed to one by one and taken off as a whole. It can be closed; a closed list refuses.",
        "  *");

    private static Verdict verdict(final String file, final List<String> hunk, final String... checkers) throws Exception {
        final List<String> lines = new ArrayList<>(List.of("Mutant: what is wrong", "Races: -", "Protocol: a list"));
        for (final String checker : checkers) {
            lines.add("Caught-by: " + checker);
        }
        lines.addAll(List.of("--- a/" + file, "+++ b/" + file));
        final long before = hunk.stream().filter(line -> !line.startsWith("+")).count();
        final long after = hunk.stream().filter(line -> !line.startsWith("-")).count();
        lines.add("@@ -100," + before + " +100," + after + " @@");
        lines.addAll(hunk);
        try (Bundle bundle = Bundle.open();
            MutantRunner runner = new MutantRunner(bundle, new CheckerJvm(1))) {
            return runner.run(Mutant.parse("irqwork/Tried.patch", lines));
        }
    }

    private static List<String> adding(final String line) {
        final List<String> hunk = new ArrayList<>(CONTEXT);
        hunk.add(1, "+" + line);
        return hunk;
    }

    @Test
    void aMutantThatChangesNothingSurvives() throws Exception {
        final Verdict verdict = verdict(LIST, adding(" * One more line of a comment."), CHECKER,
            "junit io.latchwork.irqwork.LlistTest#isEmptyFollowsTheList");
        assertEquals(Verdict.Kind.SURVIVED, verdict.kind());
        assertNull(verdict.checker());
        assertTrue(verdict.detail().startsWith("survived [" + CHECKER + ", "), verdict::detail);
    }

    @Test
    void aMutantIsCaughtByTheFirstThatFails() throws Exception {
        final Verdict verdict = verdict("irqwork/src/main/java/io/latchwork/irqwork/LlistNode.java",
            List.of("         final LlistNode rest = next;", "-        next = null;", "         return rest;"),
            "junit io.latchwork.irqwork.LlistTest#isEmptyFollowsTheList", CHECKER, "junit io.latchwork.irqwork.NoSuchTest");
        assertEquals(Verdict.Kind.CAUGHT, verdict.kind(), verdict::detail);
        assertEquals(CHECKER, verdict.checker().toString());
        assertTrue(verdict.detail().startsWith("caught by LlistTest.detachCutsANodeOff: "), verdict::detail);
        assertTrue(verdict.seconds() > 0);
    }

    @Test
    void aMutantThatNoLongerAppliesIsBroken() throws Exception {
        final List<String> hunk = new ArrayList<>(CONTEXT);
        hunk.set(1, "- * A list that was described in other words.");
        assertBroken("the diff does not apply to " + LIST + ", which has changed", verdict(LIST, hunk, CHECKER));
        assertBroken("the diff does not apply: there is no file " + LIST + "x.java", verdict(LIST + "x.java", hunk, CHECKER));
        assertBroken("not a change of one Java file: README.md to README.md", verdict("README.md", hunk, CHECKER));
    }

    @Test
    void aMutantThatDoesNotCompileIsBroken() throws Exception {
        assertBroken("does not compile: ", verdict(LIST, adding(" */ int"), CHECKER));
    }

    @Test
    void aCheckerThatIsNotThereIsBroken() throws Exception {
        final List<String> hunk = adding(" * One more line of a comment.");
        assertBroken("junit ended with exit code 2: ", verdict(LIST, hunk, "junit io.latchwork.irqwork.NoSuchTest"));
        assertBroken("no tests were found", verdict(LIST, hunk, "junit io.latchwork.irqwork.CountingWork"));
    }

    private static void assertBroken(final String why, final Verdict verdict) {
        assertEquals(Verdict.Kind.BROKEN, verdict.kind(), verdict::detail);
        assertTrue(verdict.why().startsWith(why), verdict::why);
    }

    @Test
    void outcomesAreReadOffTheOutput() {
        assertEquals(CheckerOutcome.Kind.PASSED, of(0, "").kind());
        assertEquals(new CheckerOutcome(CheckerOutcome.Kind.FAILED, "T a(): expected 1"),
            of(1, "x\n@failure T a(): expected 1\ny"));
        assertEquals(CheckerOutcome.Kind.BROKEN, of(1, "no reason").kind());
        assertEquals(CheckerOutcome.Kind.BROKEN, of(2, "@failure bad usage").kind());
        assertEquals(CheckerOutcome.Kind.BROKEN, of(134, "@failure a\nthe JVM crashed").kind());
        assertEquals(CheckerOutcome.Kind.BROKEN, of(1, "@failure no tests were found").kind());
        assertEquals(CheckerOutcome.Kind.BROKEN, of(1, "@failure a(): java.lang.NoSuchMethodError: b").kind());
        assertEquals(CheckerOutcome.Kind.BROKEN, of(1, "@failure a(): Wow! You've caught a bug in Lincheck.").kind());
    }

    private static CheckerOutcome of(final int exitCode, final String output) {
        return CheckerOutcome.of(Checker.Kind.JUNIT, exitCode, output);
    }
}
