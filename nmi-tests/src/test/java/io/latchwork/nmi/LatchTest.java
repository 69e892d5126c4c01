// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.Library.SEQLATCH;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The latches, and mutants of them. */
class LatchTest {

    private static final String LATCH = SEQLATCH + "SeqcountLatch";
    private static final String SLOTS = SEQLATCH + "LatchSlots";

    @ParameterizedTest
    @ValueSource(strings =
        {"ReadInWrite", "ReplaceInReplace", "ReadInReplace", "ReplaceInRead", "ClearInReplace", "ReplaceInClear"})
    void interrupted(final String name) {
        Library.explore("LatchScenarios." + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WriteInRead"})
    void interruptedByOneOwner(final String name) {
        Library.exploreUnstacked("LatchScenarios." + name);
    }

    @Test
    void exchangesUntilNoSlotIsLeft() {
        NmiExplorer.explore(Library.scenario("LatchScenarios.ReplaceUntilBusy"),
            Options.defaults().withDepth(3).withStacking()).assertOk();
    }

    @ParameterizedTest
    @CsvSource({"ReadInWrite, 2", "WriteInRead, 2", "ReplaceInReplace, 2", "ReadInReplace, 1", "ReplaceInRead, 2"})
    void stalled(final String name, final int others) {
        Library.stall("LatchScenarios." + name, others);
    }

    @Test
    void mutantsAreCaught() {
        Library.caught("LatchScenarios.ReadInWrite", "is none of",
            Mutation.dropCall(LATCH, "writeMiddle", LATCH, "turn", 0));
        Library.caught("LatchScenarios.WriteInRead", "is none of", Mutation.forceJump(LATCH, "readRetry", 0, true));
        Library.caught("LatchScenarios.ReadInWrite", "STUCK", Mutation.invertJump(LATCH, "readRetry", 0));
        Library.caught("LatchScenarios.ReplaceInReplace", "is none of",
            Mutation.splitAtomic(SLOTS, "claim", "FREE_SLOTS", "compareAndExchange", 0));
        Library.caught("LatchScenarios.ReplaceInReplace", "is none of",
            Mutation.splitAtomic(SLOTS, "swing", "CONTROL", "compareAndExchange", 0));
        Library.caught("LatchScenarios.ReplaceInReplace", "is none of",
            Mutation.splitAtomic(SLOTS, "release", "FREE_SLOTS", "getAndBitwiseOr", 0));
        Library.caught("LatchScenarios.ReplaceInRead", "is none of",
            Mutation.forceJump(SLOTS, "controlMoved", 0, true));
    }
}
