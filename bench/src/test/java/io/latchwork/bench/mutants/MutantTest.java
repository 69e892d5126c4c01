// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How mutants are written down, and what is refused. */
class MutantTest {
    private static final String FILE = "irqwork/ClaimIsLost.patch";
    private static final List<String> GOOD = List.of(
        "Mutant: it is wrong, and what follows: a loss",
        "Races: Z26, I5",
        "Protocol: irq_work claim",
        "Caught-by: junit io.latchwork.irqwork.LlistTest#detachCutsANodeOff",
        "Caught-by: jcstress io.latchwork.irqwork.IrqWorkStress.ClaimIsExclusive",
        "",
        "--- a/irqwork/src/main/java/io/latchwork/irqwork/Llist.java",
        "+++ b/irqwork/src/main/java/io/latchwork/irqwork/Llist.java",
        "@@ -1,1 +1,1 @@",
        "-a",
        "+b");

    private static List<String> replaced(final int line, final String... by) {
        final List<String> lines = new ArrayList<>(GOOD);
        lines.remove(line);
        lines.addAll(line, List.of(by));
        return lines;
    }

    private static String refusal(final String file, final List<String> lines) {
        return assertThrows(MutantException.class, () -> Mutant.parse(file, lines)).getMessage();
    }

    @Test
    void everyFieldIsRead() throws MutantException {
        final Mutant mutant = Mutant.parse(FILE, GOOD);
        assertEquals("irqwork", mutant.module());
        assertEquals("irqwork/ClaimIsLost", mutant.name());
        assertEquals("it is wrong, and what follows: a loss", mutant.what());
        assertEquals(List.of("Z26", "I5"), mutant.races());
        assertEquals("irq_work claim", mutant.protocol());
        assertEquals(List.of(
            new Checker(Checker.Kind.JUNIT, "io.latchwork.irqwork.LlistTest#detachCutsANodeOff"),
            new Checker(Checker.Kind.JCSTRESS, "io.latchwork.irqwork.IrqWorkStress.ClaimIsExclusive")), mutant.checkers());
        assertEquals(GOOD.subList(6, 11), mutant.diff());
    }

    @Test
    void aProtocolNeedsNoRace() throws MutantException {
        assertEquals(List.of(), Mutant.parse(FILE, replaced(1, "Races: -")).races());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.patch", "irqwork/a.patch", "irqwork/A.diff", "nowhere/A.patch", "irqwork/A/B.patch",
        "irqwork/A_b.patch"})
    void badNamesAreRefused(final String file) {
        assertTrue(refusal(file, GOOD).contains("MODULE/CamelCase.patch"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyFieldIsThereOnce(final int line) {
        final String field = GOOD.get(line).substring(0, GOOD.get(line).indexOf(':'));
        assertEquals("the header has 0 lines of " + field + ", not one", refusal(FILE, replaced(line)));
        assertEquals("the header has 2 lines of " + field + ", not one",
            refusal(FILE, replaced(line, GOOD.get(line), GOOD.get(line))));
    }

    @Test
    void somebodyMustCatchIt() {
        final List<String> lines = new ArrayList<>(GOOD);
        lines.subList(3, 5).clear();
        assertEquals("the header has no Caught-by", refusal(FILE, lines));
    }

    @Test
    void theDiffIsMissed() {
        assertEquals("no diff follows the header", refusal(FILE, GOOD.subList(0, 6)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mutant", "Mutant:", "Author: somebody", "an empty word", "Races Z1"})
    void otherLinesAreRefused(final String line) {
        assertTrue(refusal(FILE, replaced(1, line)).endsWith(": " + line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z0", "Z63", "Z1 Z2", "I8", "26", "none"})
    void badRacesAreRefused(final String races) {
        assertTrue(refusal(FILE, replaced(1, "Races: " + races)).startsWith("neither a race"));
    }

    @ParameterizedTest
    @CsvSource({
        "shout io.latchwork.A, no such checker",
        "junit, not a target of junit",
        "junit LlistTest, not a target of junit",
        "junit io.latchwork.irqwork, not a target of junit",
        "junit io.latchwork.A#, not a target of junit",
        "junit io.latchwork.A#b --package c, not a target of junit",
        "jcstress io.latchwork.A, not a target of jcstress"})
    void badCheckersAreRefused(final String text, final String why) {
        assertTrue(assertThrows(MutantException.class, () -> Checker.parse(text)).getMessage().startsWith(why));
    }

    @Test
    void checkersAreToldApart() throws MutantException {
        final Checker nested = Checker.parse("junit io.latchwork.async.contract.LockFreeContractTest/Start#later");
        assertEquals("LockFreeContractTest.Start.later", nested.shortName());
        assertTrue(nested.sharesJvm());
        final Checker model = Checker.parse("junit io.latchwork.rcu.RcuLincheckTest#a");
        assertTrue(model.isLincheck());
        assertFalse(nested.isLincheck());
        assertFalse(model.sharesJvm());
        final Checker reader = Checker.parse("junit io.latchwork.async.architecture.OrderingLabelsTest");
        assertTrue(reader.readsSources());
        assertFalse(reader.sharesJvm());
        assertEquals("nmi RcuTest.interrupted", Checker.parse("junit io.latchwork.nmi.RcuTest#interrupted").shortName());
        assertEquals("jcstress AStress.Claim", Checker.parse("jcstress io.latchwork.rcu.AStress.Claim").shortName());
        assertEquals("rcutorture --seconds 3", Checker.parse("rcutorture --seconds 3").shortName());
        assertEquals("torture", Checker.parse("torture").toString());
    }
}
