// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.Library.RCU;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rcu, and mutants of it. */
class RcuTest {

    private static final String GRACE_PERIOD = RCU + "GracePeriod";
    /** A wait inside a section is refused, which would hide that a grace period does not wait for the section. */
    private static final Mutation WAIT_ANYWHERE =
        Mutation.answerCall(RCU + "RcuWaits", "checkMayWait", RCU + "RcuWaits", "isReadHeld", 0, 0);

    @ParameterizedTest
    @ValueSource(strings = {"ReadInRead", "ReadInReadLeased",
        "ReadInReadCounted", "CallInRead", "CallInReadLeased", "CallInReadCounted", "ReadInCall", "ReadInCallLeased",
        "ReadInCallCounted", "CallInCall", "MarkInMark", "MarkInMarkLeased", "MarkInMarkCounted"})
    void interrupted(final String name) {
        Library.explore("RcuScenarios." + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReplaceInRead", "ReplaceInReadLeased", "ReplaceInReadCounted", "SameHead"})
    void interruptedByCallsThatMayAllocate(final String name) {
        Library.exploreAllocating("RcuScenarios." + name);
    }

    @ParameterizedTest
    @CsvSource({"ReplaceInRead, 2", "ReplaceInReadLeased, 2", "ReplaceInReadCounted, 2", "CallInCall, 2",
        "ReadInCall, 1"})
    void stalled(final String name, final int others) {
        Library.stall("RcuScenarios." + name, others);
    }

    /** A grace period that is tried inside a section, and not refused, does not end, and nothing is reclaimed. */
    @ParameterizedTest
    @ValueSource(strings = {"ReplaceInRead", "ReplaceInReadLeased"})
    void gracePeriodsWaitForSections(final String name) {
        NmiExplorer.explore(Library.scenario("RcuScenarios." + name, WAIT_ANYWHERE), Options.defaults().withDepth(2))
            .assertOk();
    }

    @Test
    void mutantsAreCaught() {
        Library.caught("RcuScenarios.CallInCall", "is none of",
            Mutation.splitAtomic(RCU + "CallbackBuckets", "push", "TOPS", "compareAndSet", 0));
        Library.caught("RcuScenarios.SameHead", "is none of",
            Mutation.splitAtomic(RCU + "RcuHead", "claim", "QUEUED", "compareAndSet", 0));
        Library.caught("RcuScenarios.ReplaceInRead", "is none of",
            Mutation.answerCall(GRACE_PERIOD, "awaitReaders", GRACE_PERIOD, "awaitSlots", 0, 1), WAIT_ANYWHERE);
        Library.caught("RcuScenarios.ReplaceInReadLeased", "is none of",
            Mutation.answerCall(GRACE_PERIOD, "awaitReaders", GRACE_PERIOD, "awaitSlots", 1, 1), WAIT_ANYWHERE);
        Library.caught("RcuScenarios.ReplaceInReadCounted", "is none of",
            Mutation.answerCall(GRACE_PERIOD, "awaitReaders", RCU + "CounterTier", "drain", 0, 1));
        Library.caught("RcuScenarios.ReplaceInRead", "is none of",
            Mutation.forceJump(GRACE_PERIOD, "awaitSlot", 1, true), WAIT_ANYWHERE);
    }
}
