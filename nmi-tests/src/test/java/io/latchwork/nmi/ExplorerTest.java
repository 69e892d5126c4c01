// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.nmi.scenario.ToyScenarios;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The explorers pass what is good and catch what is broken, for the right reason. */
class ExplorerTest {

    private static final NmiLoader LOADER =
        new NmiLoader(ExplorerTest.class.getClassLoader(), List.of("io.latchwork.nmi.toy."));

    private static Scenario<Object> scenario(final String name) {
        return LOADER.scenario("io.latchwork.nmi.scenario.ToyScenarios$" + name);
    }

    @ParameterizedTest
    @CsvSource({"PushInPush, 1", "PushInPush, 2", "PushInPush, 3", "PushInTake, 1", "PushInTake, 2", "Trying, 1",
        "WordAdd, 2", "WordSet, 2", "WordClaim, 1", "WordCell, 2", "WordClear, 1"})
    void goodSubjectsPass(final String name, final int depth) {
        final Report report = NmiExplorer.explore(scenario(name), Options.defaults().withDepth(depth)).assertOk();
        assertTrue(report.sites().stream()
            .allMatch(site -> site.matches("io\\.latchwork\\.nmi\\.toy\\.\\S+\\(\\S+\\.java:\\d+\\) .+")),
            report.sites().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PushInPush", "PushInTake", "WordCell"})
    void goodSubjectsPassStacked(final String name) {
        final Report two = NmiExplorer.explore(scenario(name), Options.defaults().withDepth(2)).assertOk();
        final Report stacked = NmiExplorer.explore(scenario(name), Options.defaults().withDepth(2).withStacking())
            .assertOk();
        assertTrue(stacked.runs() > two.points(), stacked.toString());
    }

    @ParameterizedTest
    @CsvSource({"BrokenPush, is none of", "BrokenTake, is none of", "SeqLockReadInWrite, STUCK", "Spinning, STUCK",
        "Monitor, BLOCKING", "Synchronized, BLOCKING", "Locked, BLOCKING", "Parking, BLOCKING",
        "Unparking, is none of"})
    void brokenSubjectsAreCaught(final String name, final String reason) {
        final Report report = NmiExplorer.explore(scenario(name), Options.defaults()).assertCaught(reason);
        assertFalse(report.vacuous(), report.toString());
        assertTrue(report.failures().get(0).contains("interrupted at point"), report.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Monitor", "Synchronized", "Locked"})
    void withoutThePolicyReentrancyShowsInTheOutcome(final String name) {
        NmiExplorer.explore(scenario(name), Options.defaults().allowing(PointKind.BLOCKING)).assertCaught("is none of");
    }

    @Test
    void allocationInNestedCodeIsCaughtWhenForbidden() {
        final Options strict = Options.defaults().forbidding(PointKind.ALLOCATION);
        NmiExplorer.explore(scenario("AllocatingPush"), Options.defaults()).assertOk();
        NmiExplorer.explore(scenario("PushInPush"), strict).assertOk();
        NmiExplorer.explore(scenario("AllocatingPush"), strict).assertCaught("ALLOCATION");
        NmiExplorer.explore(scenario("AllocatingPush"), strict.exempting(site -> site.contains("pushNew"))).assertOk();
    }

    @ParameterizedTest
    @CsvSource({"PushInPush, 3", "PushInTake, 2", "Trying, 1"})
    void goodSubjectsSurviveAStall(final String name, final int others) {
        StallExplorer.explore(scenario(name), Options.defaults().withDepth(others)).assertOk();
        StallExplorer.exploreResumed(scenario(name), Options.defaults().withDepth(others)).assertOk();
    }

    @ParameterizedTest
    @CsvSource({"Spinning, STUCK", "SeqLockReadInWrite, STUCK", "Monitor, BLOCKED", "Locked, BLOCKED"})
    void brokenSubjectsDoNotSurviveAStall(final String name, final String reason) {
        StallExplorer.explore(scenario(name), Options.defaults().withMaxFailures(1)).assertCaught(reason);
    }

    @Test
    void aLostUpdateShowsWhenTheStalledThreadGoesOn() {
        StallExplorer.exploreResumed(scenario("BrokenPush"), Options.defaults()).assertCaught("is none of");
    }

    @Test
    void nothingInstrumentedIsNotOk() {
        final Report report = NmiExplorer.explore(scenario("Vacuous"), Options.defaults());
        assertTrue(report.vacuous() && !report.ok(), report.toString());
        assertThrows(AssertionError.class, report::assertOk);
        final Report unbound = NmiExplorer.explore(new ToyScenarios.PushInPush(), Options.defaults());
        assertTrue(unbound.vacuous() && !unbound.ok(), unbound.toString());
        assertTrue(StallExplorer.explore(new ToyScenarios.PushInPush(), Options.defaults()).vacuous());
    }

    @Test
    void reportsCount() {
        final Report report = NmiExplorer.explore(scenario("PushInPush"), Options.defaults()).assertOk();
        assertEquals(report.points(), report.sites().size());
        assertEquals(report.points() + 1, report.runs());
        assertEquals(2, report.allowed().size());
        assertTrue(report.allowed().containsAll(report.seen()));
        assertThrows(AssertionError.class, () -> report.assertCaught("STUCK"));
    }

    @Test
    void ordersAreAllThereAre() {
        assertEquals(3, Calls.orders(2, false).size());
        assertEquals(6, Calls.orders(2, true).size());
        assertEquals(24, Calls.orders(3, true).stream().distinct().count());
    }

    @Test
    void resultsMustBeComparable() {
        final Report report = NmiExplorer.explore(scenario("ArrayResult"), Options.defaults());
        assertTrue(report.allowed().stream().allMatch(outcome -> outcome.toString().contains("cannot be compared")));
    }

    @Test
    void scenariosOutsideOfTheRulesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> LOADER.scenario(Own.class));
        assertThrows(IllegalArgumentException.class, () -> LOADER.scenario("no.such.Scenario"));
        assertThrows(IllegalArgumentException.class, () -> Options.defaults().withDepth(65));
        assertEquals(3, Stream.of(1, 2, 3).map(depth -> Options.defaults().withDepth(depth)).distinct().count());
    }

    /** In the kit's own package, so never bound to instrumented classes. */
    public static final class Own extends ToyScenarios.PushInPush {
    }
}
