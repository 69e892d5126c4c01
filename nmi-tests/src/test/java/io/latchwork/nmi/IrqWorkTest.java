// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.Library.IRQWORK;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Llist and IrqWorkQueue, and mutants of them. */
class IrqWorkTest {

    private static final String LIST = IRQWORK + "Llist";
    private static final String WORK = IRQWORK + "IrqWork";

    @ParameterizedTest
    @ValueSource(strings = {"LlistScenarios.PushInPush", "LlistScenarios.PushInTake", "LlistScenarios.TakeInPush",
        "LlistScenarios.PushInClose", "LlistScenarios.CloseInPush", "IrqWorkScenarios.QueueInQueue",
        "IrqWorkScenarios.QueueOtherInQueue", "IrqWorkScenarios.QueueInRun", "IrqWorkScenarios.QueueInClose"})
    void interrupted(final String name) {
        Library.explore(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IrqWorkScenarios.CloseInQueue", "IrqWorkScenarios.RunInQueue"})
    void interruptedByOneOwner(final String name) {
        Library.exploreUnstacked(name);
    }

    @ParameterizedTest
    @CsvSource({"LlistScenarios.PushInPush, 2", "LlistScenarios.PushInTake, 2", "LlistScenarios.TakeInPush, 2",
        "LlistScenarios.PushInClose, 1", "IrqWorkScenarios.QueueOtherInQueue, 2"})
    void stalled(final String name, final int others) {
        Library.stall(name, others);
    }

    @Test
    void mutantsAreCaught() {
        Library.caught("LlistScenarios.PushInPush", "is none of",
            Mutation.splitAtomic(LIST, "push", "HEAD", "compareAndExchange", 0));
        Library.caught("LlistScenarios.PushInTake", "is none of",
            Mutation.splitAtomic(LIST, "takeAll", "HEAD", "getAndSet", 0));
        Library.caught("LlistScenarios.PushInClose", "is none of",
            Mutation.splitAtomic(LIST, "close", "HEAD", "getAndSet", 0));
        Library.caught("IrqWorkScenarios.QueueInQueue", "is none of",
            Mutation.splitAtomic(WORK, "claim", "FLAGS", "getAndBitwiseOr", 0));
        Library.caught("IrqWorkScenarios.QueueInRun", "is none of",
            Mutation.splitAtomic(WORK, "finish", "FLAGS", "getAndBitwiseAnd", 0));
        Library.caught("IrqWorkScenarios.QueueInRun", "is none of",
            Mutation.swapStatements(IRQWORK + "WorkRunner", "runChain", "begin", "run"));
    }
}
