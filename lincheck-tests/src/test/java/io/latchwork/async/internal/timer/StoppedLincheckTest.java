// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.latchwork.LincheckSizes;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A callback that starts its own timer, against cancels and starts from outside, on the real engine.
 *
 * <p>What holds in every scenario: each start that was accepted fires, is taken back (CANCELLED) or is replaced (REARMED).
 */
public class StoppedLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int OWN = 0;
    private static final int CANCEL = 1;
    private static final int OUTSIDE = 2;
    private static final int OTHER_CANCEL = 3;
    private static final int UNSET = -1;

    private static void note(final int[] notes, final int at, final Status status) {
        CELL.setVolatile(notes, at, status.ordinal());
    }

    /** What was answered, or null. */
    private static Status noted(final int[] notes, final int at) {
        final int ordinal = (int) CELL.getVolatile(notes, at);
        return ordinal == UNSET ? null : Status.values()[ordinal];
    }

    private static boolean isNoted(final int[] notes, final int at) {
        return (int) CELL.getVolatile(notes, at) != UNSET;
    }

    @BeforeAll
    static void linkOnce() {
        aCancelIsHeard(new int[] {UNSET, UNSET, UNSET, UNSET}, false);
    }

    /** A timer that is due, and whose callback starts it once more, for time 10. */
    private static BpfHrtimer selfStarter(final EngineRig rig, final int[] notes, final boolean cancelsFirst) {
        final BpfHrtimer[] self = {rig.newBlock()};
        final BpfHrtimer block = self[0];
        assertEquals(Status.OK, rig.bind(block, () -> {
            if (!isNoted(notes, OWN)) {
                if (cancelsFirst) {
                    self[0].cancelAsync();
                }
                note(notes, OWN, self[0].start(10));
            }
        }));
        assertEquals(Status.OK, block.start(1));
        rig.cycleAt(0);
        rig.time(1);
        return block;
    }

    /** Lets everything fire, counts, and checks that the block comes back. */
    private static void end(final EngineRig rig, final BpfHrtimer block, final int[] notes) {
        rig.settleAt(50);
        assertFalse(StateWord.isArmed(block.state()), "still armed");
        int accepted = 1;
        int answeredFor = rig.fired();
        for (int i = 0; i < notes.length; i++) {
            final Status status = noted(notes, i);
            accepted += status == Status.OK || status == Status.REARMED ? 1 : 0;
            answeredFor += status == Status.CANCELLED || status == Status.REARMED ? 1 : 0;
        }
        assertEquals(accepted, answeredFor, "starts that were accepted, and what became of them");
        block.destroy();
        rig.settleAt(60);
        assertEquals(1, rig.recycled(), "the block did not come back");
        rig.assertUnloads();
    }

    private static void aCancelIsHeard(final int[] notes, final boolean concurrent) {
        final EngineRig rig = new EngineRig();
        final BpfHrtimer block = selfStarter(rig, notes, false);
        if (concurrent) {
            LincheckSizes.parallel(rig::cycle, () -> note(notes, CANCEL, block.cancelAsync()));
            // the timer is armed, or its callback runs, until the callback is refused
            assertEquals(noted(notes, CANCEL) != Status.CANCELLED, noted(notes, OWN) == Status.ECANCELED,
                noted(notes, CANCEL) + ", and the callback was answered " + noted(notes, OWN));
            final int before = rig.fired();
            rig.settleAt(20);
            assertEquals(before, rig.fired(), "fired after it was cancelled");
        } else {
            rig.cycle();
        }
        end(rig, block, notes);
    }

    @Test
    void aCallbackThatIsCancelledWhileItRunsDoesNotStartItself() {
        LincheckSizes.holds(() -> aCancelIsHeard(new int[] {UNSET, UNSET, UNSET, UNSET}, true));
    }

    @Test
    void aStartFromOutsideIsNeverRefused() {
        LincheckSizes.holds(() -> {
            final int[] notes = {UNSET, UNSET, UNSET, UNSET};
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = selfStarter(rig, notes, false);
            LincheckSizes.parallel(
                rig::cycle,
                () -> {
                    note(notes, CANCEL, block.cancelAsync());
                    note(notes, OUTSIDE, block.start(5));
                });
            assertNotEquals(Status.ECANCELED, noted(notes, OUTSIDE), "refused outside of the callback");
            end(rig, block, notes);
        });
    }

    @Test
    void twoCancelsFromOutside() {
        LincheckSizes.holds(() -> {
            final int[] notes = {UNSET, UNSET, UNSET, UNSET};
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = selfStarter(rig, notes, false);
            LincheckSizes.parallel(
                rig::cycle,
                () -> note(notes, CANCEL, block.cancelAsync()),
                () -> note(notes, OTHER_CANCEL, block.cancelAsync()));
            final int before = rig.fired();
            rig.settleAt(20);
            assertEquals(before, rig.fired(), "fired after it was cancelled");
            end(rig, block, notes);
        });
    }

    /** A start from outside, between a cancel and the callback's own start, or anywhere else. */
    @Test
    void aStartAndACancelFromTwoThreadsOutside() {
        LincheckSizes.holds(() -> {
            final int[] notes = {UNSET, UNSET, UNSET, UNSET};
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = selfStarter(rig, notes, false);
            LincheckSizes.parallel(
                rig::cycle,
                () -> note(notes, CANCEL, block.cancelAsync()),
                () -> note(notes, OUTSIDE, block.start(5)));
            assertNotEquals(Status.ECANCELED, noted(notes, OUTSIDE), "refused outside of the callback");
            end(rig, block, notes);
        });
    }

    /** A callback that cancels itself refuses itself nothing, whatever is started from outside. */
    @Test
    void anOwnCancelRefusesNothing() {
        LincheckSizes.holds(() -> {
            final int[] notes = {UNSET, UNSET, UNSET, UNSET};
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = selfStarter(rig, notes, true);
            LincheckSizes.parallel(
                rig::cycle,
                () -> note(notes, OUTSIDE, block.start(5)));
            assertNotEquals(Status.ECANCELED, noted(notes, OWN), "refused by its own cancel");
            rig.settleAt(50);
            assertFalse(StateWord.isArmed(block.state()), "still armed");
        });
    }
}
