// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pinned starts of one real block between two real bases, whose owners are two threads. The block's home is base 0. */
public class PinnedLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNSET = -1;

    private static void note(final int[] notes, final int at, final Status status) {
        CELL.setVolatile(notes, at, status.ordinal());
    }

    private static Status noted(final int[] notes, final int at) {
        return Status.values()[(int) CELL.getVolatile(notes, at)];
    }

    @BeforeAll
    static void linkOnce() {
        final EngineRig rig = new EngineRig(2);
        final BpfHrtimer block = bound(rig);
        pin(rig, block, 1, 2);
        rig.settleAt(3);
        assertEquals(1, rig.firedOn(1));
        end(rig, block);
    }

    private static BpfHrtimer bound(final EngineRig rig) {
        final BpfHrtimer block = rig.newBlock();
        assertEquals(Status.OK, rig.bind(block));
        return block;
    }

    /** Bound, armed, and in the heap of its home base. */
    private static BpfHrtimer queued(final EngineRig rig, final long deadline) {
        final BpfHrtimer block = bound(rig);
        assertEquals(Status.OK, block.start(deadline));
        rig.cycleAt(0);
        return block;
    }

    private static Status pin(final EngineRig rig, final BpfHrtimer block, final int base, final long deadline) {
        return block.startOn(rig.line(), deadline, BpfTimer.TIMER_ABS, rig.base(base));
    }

    private static void cycles(final EngineRig rig, final int base) {
        rig.cycle(base);
        rig.cycle(base);
    }

    private static void end(final EngineRig rig, final BpfHrtimer block) {
        final int before = rig.fired();
        block.destroy();
        rig.settleAt(90);
        assertEquals(before, rig.fired(), "fired after destroy");
        assertEquals(BpfHrtimer.NOT_QUEUED, block.entry, "still queued");
        assertEquals(1, rig.recycled(), "the block did not come back once");
        rig.assertUnloads();
    }

    /** A block that is queued to a base which it has left is only queued on: the entry is another owner's. */
    @Test
    void aRunOnTheWrongBaseTouchesNothing() {
        final EngineRig rig = new EngineRig(2);
        final BpfHrtimer block = queued(rig, 9);
        assertEquals(Status.REARMED, pin(rig, block, 1, 5));
        cycles(rig, 0);
        cycles(rig, 1);
        final long place = block.queuedPlace();
        assertTrue(block.tryGet());
        rig.base(0).queue(block); // as a start does that has read where the block was
        assertEquals(Status.REARMED, block.start(3));
        rig.cycle(0);
        assertEquals(place, block.queuedPlace(), "the entry was moved by somebody else than its owner");
        rig.settleAt(3);
        assertEquals(1, rig.firedOn(1));
        end(rig, block);
    }

    /** The start comes before the step of the clock: the timer fires once, and on the base it is pinned to. */
    @Test
    void aPinnedStartFiresOnceAndOnItsBase() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = queued(rig, 9);
            LincheckSizes.parallel(
                () -> assertEquals(Status.REARMED, pin(rig, block, 1, 5)),
                () -> cycles(rig, 0),
                () -> cycles(rig, 1));
            rig.settleAt(4);
            assertEquals(0, rig.fired(), "fired early");
            rig.settleAt(5);
            assertEquals(1, rig.firedOn(1), "must fire on the base it is pinned to");
            rig.settleAt(20);
            assertEquals(1, rig.fired(), "fired twice");
            end(rig, block);
        });
    }

    /** The same for a deadline behind the entry, which would surface in time. */
    @Test
    void aLaterDeadlineMovesTheTimerAsWell() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = queued(rig, 3);
            LincheckSizes.parallel(
                () -> assertEquals(Status.REARMED, pin(rig, block, 1, 7)),
                () -> cycles(rig, 0),
                () -> cycles(rig, 1));
            rig.settleAt(6);
            assertEquals(0, rig.fired(), "fired early");
            rig.settleAt(7);
            assertEquals(1, rig.firedOn(1), "must fire on the base it is pinned to");
            end(rig, block);
        });
    }

    /** Against the expiry: every start is answered for, and the pinned one's expiry is on its base. */
    @Test
    void aPinnedStartAgainstTheExpiry() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = queued(rig, 2);
            rig.time(5);
            final int[] notes = {UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, pin(rig, block, 1, 8)),
                () -> cycles(rig, 0),
                () -> cycles(rig, 1));
            rig.settleAt(7);
            final int before = rig.fired();
            assertEquals(noted(notes, 0) == Status.OK ? 1 : 0, before, noted(notes, 0) + " answered");
            final int onTarget = rig.firedOn(1);
            rig.settleAt(8);
            assertEquals(before + 1, rig.fired(), "the last start must fire once");
            assertEquals(onTarget + 1, rig.firedOn(1), "must fire on the base it is pinned to");
            end(rig, block);
        });
    }

    /** A start that is due at once is not fired by the base that the timer leaves. */
    @Test
    void whatIsDueAtOnceIsNotFiredByTheOldBase() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = bound(rig);
            rig.time(5);
            LincheckSizes.parallel(
                () -> pin(rig, block, 1, 4),
                () -> cycles(rig, 0),
                () -> cycles(rig, 1));
            rig.settleAt(6);
            assertEquals(0, rig.firedOn(0), "fired on the old base");
            assertEquals(1, rig.firedOn(1), "must fire once");
            end(rig, block);
        });
    }

    /** The same when the old base looks at the timer anyway, because of an entry that a later start has left behind. */
    @Test
    void whatIsDueAtOnceIsNotFiredByTheOldBaseWhenAnEntrySurfaces() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = queued(rig, 3);
            assertEquals(Status.REARMED, block.start(9));
            rig.time(5);
            LincheckSizes.parallel(
                () -> assertEquals(Status.REARMED, pin(rig, block, 1, 4)),
                () -> cycles(rig, 0),
                () -> cycles(rig, 1));
            rig.settleAt(6);
            assertEquals(0, rig.firedOn(0), "fired on the old base");
            assertEquals(1, rig.firedOn(1), "must fire once");
            end(rig, block);
        });
    }

    /** Two pinned starts that want different bases: one expiry, on one of them. */
    @Test
    void twoPinnedStarts() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = queued(rig, 9);
            LincheckSizes.parallel(
                () -> pin(rig, block, 1, 5),
                () -> pin(rig, block, 0, 6),
                () -> rig.cycle(0));
            rig.settleAt(4);
            assertEquals(0, rig.fired(), "fired early");
            rig.settleAt(5);
            rig.settleAt(6);
            assertEquals(1, rig.fired(), "the last start must fire once");
            end(rig, block);
        });
    }

    /** A plain start while the timer is being handed over is not lost. */
    @Test
    void aPlainStartAgainstTheHandOver() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = queued(rig, 9);
            assertEquals(Status.REARMED, pin(rig, block, 1, 8));
            LincheckSizes.parallel(
                () -> assertEquals(Status.REARMED, block.start(4)),
                () -> cycles(rig, 0),
                () -> cycles(rig, 1));
            rig.settleAt(3);
            assertEquals(0, rig.fired(), "fired early");
            rig.settleAt(4);
            assertEquals(1, rig.firedOn(1), "must fire once, where it was pinned to");
            end(rig, block);
        });
    }

    /** After CANCELLED nothing fires, wherever the timer is on its way. */
    @Test
    void aCancelAgainstTheHandOver() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = queued(rig, 2);
            rig.time(5);
            assertEquals(Status.REARMED, pin(rig, block, 1, 4));
            final int[] notes = {UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, block.cancelAsync()),
                () -> cycles(rig, 0),
                () -> cycles(rig, 1));
            rig.settleAt(9);
            assertEquals(noted(notes, 0) == Status.CANCELLED ? 0 : 1, rig.fired(), noted(notes, 0) + " answered");
            assertFalse(StateWord.isArmed(block.state()), "still armed");
            end(rig, block);
        });
    }

    /** A destroy while the timer is on its way: it comes back once, and nothing fires afterwards. */
    @Test
    void aDestroyAgainstTheHandOver() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig(2);
            final BpfHrtimer block = queued(rig, 2);
            final int[] notes = {UNSET};
            rig.time(5);
            LincheckSizes.parallel(
                () -> {
                    note(notes, 0, pin(rig, block, 1, 4));
                    block.destroy();
                },
                () -> cycles(rig, 0),
                () -> cycles(rig, 1));
            final int before = rig.fired();
            rig.settleAt(30);
            assertEquals(before, rig.fired(), "fired after destroy");
            assertTrue(before <= (noted(notes, 0) == Status.OK ? 2 : 1), "fired too often");
            assertEquals(StateWord.DESTROYED, block.state(), "not destroyed");
            assertEquals(BpfHrtimer.NOT_QUEUED, block.entry, "still queued");
            assertEquals(1, rig.recycled(), "the block did not come back once");
            rig.assertUnloads();
        });
    }
}
