// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.EngineCall.BASE;
import static io.latchwork.nmi.EngineCall.CANCEL;
import static io.latchwork.nmi.EngineCall.CANCEL_ASYNC;
import static io.latchwork.nmi.EngineCall.DELETE;
import static io.latchwork.nmi.EngineCall.INIT;
import static io.latchwork.nmi.EngineCall.INSERT;
import static io.latchwork.nmi.EngineCall.OPEN;
import static io.latchwork.nmi.EngineCall.PROG_RELEASE;
import static io.latchwork.nmi.EngineCall.RELEASE;
import static io.latchwork.nmi.EngineCall.SET_P2;
import static io.latchwork.nmi.EngineCall.START_EARLIER;
import static io.latchwork.nmi.EngineCall.START_LATER;
import static io.latchwork.nmi.EngineCall.START_PAST;
import static io.latchwork.nmi.EngineCall.UPDATE;
import static io.latchwork.nmi.EngineShape.ARMED;
import static io.latchwork.nmi.EngineShape.BARE;
import static io.latchwork.nmi.EngineShape.EXPIRED;
import static io.latchwork.nmi.EngineShape.IDLE;
import static io.latchwork.nmi.EngineShape.QUEUED;
import static io.latchwork.nmi.EngineShape.UNBOUND;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.nmi.EnginePairs.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bugs that are put into the engine, one at a time, are caught by a combination of calls that passes without them. */
class EngineMutantTest {

    private static final String ASYNC = "io.latchwork.async.internal.";
    private static final String BLOCK = ASYNC + "timer.BpfAsyncCb";
    private static final String TIMER = ASYNC + "timer.BpfHrtimer";
    private static final String TIMER_BASE = ASYNC + "timer.TimerBase";
    private static final String REF_COUNT = ASYNC + "RefCount";
    private static final String ELEMENT = ASYNC + "map.Element";
    private static final String SLOT = ASYNC + "map.TimerSlot";
    private static final String HANDLE = ASYNC + "map.SlotHandle";
    private static final String MAP = ASYNC + "map.HashMapCore";
    private static final String CAS = "compareAndSet";
    private static final String OUTCOME = "is none of";
    private static final String VIOLATION = "VIOLATION";
    private static final Options OPTIONS = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(1);

    private final EnginePairs sound = Engine.pairs();

    private void caught(final String reason, final Mutation mutation, final EngineShape shape,
                        final EngineCall interrupted, final EngineCall... nested) {
        final Options options = OPTIONS.withDepth(nested.length);
        final List<EngineCall> others = List.of(nested);
        final String before = Engine.problem(NmiExplorer.explore(
            sound.pair(shape, Ending.TAKEN_APART, interrupted, others, false), options));
        assertNull(before, "without the mutation");
        judge(reason, mutation, NmiExplorer.explore(
            Engine.pairs(mutation).pair(shape, Ending.TAKEN_APART, interrupted, others, false), options),
            others + " in " + interrupted);
    }

    private void caughtStalled(final String reason, final Mutation mutation, final EngineShape shape,
                               final EngineCall stalled, final EngineCall... others) {
        final Options options = OPTIONS.withDepth(others.length);
        final List<EngineCall> list = List.of(others);
        final String before = Engine.problem(StallExplorer.exploreResumed(
            sound.pair(shape, Ending.TAKEN_APART, stalled, list, false), options));
        assertNull(before, "without the mutation");
        judge(reason, mutation, StallExplorer.exploreResumed(
            Engine.pairs(mutation).pair(shape, Ending.TAKEN_APART, stalled, list, false), options),
            list + " beside " + stalled);
    }

    private static void judge(final String reason, final Mutation mutation, final Report report, final String by) {
        final String problem = Engine.problem(report);
        final String shown = problem == null ? "NOT CAUGHT" : problem.replace('\n', ' ');
        System.out.println(mutation + "\n  caught by " + by + ": " + shown.substring(0, Math.min(300, shown.length())));
        assertTrue(problem != null && problem.contains(reason), mutation + " by " + by + ": " + problem);
    }

    /** The handshake of arming and expiry. */
    @Test
    void handshake() {
        caught(OUTCOME, new EarlyLook(), EXPIRED, START_EARLIER, BASE);
        caught(VIOLATION, Mutation.dropCall(TIMER_BASE, "unqueue", TIMER, "unqueued", 0), EXPIRED, BASE, START_LATER);
        caught(OUTCOME, Mutation.splitAtomic(BLOCK, "tryTake", "STATE", CAS, 0), EXPIRED, BASE, CANCEL_ASYNC);
        caught(OUTCOME, Mutation.splitAtomic(BLOCK, "arm", "STATE", CAS, 0), EXPIRED, START_EARLIER, DELETE);
        caught(OUTCOME, Mutation.splitAtomic(BLOCK, "cancelAsync", "STATE", CAS, 0), EXPIRED, CANCEL_ASYNC, BASE);
        caught(VIOLATION, Mutation.swapStatements(TIMER_BASE, "fire", "runBegins", "tryTake"), EXPIRED, BASE,
            CANCEL_ASYNC);
    }

    /** The life of a control block, and its references. */
    @Test
    void blocks() {
        caught(VIOLATION, Mutation.dropCall(TIMER, "destroy", TIMER, "put", 0), QUEUED, DELETE, CANCEL_ASYNC);
        caught(VIOLATION, Mutation.dropCall(TIMER, "queueToBase", TIMER, "put", 0), QUEUED, START_PAST, CANCEL_ASYNC);
        caught(OUTCOME, Mutation.splitAtomic(BLOCK, "markBound", "STATE", CAS, 0), UNBOUND, SET_P2, SET_P2,
            START_PAST);
        caught(OUTCOME, Mutation.splitAtomic(BLOCK, "cancelAndWait", "STATE", CAS, 0), EXPIRED, CANCEL, BASE);
        caught(OUTCOME, Mutation.splitAtomic(REF_COUNT, "tryGet", "COUNT", "compareAndExchange", 0), IDLE, SET_P2,
            SET_P2);
        caught(OUTCOME, Mutation.splitAtomic(REF_COUNT, "put", "COUNT", "getAndAdd", 0), IDLE, PROG_RELEASE, SET_P2);
        caught(OUTCOME, Mutation.splitAtomic(REF_COUNT, "tryPut", "COUNT", "compareAndExchange", 0), ARMED, RELEASE,
            OPEN);
        caught(OUTCOME, Mutation.splitAtomic(ASYNC + "prog.ProgImpl", "release", "RELEASED", "getAndSet", 0), BARE,
            PROG_RELEASE, PROG_RELEASE);
        caught(OUTCOME, Mutation.splitAtomic(ASYNC + "TaggedPool", "pop", "HEAD", CAS, 0), BARE, INIT, INIT);
        caughtStalled(VIOLATION, Mutation.answerCall(BLOCK, "bind", "io.latchwork.seqlatch.LatchCell", "isEmpty", 0, 0),
            IDLE, SET_P2, CANCEL, START_PAST);
    }

    /** Elements, buckets, and the second looks. */
    @Test
    void elements() {
        final String attach =
            "attach(Lio/latchwork/async/internal/map/Element;Ljava/lang/Object;J)Lio/latchwork/async/Status;";
        caught(OUTCOME, Mutation.forceJump(HANDLE, attach, 7, false), BARE, INIT, DELETE);
        caught(OUTCOME, Mutation.splitAtomic(ELEMENT, "tryKill", "LIFE", CAS, 0), ARMED, DELETE, DELETE);
        caught(OUTCOME, Mutation.splitAtomic(ELEMENT, "tryBump", "LIFE", CAS, 0), ARMED, UPDATE, DELETE);
        caught(OUTCOME, Mutation.splitAtomic(SLOT, "tryAttachTimer", "TIMER", CAS, 0), BARE, INIT, INIT);
        caught(OUTCOME, Mutation.splitAtomic(SLOT, "detachTimer", "TIMER", "getAndSet", 0), ARMED, UPDATE, UPDATE);
        caught(OUTCOME, Mutation.splitAtomic(ASYNC + "map.BucketTable", "casFirst", "FIRST", CAS, 0), BARE, INSERT, INSERT);
        caught(OUTCOME, Mutation.splitAtomic(ASYNC + "Quota", "tryTake", "USED", "compareAndExchange", 0), BARE, INSERT,
            UPDATE, DELETE);
        caught(OUTCOME, Mutation.answerCall(MAP, "update(ILjava/lang/Object;Ljava/lang/Object;)Lio/latchwork/async/Status;",
            MAP, "hasUsers", 0, 1), BARE, INSERT, RELEASE);
    }
}
