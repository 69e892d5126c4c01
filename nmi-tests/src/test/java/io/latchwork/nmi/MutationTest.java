// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mutations change what they say, make classes that verify, and refuse to change nothing. */
class MutationTest {

    private static final String TOY = "io.latchwork.nmi.toy.";
    private static final String WORD = TOY + "ToyWord";

    private static Report explore(final String scenario, final Mutation... mutations) {
        final NmiLoader loader = new NmiLoader(MutationTest.class.getClassLoader(), List.of(TOY), mutations);
        return NmiExplorer.explore(loader.scenario("io.latchwork.nmi.scenario.ToyScenarios$" + scenario),
            Options.defaults());
    }

    @ParameterizedTest
    @CsvSource({"WordAdd, add, WORD, getAndAdd", "WordSet, set, FLAGS, getAndBitwiseOr",
        "WordClear, clear, FLAGS, getAndBitwiseAndRelease",
        "WordClaim, claim, NAME, compareAndSet", "WordCell, cell, CELLS, compareAndExchangeRelease"})
    void updatesTakenApartAreCaught(final String scenario, final String method, final String handle,
                                    final String mode) {
        explore(scenario).assertOk();
        explore(scenario, Mutation.splitAtomic(WORD, method, handle, mode, 0)).assertCaught("is none of");
    }

    @Test
    void referencesCanBeExchangedInSteps() {
        final Mutation exchange = Mutation.splitAtomic(WORD, "claim", "NAME", "compareAndExchange", 0);
        final Report report = explore("WordClaim", exchange);
        assertTrue(report.allowed().iterator().next().toString().startsWith("[truemine, falsetaken"),
            report.allowed().toString());
    }

    @Test
    void listMutantsAreCaught() {
        final String list = TOY + "ToyList";
        explore("PushInPush", Mutation.splitAtomic(list, "push", "FIRST", "weakCompareAndSetRelease", 0))
            .assertCaught("is none of");
        explore("PushInTake", Mutation.splitAtomic(list, "takeAll", "FIRST", "getAndSetAcquire", 0))
            .assertCaught("is none of");
        explore("PushInPush", Mutation.invertJump(list, "push", 0)).assertCaught("STUCK");
    }

    @Test
    void callsCanBeLeftOutReplacedAndExchanged() {
        assertEquals("0 0 null 0 12", stateAfterSteps());
        assertEquals("0 0 null 0 2", stateAfterSteps(Mutation.dropCall(WORD, "twoSteps", WORD, "stepOne", 0)));
        assertEquals("0 0 null 0 22",
            stateAfterSteps(Mutation.replaceCall(WORD, "twoSteps", WORD, "stepOne", "stepTwo", 0)));
        assertEquals("0 0 null 0 21", stateAfterSteps(Mutation.swapStatements(WORD, "twoSteps", "stepOne", "stepTwo")));
        assertEquals("0 0 null 0 1", stateAfterSteps(Mutation.dropCall(WORD, "twoSteps()V", WORD, "stepTwo", 0)));
    }

    private static String stateAfterSteps(final Mutation... mutations) {
        final NmiLoader loader = new NmiLoader(MutationTest.class.getClassLoader(), List.of(TOY), mutations);
        final Scenario<Object> scenario = loader.scenario("io.latchwork.nmi.scenario.ToyScenarios$WordSteps");
        final Object state = assertDoesNotThrow(scenario::fresh);
        assertEquals(true, assertDoesNotThrow(() -> scenario.interrupted(state)));
        return (String) assertDoesNotThrow(() -> scenario.observe(state));
    }

    @Test
    void severalMutationsOfOneClassAdd() {
        final String twice = stateAfterSteps(
            Mutation.splitAtomic(WORD, "add", "WORD", "getAndAdd", 0),
            Mutation.splitAtomic(WORD, "set", "FLAGS", "getAndBitwiseOr", 0),
            Mutation.answerCall(WORD, "isEven", WORD, "odd", 0, 1),
            Mutation.varHandleMode(WORD, "isEven", "WORD", "getOpaque", "getVolatile", 0),
            Mutation.dropCall(WORD, "twoSteps", WORD, "stepOne", 0));
        assertEquals("0 0 null 0 2", twice);
    }

    @Test
    void aMutationThatChangesNothingThrows() {
        final List<Mutation> empty = List.of(
            Mutation.splitAtomic(WORD, "add", "WORD", "getAndAdd", 1),
            Mutation.splitAtomic(WORD, "add", "FLAGS", "getAndAdd", 0),
            Mutation.splitAtomic(WORD, "noSuchMethod", "WORD", "getAndAdd", 0),
            Mutation.varHandleMode(WORD, "isEven", "WORD", "getAcquire", "get", 0),
            Mutation.dropCall(WORD, "twoSteps(I)V", WORD, "stepOne", 0),
            Mutation.replaceCall(WORD, "twoSteps", TOY + "ToyList", "stepOne", "stepTwo", 0),
            Mutation.swapStatements(WORD, "twoSteps", "stepOne", "stepThree"),
            Mutation.invertJump(WORD, "twoSteps", 0),
            Mutation.dropCall(TOY + "NoSuchClass", "a", WORD, "b", 0),
            Mutation.dropCall("java.lang.Thread", "a", WORD, "b", 0));
        for (final Mutation mutation : empty) {
            assertThrows(IllegalArgumentException.class, () -> explore("WordAdd", mutation), mutation::toString);
        }
        assertThrows(IllegalArgumentException.class,
            () -> Mutation.varHandleMode(WORD, "add", "WORD", "getAndAdd", "set", 0));
        assertThrows(IllegalArgumentException.class,
            () -> explore("WordAdd", Mutation.splitAtomic(WORD, "add", "WORD", "get", 0)));
    }
}
