// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.EngineCall.BASE;
import static io.latchwork.nmi.EngineCall.CANCEL_ASYNC;
import static io.latchwork.nmi.EngineCall.DELETE;
import static io.latchwork.nmi.EngineCall.INIT;
import static io.latchwork.nmi.EngineCall.INSERT;
import static io.latchwork.nmi.EngineCall.KWORKER;
import static io.latchwork.nmi.EngineCall.RELEASE;
import static io.latchwork.nmi.EngineCall.SET_P2;
import static io.latchwork.nmi.EngineCall.START_EARLIER;
import static io.latchwork.nmi.EngineCall.START_PAST;
import static io.latchwork.nmi.EngineCall.UPDATE;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every call of the engine, interrupted at every point by every other call. */
class EngineMatrixTest {

    private static final Options STRICT =
        Options.defaults().forbidding(PointKind.ALLOCATION).withStepBound(Engine.STEP_BOUND).withMaxFailures(2);
    /** Calls that are not about the timer of key 1 meet these two states of it only. */
    private static final Set<EngineShape> FEW_SHAPES = EnumSet.of(EngineShape.BARE, EngineShape.EXPIRED);
    private static final Set<EngineCall> IN_KWORKER =
        EnumSet.of(INIT, SET_P2, START_PAST, CANCEL_ASYNC, UPDATE, DELETE, INSERT, RELEASE);
    private static final List<EngineCall> OF_THE_STATE_WORD =
        List.of(START_EARLIER, CANCEL_ASYNC, SET_P2, DELETE, BASE);

    private final EnginePairs engine = Engine.pairs();
    private final List<String> problems = new ArrayList<>();
    private int explorations;
    private long points;
    private long runs;

    private void explore(final EngineShape shape, final EngineCall interrupted, final List<EngineCall> nested,
                         final Options options) {
        final Report report = NmiExplorer.explore(
            engine.pair(shape, EnginePairs.Ending.TAKEN_APART, interrupted, nested, options.stacked()), options);
        final String problem = Engine.problem(report);
        if (problem != null) {
            problems.add(shape + ": " + nested + " in " + interrupted + ": " + problem);
        }
        explorations++;
        points += report.points();
        runs += report.runs();
    }

    private void summary(final String what, final long begin) {
        System.out.println("EngineMatrixTest, " + what + ": " + explorations + " combinations of calls and states, "
            + points + " points, " + runs + " runs, " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
    }

    @Test
    void everyCallInEveryCall() {
        final long begin = System.nanoTime();
        for (final EngineCall interrupted : EngineCall.values()) {
            for (final EngineCall nested : EngineCall.values()) {
                if (nested.mayInterrupt(interrupted)) {
                    shapes(interrupted, nested).forEach(shape -> explore(shape, interrupted, List.of(nested), STRICT));
                }
            }
        }
        summary("every call in every call", begin);
    }

    private static Set<EngineShape> shapes(final EngineCall interrupted, final EngineCall nested) {
        if (interrupted == KWORKER) {
            return IN_KWORKER.contains(nested) ? EnumSet.of(EngineShape.GARBAGE) : EnumSet.noneOf(EngineShape.class);
        }
        return interrupted.isOfTimer() && nested.isOfTimer() ? EnumSet.complementOf(EnumSet.of(EngineShape.GARBAGE))
            : FEW_SHAPES;
    }

    /** Two calls in one, and a call in a call in a call, at every access of shared memory. */
    @Test
    void twoCallsInOneCall() {
        final long begin = System.nanoTime();
        final Options two = STRICT.withDepth(2).interruptingAt(Engine::isAccess);
        final Options stacked = two.withStacking();
        for (final EngineCall interrupted : OF_THE_STATE_WORD) {
            for (final EngineCall first : OF_THE_STATE_WORD) {
                for (final EngineCall second : OF_THE_STATE_WORD) {
                    if (first.mayInterrupt(interrupted) && second.mayInterrupt(interrupted)) {
                        explore(EngineShape.EXPIRED, interrupted, List.of(first, second), two);
                        if (second.mayInterrupt(first)) {
                            explore(EngineShape.EXPIRED, interrupted, List.of(first, second), stacked);
                        }
                    }
                }
            }
        }
        summary("two calls in one call", begin);
    }
}
