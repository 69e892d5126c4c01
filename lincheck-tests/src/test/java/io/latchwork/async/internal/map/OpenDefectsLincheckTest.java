// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import io.latchwork.async.internal.timer.BpfHrtimer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Limits that docs/design.md names in section 14, as the checker shows them: each test fails. A test moves to the class of
 * its subject when its limit is gone. Run them by {@code -Dlincheck.open=true}.
 */
@EnabledIfSystemProperty(named = "lincheck.open", matches = "true", disabledReason = "known limits")
public class OpenDefectsLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNSET = -1;

    private static void note(final int[] cells, final int at, final Status status) {
        CELL.setVolatile(cells, at, status.ordinal());
    }

    private static Status noted(final int[] cells, final int at) {
        return Status.values()[(int) CELL.getVolatile(cells, at)];
    }

    /** A delete between the kill and the end of the block: others are told that the timer is gone, and it fires. */
    @Test
    void nothingFiresAfterSomebodyWasToldGone() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            EngineRig.init(element, map);
            rig.setCallback(element);
            element.timer().start(1, BpfTimer.TIMER_ABS);
            LincheckSizes.parallel(
                () -> map.delete(1),
                () -> {
                    final Status status = element.timer().cancelAsync();
                    rig.cycleAt(1);
                    assertTrue(status != Status.ENOENT || rig.fired() == 0, "gone, and then it fired");
                });
        });
    }

    /** A cancel that is about to drop the callback: a start that was accepted since is passed over by the base. */
    @Test
    void aStartThatIsDueIsNotPassedOver() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final BpfHrtimer block = rig.newBlock();
            final int[] notes = {UNSET, UNSET, UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, block.cancelAndWait(null)),
                () -> {
                    rig.bind(block);
                    note(notes, 1, block.start(1));
                    rig.cycleAt(1);
                    note(notes, 2, block.cancelAsync());
                });
            assertTrue(noted(notes, 1) != Status.OK || noted(notes, 2) != Status.CANCELLED,
                "due, not fired by the base, and still armed");
        });
    }

    /** Two inits of one timer with one unit of quota left: the loser may meet the quota before it meets the winner. */
    @Test
    void anInitThatLostIsBusyAndNotOutOfMemory() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap(1);
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            LincheckSizes.parallel(
                () -> assertNotEquals(Status.ENOMEM, EngineRig.init(element, map)),
                () -> assertNotEquals(Status.ENOMEM, EngineRig.init(element, map)));
        });
    }

    /** Between the two steps of an init another one is busy, while all other calls find nothing initialised. */
    @Test
    void whatIsBusyIsInitialised() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            LincheckSizes.parallel(
                () -> EngineRig.init(element, map),
                () -> {
                    final Status second = EngineRig.init(element, map);
                    assertTrue(second != Status.EBUSY || element.timer().cancelAsync() != Status.EINVAL, "busy with nothing");
                });
        });
    }
}
