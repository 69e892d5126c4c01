// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Bugs that are put into works are caught by a pair of calls. */
class WorkMutantTest {
    private static final String WORK = "io.latchwork.async.internal.timer.BpfWork";
    private static final Options OPTIONS = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(1);

    @Test
    void mutantsAreCaught() {
        // the owner does not look again
        caught(WorkPairs.Shape.QUEUED, WorkPairs.Call.KWORKER, WorkPairs.Call.START,
            Mutation.answerCall(WORK, "letGo", "io.latchwork.seqlatch.LatchCell", "isEmpty", 0, 1));
        // two have the item in hand
        caught(WorkPairs.Shape.IDLE, WorkPairs.Call.START, WorkPairs.Call.START,
            Mutation.dropCall(WORK, "told", WORK, "put", 0));
        // a destroyed block is never given back
        caught(WorkPairs.Shape.QUEUED, WorkPairs.Call.DELETE, WorkPairs.Call.START,
            Mutation.dropCall(WORK, "destroy", WORK, "put", 0));
    }

    private static void caught(final WorkPairs.Shape shape, final WorkPairs.Call interrupted, final WorkPairs.Call nested,
                               final Mutation mutation) {
        assertNull(Engine.problem(
            NmiExplorer.explore(WorkMatrix.pairs().pair(shape, interrupted, List.of(nested), false), OPTIONS)));
        final String problem = Engine.problem(
            NmiExplorer.explore(WorkMatrix.pairs(mutation).pair(shape, interrupted, List.of(nested), false), OPTIONS));
        System.out.println(mutation + "\n  caught by " + nested + " in " + interrupted + ": "
            + (problem == null ? "NOT CAUGHT" : problem.substring(0, Math.min(200, problem.length()))));
        assertTrue(problem != null, () -> mutation + " by " + nested + " in " + interrupted);
    }
}
