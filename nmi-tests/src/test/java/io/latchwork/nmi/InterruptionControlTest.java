// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.nmi.EnginePairs.Ending;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the explorations of every family say can fail: a lock around one method is caught, interrupted and stopped. */
class InterruptionControlTest {

    private static final String ASYNC = "io.latchwork.async.internal.";
    private static final Options OPTIONS = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(1);

    private static void stuck(final Report before, final Report report) {
        assertNull(Engine.problem(before), "without the lock");
        final String problem = Engine.problem(report);
        assertNotNull(problem, () -> "not caught: " + report);
        assertTrue(problem.contains("STUCK"), problem);
    }

    private static Mutation locked(final String name, final String methods) {
        return new SpinLocked(name, Set.of(methods.split(" ")));
    }

    @Test
    void aTimerWithALock() {
        final Mutation lock = locked(ASYNC + "timer.BpfAsyncCb", "arm cancelAsync");
        for (final boolean broken : new boolean[] {false, true}) {
            final EnginePairs engine = broken ? Engine.pairs(lock) : Engine.pairs();
            final List<EngineCall> others = List.of(EngineCall.CANCEL_ASYNC);
            check(broken, NmiExplorer.explore(
                engine.pair(EngineShape.EXPIRED, Ending.TAKEN_APART, EngineCall.START_EARLIER, others, false), OPTIONS));
            check(broken, StallExplorer.explore(
                engine.pair(EngineShape.EXPIRED, Ending.BYSTANDERS, EngineCall.START_EARLIER, others, false), OPTIONS));
        }
    }

    /** The other calls end, and the timers of others do not fire. */
    @Test
    void aBaseWithALock() {
        final Mutation lock = locked(ASYNC + "timer.TimerBase", "queue runDue");
        for (final boolean broken : new boolean[] {false, true}) {
            check(broken, StallExplorer.explore((broken ? Engine.pairs(lock) : Engine.pairs()).pair(EngineShape.IDLE,
                Ending.BYSTANDERS, EngineCall.START_PAST, List.of(EngineCall.LOOKUP), false), OPTIONS));
        }
    }

    /** Two bases that share something: the timers of the one do not fire while the owner of the other is stopped. */
    @Test
    void twoBasesWithOneLock() {
        final Mutation lock = locked("io.latchwork.async.ManualClock", "nanoTime");
        for (final boolean broken : new boolean[] {false, true}) {
            check(broken, StallExplorer.explore((broken ? Engine.pairs(lock) : Engine.pairs()).pair(EngineShape.EXPIRED,
                Ending.BASE_STALLED, EngineCall.BASE, List.of(EngineCall.LOOKUP), false), OPTIONS));
        }
    }

    private static void check(final boolean broken, final Report report) {
        final String problem = Engine.problem(report);
        assertTrue(broken == (problem != null), () -> broken + ": " + report);
        assertTrue(!broken || problem.contains("STUCK"), problem);
    }

    @Test
    void aWorkWithALock() {
        final Mutation lock = locked(ASYNC + "timer.BpfWork", "start");
        final List<WorkPairs.Call> others = List.of(WorkPairs.Call.START);
        stuck(NmiExplorer.explore(WorkMatrix.pairs().pair(WorkPairs.Shape.IDLE, WorkPairs.Call.START, others, false), OPTIONS),
            NmiExplorer.explore(WorkMatrix.pairs(lock).pair(WorkPairs.Shape.IDLE, WorkPairs.Call.START, others, false), OPTIONS));
        stuck(StallExplorer.explore(WorkMatrix.pairs().pair(WorkPairs.Shape.IDLE, WorkPairs.Call.START, others, true), OPTIONS),
            StallExplorer.explore(WorkMatrix.pairs(lock)
                .pair(WorkPairs.Shape.IDLE, WorkPairs.Call.START, others, true), OPTIONS));
    }

    @ParameterizedTest
    @CsvSource({"LRU, map.LruHashMapImpl, tryEvict, INSERT", "GROWING, map.BucketTable, reserve, INSERT",
        "ARRAY, timer.BpfAsyncCb, arm, START", "ARRAY_OF_MAPS, map.ArrayOfMapsImpl, exchange, UPDATE",
        "HASH_OF_MAPS, map.HashOfMapsImpl, lookup, LOOKUP"})
    void aMapWithALock(final MapPairs.Kind kind, final String name, final String methods, final MapPairs.Call call) {
        final MapPairs sound = MapMatrix.pairs();
        final MapPairs broken = MapMatrix.pairs(locked(ASYNC + name, methods));
        final List<MapPairs.Call> others = List.of(call);
        stuck(NmiExplorer.explore(sound.pair(kind, call, others, false), OPTIONS),
            NmiExplorer.explore(broken.pair(kind, call, others, false), OPTIONS));
        stuck(StallExplorer.explore(sound.pair(kind, call, others, true), OPTIONS),
            StallExplorer.explore(broken.pair(kind, call, others, true), OPTIONS));
    }

    @ParameterizedTest
    @CsvSource({"SEQCOUNT_LATCH, seqlatch.SeqcountLatch, readRetry, read",
        "LATCH_CELL, seqlatch.LatchSlots, claim, 'exchange, free'",
        "LLIST, irqwork.Llist, push, push", "IRQ_WORK, irqwork.IrqWork, claim, queue",
        "RCU, rcu.RcuReadSide, nmiEnter, 'nmiEnter, nmiExit'",
        "RCU_LEASED, rcu.RcuReadSide, nmiEnter, 'nmiEnter, nmiExit'", "RCU_COUNTED, rcu.CallbackBuckets, push, callRcu",
        "REF_COUNT, async.internal.RefCount, tryGet, tryGet", "TAGGED_POOL, async.internal.TaggedPool, pop, pop",
        "QUOTA, async.internal.Quota, tryTake, tryTake", "CLOCK, async.ManualClock, epochNanos, epochNanos"})
    void aPrimitiveWithALock(final PrimitivePairs.Subject subject, final String name, final String method, final String call) {
        final PrimitivePairs sound = PrimitiveMatrix.pairs();
        final PrimitivePairs broken = PrimitiveMatrix.pairs(locked("io.latchwork." + name, method));
        final List<String> others = List.of(call);
        stuck(NmiExplorer.explore(sound.pair(subject, call, others, false), OPTIONS),
            NmiExplorer.explore(broken.pair(subject, call, others, false), OPTIONS));
        stuck(StallExplorer.explore(sound.pair(subject, call, others, true), OPTIONS),
            StallExplorer.explore(broken.pair(subject, call, others, true), OPTIONS));
    }
}
