// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pinned starts between two bases. */
class PinnedStartTest {

    private static final String TIMER = "io.latchwork.async.internal.timer.BpfHrtimer";
    private static final String SCENARIOS = "PinnedScenarios.";

    private static Options options(final int calls) {
        return Options.defaults().withDepth(calls).withStepBound(Engine.STEP_BOUND).withMaxFailures(2);
    }

    private static Report interrupted(final String name, final int calls, final Mutation... mutations) {
        return NmiExplorer.explore(Library.scenario(SCENARIOS + name, mutations),
            options(calls).interruptingAt(Engine::isAccess));
    }

    private static Report stalled(final String name, final int others) {
        return StallExplorer.exploreResumed(Library.scenario(SCENARIOS + name), options(others));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DutiesInPinned", "OtherDutyInPinned", "StartInPinned", "PinnedInStart", "CancelInPinned",
        "PinnedInCancel", "DeleteInPinned", "PinnedInDelete"})
    void inOneAnother(final String name) {
        assertNull(Engine.problem(interrupted(name, 1)));
        assertNull(Engine.problem(interrupted(name, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DutiesInPinned", "OtherDutyInPinned", "PinnedInHomeDuty", "TwoStartsInHomeDuty",
        "StartInPinned", "CancelInPinned", "DeleteInPinned", "TwoPinned"})
    void fromTwoThreads(final String name) {
        assertNull(Engine.problem(stalled(name, 1)));
        assertNull(Engine.problem(stalled(name, 2)));
    }

    @Test
    void mutantsAreCaught() {
        // the new base is not told of what it was given
        caught("VIOLATION", Mutation.forceJump(TIMER, "moveTo", 0, true));
        // the timer is armed first, and only then it is said where
        caught("is none of", Mutation.swapStatements(TIMER, "startOn", "setOpaque", "arm"));
    }

    private static void caught(final String reason, final Mutation mutation) {
        final String problem = Engine.problem(interrupted("DutiesInPinned", 1, mutation));
        System.out.println(mutation + "\n  caught by DutiesInPinned: " + problem);
        assertTrue(problem != null && problem.contains(reason), () -> mutation + ": " + problem);
    }
}
