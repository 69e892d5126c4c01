// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static io.latchwork.LincheckSizes.parallel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import io.latchwork.irqwork.IrqWorkQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A work's control block between callers, its base and two kworkers: what must hold in every interleaving. */
public class WorkLincheckTest {

    /** One work, pending and in the kworkers' queue, whose callback tells when it overlaps with itself. */
    private static final class Rig {
        final EngineRig engine = new EngineRig();
        final BpfWork work = engine.newWork();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger overlaps = new AtomicInteger();
        int restarts;

        Rig(final int restarts) {
            this.restarts = restarts;
            assertEquals(Status.OK, engine.bind(work, this::called));
            assertEquals(Status.OK, work.start());
            engine.cycle();
        }

        private void called() {
            if (inside.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            if (restarts > 0) {
                restarts--;
                work.start(); // refused if it was cancelled or destroyed meanwhile
            }
            inside.decrementAndGet();
        }

        /** As a start that found the item in nobody's hands, and is late. */
        void tellBase() {
            assertTrue(work.tryGet());
            if (engine.base(0).queue(work) != IrqWorkQueue.Outcome.QUEUED) {
                work.put();
            }
        }

        void cycle() {
            engine.cycle();
        }

        void kworker() {
            engine.kworker();
        }

        /** Lets everything run, ends the work, and looks at the books. */
        void settle(final int runs) {
            engine.settleAt(1);
            assertEquals(0, overlaps.get(), "two runs at once");
            assertEquals(runs, engine.fired(), "runs");
            end();
        }

        void end() {
            work.destroy();
            engine.settleAt(1);
            assertEquals(1, engine.recycled(), "the block is still referenced");
            engine.assertUnloads();
        }
    }

    @BeforeAll
    static void linkOnce() {
        final Rig rig = new Rig(1);
        rig.tellBase();
        rig.kworker();
        rig.settle(2);
    }

    /** Two kworkers and a base that is told too often: one run after the other. */
    @Test
    void noTwoRunsAtOnce() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(1);
            rig.tellBase();
            parallel(rig::kworker, () -> {
                rig.cycle();
                rig.kworker();
            });
            rig.settle(2);
        });
    }

    /** A start while the item is being run and let go: OK leads to a run, PENDING joins one. */
    @Test
    void noStartIsLost() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(0);
            final Status[] answer = new Status[1];
            parallel(rig::kworker, () -> answer[0] = rig.work.start(), rig::cycle);
            rig.settle(answer[0] == Status.OK ? 2 : 1);
        });
    }

    /** Two starters, one of whom finds it owned and one of whom does not. */
    @Test
    void ofTwoStartersNoneIsLost() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(0);
            final Status[] answers = new Status[2];
            parallel(() -> {
                rig.kworker();
                answers[0] = rig.work.start();
            }, () -> answers[1] = rig.work.start());
            rig.settle(1 + (answers[0] == Status.OK ? 1 : 0) + (answers[1] == Status.OK ? 1 : 0));
        });
    }

    /** A flush returns when the run that was pending before it is over, or was taken back. */
    @Test
    void flushReturnsAfterTheRun() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(1);
            final int[] seen = new int[1];
            parallel(() -> {
                rig.kworker();
                rig.kworker();
            }, () -> {
                assertTrue(!rig.work.flush(null).isRefusal());
                seen[0] = rig.engine.fired();
            });
            assertTrue(seen[0] >= 1, "flush returned before the run");
            rig.settle(2);
        });
    }

    /** A flush ends when what it waits for is taken back, though nobody takes the item from the queue. */
    @Test
    void flushEndsWhenItIsTakenBack() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(0);
            parallel(() -> assertTrue(!rig.work.flush(null).isRefusal()),
                () -> assertEquals(Status.CANCELLED, rig.work.cancelAsync()));
            rig.settle(0);
        });
    }

    /** A cancel that waits against a run that starts itself again: afterwards nothing is pending or running. */
    @Test
    void cancelLeavesNothing() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(1);
            final int[] seen = new int[1];
            parallel(rig::kworker, () -> {
                rig.work.cancelAndWait(null);
                seen[0] = rig.engine.fired();
            }, rig::kworker);
            final int runs = seen[0];
            rig.engine.settleAt(1);
            assertEquals(runs, rig.engine.fired(), "ran after the cancel");
            assertEquals(Status.EINVAL, rig.work.start());
            rig.end();
        });
    }

    /** A cancel against a new callback and a start: the start runs, or is taken back. */
    @Test
    void cancelAgainstANewCallback() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(0);
            final Status[] answers = new Status[2];
            final AtomicInteger fresh = new AtomicInteger();
            parallel(() -> answers[0] = rig.work.cancelAndWait(null), () -> {
                assertEquals(Status.OK, rig.engine.bind(rig.work, fresh::incrementAndGet));
                answers[1] = rig.work.start();
            }, rig::kworker);
            rig.engine.settleAt(1);
            final int taken = answers[0] == Status.CANCELLED ? 1 : 0;
            final int wanted = 1 + (answers[1] == Status.OK ? 1 : 0);
            assertTrue(rig.engine.fired() + taken <= wanted && rig.engine.fired() + 2 * taken >= wanted,
                () -> answers[0] + " " + answers[1] + " " + rig.engine.fired() + " runs");
            rig.end();
        });
    }

    /** A start that joins a run which is still to come joins it with the callback that was set before. */
    @Test
    void aRunCallsWhatWasSetBeforeItsLastStart() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(0);
            final Status[] answer = new Status[1];
            final AtomicInteger fresh = new AtomicInteger();
            parallel(rig::kworker, () -> {
                assertEquals(Status.OK, rig.engine.bind(rig.work, fresh::incrementAndGet));
                answer[0] = rig.work.start();
            });
            final int joined = answer[0] == Status.PENDING ? 1 : 0;
            assertTrue(fresh.get() >= joined, "ran the old callback");
            rig.settle(2 - joined);
            assertTrue(fresh.get() >= 1);
        });
    }

    /** As above, when a cancel follows: it does not empty the cell under a run that was taken. */
    @Test
    void aRunCallsWhatWasSetThoughACancelFollows() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(0);
            final Status[] answers = new Status[2];
            final AtomicInteger fresh = new AtomicInteger();
            parallel(rig::kworker, () -> {
                assertEquals(Status.OK, rig.engine.bind(rig.work, fresh::incrementAndGet));
                answers[0] = rig.work.start();
                answers[1] = rig.work.cancelAndWait(null);
            });
            final int taken = answers[1] == Status.CANCELLED ? 1 : 0;
            if (answers[0] == Status.PENDING) {
                assertEquals(1 - taken, fresh.get(), "the run called the old callback");
                assertEquals(1 - taken, rig.engine.fired());
            } else { // the run before the start was free to call either
                assertEquals(2 - taken, rig.engine.fired());
            }
            rig.end();
        });
    }

    /** The end of a work against its run: what runs keeps block and program, and both come back once. */
    @Test
    void destroyAgainstARun() {
        LincheckSizes.holds(() -> {
            final Rig rig = new Rig(1);
            final boolean[] pending = new boolean[1];
            parallel(() -> {
                rig.kworker();
                rig.kworker();
            }, () -> pending[0] = rig.work.destroy(), rig::cycle);
            rig.engine.settleAt(1);
            assertTrue(rig.engine.fired() <= 2);
            assertEquals(1, rig.engine.recycled(), "the block is still referenced");
            rig.engine.assertUnloads();
        });
    }
}
