// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call is held up at each of its points while another thread closes the runtime, and goes on when the closing has ended or
 * waits for it. The call answers as if it came before or after; nothing is left.
 */
class CloseStallTest {

    private static final Options OPTIONS = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(1);

    private static void heldUp(final ClosePairs.Call call, final boolean givesUp) {
        final Scenario<?> made = Library.scenario("CloseScenarios.Matrix");
        final Report report = StallExplorer.exploreResumed(((ClosePairs) made).closing(call, givesUp), OPTIONS);
        assertNull(Engine.problem(report));
        System.out.println("CloseStallTest, " + call + (givesUp ? ", given up: " : ": ") + report.points() + " points");
    }

    /** All calls in a full run. */
    private static List<ClosePairs.Call> calls(final ClosePairs.Call... ofABuild) {
        return List.of(Library.IS_FULL ? ClosePairs.Call.values() : ofABuild);
    }

    /** Those that look first and take later. */
    static List<ClosePairs.Call> takers() {
        return calls(ClosePairs.Call.INSERT_ALONE, ClosePairs.Call.INSERT_OUTER, ClosePairs.Call.NEW_TIMER, ClosePairs.Call.PIN,
            ClosePairs.Call.LOAD_PROGRAM);
    }

    /** One that takes, and one that gives back in several steps. */
    static List<ClosePairs.Call> leftBehind() {
        return calls(ClosePairs.Call.INSERT_ALONE, ClosePairs.Call.RELEASE);
    }

    @ParameterizedTest
    @MethodSource("takers")
    void isWaitedFor(final ClosePairs.Call call) {
        heldUp(call, false);
    }

    @ParameterizedTest
    @MethodSource("leftBehind")
    void isGivenUp(final ClosePairs.Call call) {
        heldUp(call, true);
    }
}
