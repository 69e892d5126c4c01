// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A callback that starts its own timer, and what is said to it meanwhile. */
class SelfStartTest {

    private static final String BLOCK = "io.latchwork.async.internal.timer.BpfAsyncCb";
    private static final String SCENARIOS = "SelfStartScenarios.";

    private static Options options(final int calls) {
        return Options.defaults().withDepth(calls).withStepBound(Engine.STEP_BOUND).withMaxFailures(2);
    }

    private static Report stalled(final String name, final int others, final Mutation... mutations) {
        return StallExplorer.exploreResumed(Library.scenario(SCENARIOS + name, mutations), options(others));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cancel", "Start", "CancelAndStart", "StartAndCancel"})
    void theCallbackIsInterrupted(final String name) {
        final Scenario<?> scenario = Library.scenario(SCENARIOS + name);
        assertNull(Engine.problem(NmiExplorer.explore(scenario, options(1))));
        final Options two = options(2).interruptingAt(Engine::isAccess);
        assertNull(Engine.problem(NmiExplorer.explore(Library.scenario(SCENARIOS + name), two)));
        assertNull(Engine.problem(NmiExplorer.explore(Library.scenario(SCENARIOS + name), two.withStacking())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cancel", "Start", "CancelAndStart", "StartAndCancel"})
    void anotherThreadCallsMeanwhile(final String name) {
        assertNull(Engine.problem(stalled(name, 1)));
        assertNull(Engine.problem(stalled(name, 2)));
    }

    @Test
    void aCancelInTheMiddleOfWhichTheCallbackStartsItself() {
        assertNull(Engine.problem(stalled("InCancel", 1)));
    }

    /** The outcome that this is about takes place. */
    @Test
    void aCancelFromOutsideIsHeard() {
        assertTrue(stalled("Cancel", 1).seen().stream().anyMatch(outcome -> outcome.toString().contains("ECANCELED")));
    }

    @Test
    void mutantsAreCaught() {
        caught("VIOLATION", "Cancel", 1, Mutation.answerCall(BLOCK, "mayArm", BLOCK, "isOwnCallback", 0, 0));
        caught("VIOLATION", "Cancel", 1, Mutation.answerCall(BLOCK, "cancelAsync", BLOCK, "isOwnCallback", 0, 1));
    }

    private static void caught(final String reason, final String name, final int others, final Mutation mutation) {
        final String problem = Engine.problem(stalled(name, others, mutation));
        System.out.println(mutation + "\n  caught by " + name + ": " + problem);
        assertTrue(problem != null && problem.contains(reason), () -> mutation + ": " + problem);
    }
}
