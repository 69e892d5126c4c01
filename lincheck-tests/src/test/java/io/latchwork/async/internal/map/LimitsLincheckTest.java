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
 * Limits that docs/design.md names in section 14, as the checker finds them on the real engine. A test that fails here says
 * that its
 * limit is gone: it moves to the class of its subject, and the sentence out of the document. Meanwhile these tests show that
 * the checker does step through the engine: what it must find, it finds.
 */
public class LimitsLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNSET = -1;

    private static void note(final int[] cells, final int at, final Status status) {
        CELL.setVolatile(cells, at, status.ordinal());
    }

    private static Status noted(final int[] cells, final int at) {
        return Status.values()[(int) CELL.getVolatile(cells, at)];
    }

    /** "Until delete has returned, a due timer of the element may still fire, though calls on it may answer ENOENT already." */
    @Test
    void aTimerMayFireThoughSomebodyWasToldGone() {
        LincheckSizes.scenarioCaught(() -> {
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
        }, "gone, and then it fired");
    }

    /** "While a cancel is dropping the callback, a timer that another thread binds and starts stays armed, due or not." */
    @Test
    @EnabledIfSystemProperty(named = "lincheck.long", matches = "true", disabledReason = "takes 10 000 interleavings")
    void aStartThatIsDueMayBePassedOver() {
        LincheckSizes.scenarioCaught(() -> {
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
        }, "due, not fired by the base, and still armed");
    }

    /** "Of two threads that init the same timer with one unit of quota left one may answer ENOMEM instead of EBUSY." */
    @Test
    void anInitThatLostMayBeOutOfMemory() {
        LincheckSizes.scenarioCaught(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap(1);
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            LincheckSizes.parallel(
                () -> assertNotEquals(Status.ENOMEM, EngineRig.init(element, map)),
                () -> assertNotEquals(Status.ENOMEM, EngineRig.init(element, map)));
        }, "not equal but was: <ENOMEM>");
    }

    /** "Between the two steps of an init another init answers EBUSY while every other call still answers not initialised." */
    @Test
    void whatIsBusyMayNotBeInitialised() {
        LincheckSizes.scenarioCaught(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            LincheckSizes.parallel(
                () -> EngineRig.init(element, map),
                () -> {
                    final Status second = EngineRig.init(element, map);
                    assertTrue(second != Status.EBUSY || element.timer().cancelAsync() != Status.EINVAL, "busy with nothing");
                });
        }, "busy with nothing");
    }
}
