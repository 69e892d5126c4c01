// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One real {@link BpfHrtimer} on a real {@link TimerBase}: what starts, cancels and destroys come to when they meet. */
public class StateWordLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNSET = -1;

    @BeforeAll
    static void linkOnce() {
        scenarioOfAll();
    }

    private static void scenarioOfAll() {
        final EngineRig rig = new EngineRig();
        final BpfHrtimer block = boundBlock(rig);
        block.start(1);
        rig.settleAt(2);
        assertEquals(1, rig.fired());
        end(rig, block);
    }

    private static BpfHrtimer boundBlock(final EngineRig rig) {
        final BpfHrtimer block = rig.newBlock();
        assertEquals(Status.OK, rig.bind(block));
        return block;
    }

    /** Destroys the block and checks that it and the program come back once. */
    private static void end(final EngineRig rig, final BpfHrtimer block) {
        assertEquals(0, rig.recycled(), "recycled while in use");
        final int before = rig.fired();
        block.destroy();
        rig.settleAt(900);
        assertEquals(before, rig.fired(), "fired after destroy");
        assertEquals(1, rig.recycled(), "the block did not come back");
        rig.assertUnloads();
    }

    private static void note(final int[] cells, final int at, final int what) {
        CELL.setVolatile(cells, at, what);
    }

    private static int noted(final int[] cells, final int at) {
        return (int) CELL.getVolatile(cells, at);
    }

    @Test
    void noLostStart() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = boundBlock(rig);
            block.start(5);
            rig.cycleAt(0);
            LincheckSizes.parallel(
                () -> block.start(8),
                () -> {
                    rig.cycleAt(5);
                    rig.cycleAt(6);
                });
            final int before = rig.fired();
            assertTrue(before <= 1, "fired too often");
            rig.settleAt(7);
            assertEquals(before, rig.fired(), "fired early");
            rig.settleAt(10);
            assertEquals(before + 1, rig.fired(), "the last start must fire once");
            end(rig, block);
        });
    }

    @Test
    void twoStarters() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = boundBlock(rig);
            LincheckSizes.parallel(
                () -> block.start(9),
                () -> block.start(3),
                () -> {
                    rig.cycleAt(0);
                    rig.cycleAt(4);
                });
            final int before = rig.fired();
            rig.settleAt(20);
            assertTrue(rig.fired() >= 1 && rig.fired() <= 2, "fired " + rig.fired() + " times");
            assertEquals(StateWord.IDLE, block.state(), "still armed");
            assertTrue(before == 1 || rig.fired() == 1, "fired twice for one expiry");
            end(rig, block);
        });
    }

    @Test
    void cancelHolds() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = boundBlock(rig);
            final int[] notes = {UNSET, UNSET};
            block.start(2);
            rig.cycleAt(0);
            LincheckSizes.parallel(
                () -> {
                    note(notes, 0, block.cancelAsync().ordinal());
                    note(notes, 1, rig.fired());
                },
                () -> {
                    rig.cycleAt(5);
                    rig.cycle();
                });
            rig.settleAt(9);
            final Status status = Status.values()[noted(notes, 0)];
            if (status == Status.CANCELLED) {
                assertEquals(0, rig.fired(), "fired after CANCELLED");
            } else {
                assertEquals(1, rig.fired(), "neither cancelled nor fired");
                if (status == Status.IDLE) {
                    assertEquals(1, noted(notes, 1), "fired after IDLE");
                }
            }
            end(rig, block);
        });
    }

    @Test
    void cancelWaits() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = boundBlock(rig);
            final int[] notes = {UNSET, UNSET};
            block.start(2);
            rig.cycleAt(0);
            LincheckSizes.parallel(
                () -> {
                    note(notes, 0, block.cancelAndWait(null).ordinal());
                    note(notes, 1, rig.fired());
                },
                () -> {
                    rig.cycleAt(5);
                    rig.cycle();
                });
            rig.settleAt(9);
            final boolean cancelled = noted(notes, 0) == Status.CANCELLED.ordinal();
            assertTrue(rig.fired() <= (cancelled ? 0 : 1), "fired after CANCELLED");
            assertEquals(noted(notes, 1), rig.fired(), "the wait ended too early");
            assertEquals(StateWord.UNBOUND, block.state(), "the callback was kept");
            end(rig, block);
        });
    }

    @Test
    void startCancelStart() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = boundBlock(rig);
            LincheckSizes.parallel(
                () -> {
                    block.start(5);
                    block.cancelAsync();
                    block.start(4);
                },
                () -> {
                    rig.cycleAt(0);
                    rig.cycleAt(4);
                    rig.cycleAt(5);
                });
            rig.settleAt(10);
            assertTrue(rig.fired() >= 1 && rig.fired() <= 2, "fired " + rig.fired() + " times");
            assertEquals(StateWord.IDLE, block.state(), "still armed");
            end(rig, block);
        });
    }

    @Test
    void destroyBalanced() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = boundBlock(rig);
            final int[] notes = {UNSET};
            LincheckSizes.parallel(
                () -> {
                    block.start(5);
                    block.start(3);
                },
                () -> {
                    block.destroy();
                    note(notes, 0, rig.fired());
                },
                () -> {
                    rig.cycleAt(0);
                    rig.cycleAt(4);
                });
            final int before = rig.fired();
            rig.settleAt(30);
            assertEquals(before, rig.fired(), "fired after destroy");
            assertTrue(before == noted(notes, 0) || before == 1, "fired too often");
            assertEquals(StateWord.DESTROYED, block.state(), "not destroyed");
            assertEquals(BpfHrtimer.NOT_QUEUED, block.entry, "still queued");
            assertEquals(1, rig.recycled(), "the block did not come back once");
            rig.assertUnloads();
        });
    }

    /** An init that comes too late to confirm its block finds it destroyed, and leaves it so. */
    @Test
    void aDestroyedBlockIsNotConfirmed() {
        final EngineRig rig = new EngineRig();
        final BpfHrtimer block = rig.newBlock();
        assertTrue(block.tryGet());
        block.destroy();
        rig.settleAt(1);
        assertFalse(block.confirm());
        assertEquals(Status.ENOENT, rig.bind(block));
        assertEquals(Status.ENOENT, block.start(1));
        block.put();
        rig.settleAt(2);
        assertEquals(1, rig.recycled());
    }

    /** What a setCallback stores in a block that is being destroyed is dropped when the block is recycled. */
    @Test
    void setCallbackAgainstDestroy() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = boundBlock(rig);
            LincheckSizes.parallel(
                block::destroy,
                () -> rig.bind(block));
            rig.settleAt(1);
            assertEquals(1, rig.recycled(), "the block did not come back once");
            rig.assertUnloads();
        });
    }

    /** A start that answers REARMED is what the expiry takes that comes after it, and so is what was set before it. */
    @Test
    void anExpiryCallsWhatWasSetBeforeTheStartThatItTakes() {
        LincheckSizes.holdsInMany(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = rig.newBlock();
            final int[] notes = {0, UNSET};
            assertEquals(Status.OK, rig.bind(block, () -> note(notes, 0, 1)));
            block.start(5);
            rig.cycleAt(0);
            rig.time(5);
            LincheckSizes.parallel(
                rig::cycle,
                () -> {
                    assertEquals(Status.OK, rig.bind(block));
                    note(notes, 1, block.start(5).ordinal());
                });
            rig.settleAt(9);
            assertTrue(noted(notes, 1) == Status.OK.ordinal() || noted(notes, 0) == 0, "the old callback took the new start");
            end(rig, block);
        });
    }

    @Test
    void setCallbackAgainstCancel() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = boundBlock(rig);
            LincheckSizes.parallel(
                () -> block.cancelAndWait(null),
                () -> rig.bind(block));
            final boolean bound = block.state() == StateWord.IDLE;
            assertEquals(bound, !block.binding.isEmpty(), "the word and the cell disagree");
            assertEquals(bound ? Status.OK : Status.EINVAL, block.start(1));
            rig.settleAt(2);
            assertEquals(bound ? 1 : 0, rig.fired(), "a start that was accepted fires");
            end(rig, block);
        });
    }

    @Test
    void setCallbackAndStartAgainstCancel() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = rig.newBlock();
            final int[] notes = {UNSET, UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, block.cancelAndWait(null).ordinal()),
                () -> {
                    assertEquals(Status.OK, rig.bind(block));
                    note(notes, 1, block.start(1).ordinal());
                },
                () -> {
                    rig.cycleAt(1);
                    rig.cycleAt(2);
                });
            rig.settleAt(9);
            assertFalse(StateWord.isArmed(block.state()), "armed for ever");
            final boolean started = noted(notes, 1) == Status.OK.ordinal();
            final boolean cancelled = noted(notes, 0) == Status.CANCELLED.ordinal();
            assertTrue(rig.fired() <= (started && !cancelled ? 1 : 0), "started " + started + ", cancelled " + cancelled);
            end(rig, block);
        });
    }
}
