// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import io.latchwork.async.ManualClock;
import io.latchwork.async.internal.timer.ClockOffsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ClockOffsets and ManualClock, and mutants of them. */
class ClockTest {

    private static final String OFFSETS = ClockOffsets.class.getName();
    private static final String CLOCK = ManualClock.class.getName();
    private static final String LATCH = Library.SEQLATCH + "SeqcountLatch";

    @ParameterizedTest
    @ValueSource(strings = {"ReadInRefresh", "RefreshInRead", "RefreshInRefresh", "ReadInTwoRefreshes", "StepInReading",
        "StepInStep"})
    void interrupted(final String name) {
        Library.explore("ClockScenarios." + name);
    }

    @ParameterizedTest
    @CsvSource({"ReadInRefresh, 2", "RefreshInRead, 2", "RefreshInRefresh, 2", "StepInReading, 2", "StepInStep, 2"})
    void stalled(final String name, final int others) {
        Library.stall("ClockScenarios." + name, others);
    }

    @Test
    void mutantsAreCaught() {
        Library.caught("ClockScenarios.ReadInRefresh", "is none of",
            Mutation.dropCall(OFFSETS, "publish", LATCH, "writeMiddle", 0));
        Library.caught("ClockScenarios.RefreshInRead", "is none of", Mutation.forceJump(OFFSETS, "read", 0, false));
        Library.caught("ClockScenarios.RefreshInRefresh", "is none of",
            Mutation.splitAtomic(OFFSETS, "serve", "REQUESTS", "compareAndExchange", 0));
        // without the claim a second writer sends readers to the copy that the first one is storing to
        NmiExplorer.explore(Library.scenario("ClockScenarios.ReadInTwoRefreshes",
            Mutation.forceJump(OFFSETS, "refresh", 0, false)), Options.defaults().withDepth(2).withStacking())
            .assertCaught("is none of");
        Library.caught("ClockScenarios.StepInReading", "is none of", Mutation.forceJump(CLOCK, "reading", 0, false));
        Library.caught("ClockScenarios.StepInStep", "is none of",
            Mutation.splitAtomic(CLOCK, "step", "OFFSETS", "compareAndSet", 0));
    }
}
