// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;

/**
 * {@link IrqWorkQueue} against its relaxed specification. Claiming and pushing are two steps, so a refused call may not
 * find the item on the queue; QUEUED and PENDING promise only that a run that begins later sees the stores before.
 */
public class IrqWorkQueueLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int SEEN = 2;
    private static final int RUNS = 3;
    private static final int INSIDE = 4;

    private static int or(final int[] cells, final int at, final int bits) {
        return (int) CELL.getAndBitwiseOr(cells, at, bits);
    }

    private static int get(final int[] cells, final int at) {
        return (int) CELL.getVolatile(cells, at);
    }

    /** Notes which of the data it saw; cells 0 and 1 are the data of two callers. */
    private static void look(final int[] cells) {
        assertEquals(0, (int) CELL.getAndAdd(cells, INSIDE, 1), "two runs overlap");
        or(cells, SEEN, get(cells, 0) | get(cells, 1));
        CELL.getAndAdd(cells, RUNS, 1);
        CELL.getAndAdd(cells, INSIDE, -1);
    }

    private static final class Look extends IrqWork {
        private final int[] cells;

        Look(final int[] cells) {
            this.cells = cells;
        }

        @Override
        protected void run() {
            look(cells);
        }
    }

    private static IrqWorkQueue queue(final int[] cells) {
        return new IrqWorkQueue(() -> { }, (work, error) -> or(cells, SEEN, -1));
    }

    // ------------------------------------------------------------------------------------------------- subjects

    @Test
    void aRunThatBeginsLaterSeesTheStores() {
        LincheckSizes.holds(() -> {
            final int[] cells = new int[5];
            final IrqWorkQueue queue = queue(cells);
            final IrqWork work = new Look(cells);
            LincheckSizes.parallel(
                () -> {
                    or(cells, 0, 1);
                    queue.queue(work);
                },
                () -> {
                    or(cells, 1, 2);
                    queue.queueLazy(work);
                },
                () -> {
                    queue.run();
                    queue.run();
                });
            queue.run();
            assertEquals(3, get(cells, SEEN), "stores were missed");
            assertTrue(get(cells, RUNS) <= 2, "more runs than requests");
            assertTrue(work.isIdle() && queue.isEmpty(), "not idle at the end");
        });
    }

    @Test
    void requestsWhileRunningAreNotLost() {
        LincheckSizes.holds(() -> {
            final int[] cells = new int[5];
            final IrqWorkQueue queue = queue(cells);
            final IrqWork work = new Look(cells);
            queue.queue(work);
            LincheckSizes.parallel(
                () -> {
                    or(cells, 0, 1);
                    queue.queue(work);
                    or(cells, 1, 2);
                    queue.queueHard(work);
                },
                () -> {
                    queue.run();
                    queue.run();
                });
            queue.run();
            assertEquals(3, get(cells, SEEN), "stores were missed");
            assertTrue(get(cells, RUNS) <= 3, "more runs than requests");
            assertTrue(work.isIdle() && queue.isEmpty(), "not idle at the end");
        });
    }

    @Test
    void syncReturnsAfterTheRun() {
        LincheckSizes.holds(() -> {
            final int[] cells = new int[5];
            final IrqWorkQueue queue = queue(cells);
            final IrqWork work = new Look(cells);
            LincheckSizes.parallel(
                () -> {
                    or(cells, 0, 1);
                    queue.queue(work);
                    queue.sync(work);
                    assertEquals(1, get(cells, SEEN), "sync came back before the run");
                },
                () -> {
                    while (queue.run() == 0) {
                        Thread.onSpinWait();
                    }
                });
        });
    }

    @Test
    void whoeverIsToldClosedStandsInForTheOthers() {
        LincheckSizes.holds(() -> {
            final int[] cells = new int[5];
            final IrqWorkQueue queue = queue(cells);
            final IrqWork work = new Look(cells);
            LincheckSizes.parallel(
                () -> {
                    or(cells, 0, 1);
                    standIn(cells, queue.queue(work));
                },
                () -> {
                    or(cells, 1, 2);
                    standIn(cells, queue.queue(work));
                },
                () -> {
                    queue.run();
                    queue.close();
                });
            assertEquals(3, get(cells, SEEN), "stores were missed");
            assertTrue(work.isIdle(), "not idle at the end");
            assertEquals(IrqWorkQueue.Outcome.CLOSED, queue.queue(work));
        });
    }

    private static void standIn(final int[] cells, final IrqWorkQueue.Outcome outcome) {
        if (outcome == IrqWorkQueue.Outcome.CLOSED) {
            or(cells, SEEN, get(cells, 0) | get(cells, 1));
        }
    }

    // -------------------------------------------------------------------------------------------------- mutants

    @Test
    void mutantThatClearsPendingAfterTheRunIsCaught() {
        LincheckSizes.scenarioCaught(() -> requestWhileRunning(new Model(true, false)), "stores were missed");
    }

    @Test
    void mutantThatForgetsAClaimAtTheEndOfARunIsCaught() {
        LincheckSizes.scenarioCaught(() -> requestWhileRunning(new Model(false, true)), "claimed twice");
    }

    @Test
    void theModelItselfHolds() {
        LincheckSizes.holds(() -> requestWhileRunning(new Model(false, false)));
    }

    private static void requestWhileRunning(final Model model) {
        model.queue();
        LincheckSizes.parallel(
            () -> {
                or(model.cells, 0, 1);
                model.queue();
                or(model.cells, 1, 2);
                model.queue();
            },
            () -> {
                model.drain();
                model.drain();
            });
        model.drain();
        assertEquals(3, get(model.cells, SEEN), "stores were missed");
    }

    /** The flags of an item and a list of at most one node. */
    private static final class Model {
        private static final int FLAGS = 5;
        private static final int LISTED = 6;
        private static final int PENDING = 1;
        private static final int BUSY = 2;
        private final int[] cells = new int[7];
        private final boolean clearsLate;
        private final boolean storesAtTheEnd;

        Model(final boolean clearsLate, final boolean storesAtTheEnd) {
            this.clearsLate = clearsLate;
            this.storesAtTheEnd = storesAtTheEnd;
        }

        void queue() {
            if ((or(cells, FLAGS, PENDING) & PENDING) == 0) {
                assertEquals(0, (int) CELL.getAndSet(cells, LISTED, 1), "claimed twice");
            }
        }

        void drain() {
            if ((int) CELL.getAndSet(cells, LISTED, 0) == 0) {
                return;
            }
            if (!clearsLate) {
                CELL.getAndSet(cells, FLAGS, BUSY);
            }
            look(cells);
            if (clearsLate || storesAtTheEnd) {
                CELL.setVolatile(cells, FLAGS, 0);
            } else {
                CELL.getAndBitwiseAnd(cells, FLAGS, ~BUSY);
            }
        }
    }
}
