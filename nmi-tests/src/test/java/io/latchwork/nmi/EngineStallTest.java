// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.EngineCall.BASE;
import static io.latchwork.nmi.EngineCall.CANCEL_ASYNC;
import static io.latchwork.nmi.EngineCall.DELETE;
import static io.latchwork.nmi.EngineCall.DELETE_OTHER;
import static io.latchwork.nmi.EngineCall.INIT;
import static io.latchwork.nmi.EngineCall.INSERT;
import static io.latchwork.nmi.EngineCall.LOOKUP;
import static io.latchwork.nmi.EngineCall.OPEN;
import static io.latchwork.nmi.EngineCall.PROG_RELEASE;
import static io.latchwork.nmi.EngineCall.RELEASE;
import static io.latchwork.nmi.EngineCall.SET_P2;
import static io.latchwork.nmi.EngineCall.START_EARLIER;
import static io.latchwork.nmi.EngineCall.START_LATER;
import static io.latchwork.nmi.EngineCall.START_OTHER;
import static io.latchwork.nmi.EngineCall.START_PAST;
import static io.latchwork.nmi.EngineCall.UPDATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.nmi.EnginePairs.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thread is parked for good at every point of a call; the calls of another one end, and other timers fire. */
class EngineStallTest {

    private static final List<EngineCall> STALLED = List.of(INIT, SET_P2, START_LATER, START_EARLIER, START_PAST,
        CANCEL_ASYNC, LOOKUP, UPDATE, DELETE, INSERT, OPEN, RELEASE, PROG_RELEASE);
    private static final List<List<EngineCall>> OTHERS = List.of(
        List.of(START_OTHER, CANCEL_ASYNC, LOOKUP), List.of(START_EARLIER, UPDATE, START_OTHER),
        List.of(DELETE, INSERT, START_OTHER));

    private final EnginePairs engine = Engine.pairs();
    private int points;
    private int runs;

    private static Options options(final int others) {
        return Options.defaults().withDepth(others).withStepBound(Engine.STEP_BOUND).withMaxFailures(2);
    }

    private void checked(final Report report, final Object what) {
        final String problem = Engine.problem(report);
        if (problem != null) {
            throw new AssertionError(what + ": " + problem);
        }
        points += report.points();
        runs += report.runs();
    }

    private static EngineShape shape(final EngineCall call) {
        return call == INIT ? EngineShape.BARE : EngineShape.ARMED;
    }

    private void summary(final String what) {
        System.out.println("EngineStallTest, " + what + ": " + points + " points, " + runs + " runs");
    }

    /** The other calls end, and the other timer fires at once, though the first thread never goes on. */
    @Test
    void forGood() {
        for (final EngineCall call : STALLED) {
            for (final List<EngineCall> others : Library.IS_FULL ? OTHERS : OTHERS.subList(0, 1)) {
                checked(StallExplorer.explore(engine.pair(shape(call), Ending.STALLED, call, others, false),
                    options(others.size())), others + " beside " + call);
            }
        }
        summary("for good");
    }

    /** When it goes on, everything is as if the calls had come one after the other. */
    @Test
    void forAWhile() {
        for (final EngineCall call : STALLED) {
            final List<EngineCall> others = List.of(START_PAST, CANCEL_ASYNC);
            checked(StallExplorer.exploreResumed(engine.pair(shape(call), Ending.TAKEN_APART, call, others, false),
                options(others.size())), others + " beside " + call);
        }
        summary("for a while");
    }

    /** The owner of a base is parked in its duty cycle: all calls end, and the timers of the other base fire. */
    @Test
    void theOwnerOfABase() {
        for (final List<EngineCall> others : List.of(List.of(START_PAST, CANCEL_ASYNC, LOOKUP),
                List.of(START_EARLIER, SET_P2, UPDATE), List.of(INSERT, DELETE_OTHER, DELETE))) {
            final Scenario<?> scenario = engine.pair(EngineShape.EXPIRED, Ending.BASE_STALLED, BASE, others, false);
            final Report report = StallExplorer.explore(scenario, options(others.size()));
            checked(report, others + " beside a duty cycle");
            assertTrue(report.seen().stream().allMatch(outcome -> outcome.toString().contains("[3=f by p3 at 1")),
                report::toString);
        }
        summary("the owner of a base");
    }

    /**
     * The one exception (docs/design.md, 9): a start that is stopped between its claim and its push. A later start of
     * the same timer is accepted and not seen before the thread goes on. At all other points it fires at once.
     */
    @Test
    void betweenClaimAndPush() {
        final List<EngineCall> others = List.of(START_PAST);
        final Report report = StallExplorer.explore(
            engine.pair(EngineShape.IDLE, Ending.START_STALLED, START_LATER, others, false),
            options(others.size()).withMaxFailures(Engine.STEP_BOUND));
        assertFalse(report.failures().isEmpty(), "the exception is not met any more");
        assertTrue(report.failures().size() < report.points() / 4, report::toString);
        for (final String failure : report.failures()) {
            assertTrue(failure.contains("outcome [null, REARMED, [[], CANCELLED, []]] is none of"), failure);
            final String site = failure.substring(failure.indexOf("before ") + "before ".length());
            assertTrue(site.startsWith("io.latchwork.irqwork.IrqWork.claim(") && site.contains(") return:")
                || site.startsWith("io.latchwork.irqwork.IrqWorkQueue.queueHard(")
                || site.startsWith("io.latchwork.irqwork.Llist"), failure);
        }
        assertEquals(1, report.failures().stream()
            .filter(failure -> failure.contains("Llist.push") && failure.contains("compareAnd")).count(),
            report::toString);
        System.out.println("EngineStallTest, between claim and push: " + report.failures().size() + " of "
            + report.points() + " points");
        checked(StallExplorer.exploreResumed(
            engine.pair(EngineShape.IDLE, Ending.TAKEN_APART, START_LATER, others, false), options(others.size())),
            "a later start");
    }
}
