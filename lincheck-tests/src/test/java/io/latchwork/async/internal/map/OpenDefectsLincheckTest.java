// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the checker finds in the engine as it stands: each test fails, with the shortest trace known. A test moves to the
 * class of its subject when its defect is gone. Run them by {@code -Dlincheck.open=true}.
 */
@EnabledIfSystemProperty(named = "lincheck.open", matches = "true", disabledReason = "open defects")
public class OpenDefectsLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNSET = -1;

    private static void note(final int[] cells, final int at, final Status status) {
        CELL.setVolatile(cells, at, status.ordinal());
    }

    private static Status noted(final int[] cells, final int at) {
        return Status.values()[(int) CELL.getVolatile(cells, at)];
    }

    private static Status startAt1(final MapElement<Integer, Integer> element) {
        return element.timer().start(1, BpfTimer.TIMER_ABS);
    }

    /** A cancel between the expiry's swap and its look at the cell: nothing fires, and the answer is IDLE. */
    @Test
    void cancelSaysSoWhenItTookAnExpiryBack() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            EngineRig.init(element, map);
            rig.setCallback(element);
            startAt1(element);
            final int[] notes = {UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, element.timer().cancel()),
                () -> rig.cycleAt(1));
            rig.settleAt(9);
            assertEquals(noted(notes, 0) == Status.CANCELLED ? 0 : 1, rig.fired(), noted(notes, 0) + " answered");
        });
    }

    /** A start between the kill and the detachment of a delete: it passes isLive and then finds no block. */
    @Test
    void aDeletedElementIsGoneAndNotMalformed() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            EngineRig.init(element, map);
            rig.setCallback(element);
            LincheckSizes.parallel(
                () -> assertNotEquals(Status.EINVAL, startAt1(element), "the timer is initialised and bound"),
                () -> map.delete(1));
        });
    }

    /** An update stores its value, is seen, loses to a delete, and inserts its value once more. */
    @Test
    void anUpdateTakesEffectOnce() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newPlainMap();
            map.update(1, 1);
            final int[] seen = {UNSET};
            LincheckSizes.parallel(
                () -> map.update(1, 2),
                () -> {
                    final Integer value = HashMapLincheckTest.valueOf(map, 1);
                    assertEquals(Status.OK, map.delete(1));
                    CELL.setVolatile(seen, 0, (int) value);
                });
            final Integer last = HashMapLincheckTest.valueOf(map, 1);
            assertTrue((int) CELL.getVolatile(seen, 0) == 1 || last == null, "seen, deleted, and there again");
        });
    }

    /** The same, found in random programs. */
    @Test
    void updateDeleteLookup() {
        LincheckSizes.options(HashMapLincheckTest.MapSpec.class).invocationsPerIteration(1_000)
            .check(HashMapLincheckTest.KeysAndValues.class);
    }

    /** A delete between the publication and the second look of an init: others used the block that was refused. */
    @Test
    void anInitThatIsRefusedLeavesNothingThatOthersCouldUse() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            final int[] notes = {UNSET, UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, EngineRig.init(element, map)),
                () -> {
                    note(notes, 1, rig.setCallback(element));
                    map.delete(1);
                });
            assertTrue(noted(notes, 1) != Status.OK || noted(notes, 0) == Status.OK, "set on a timer never initialised");
        });
    }

    /** An update between the publication and the second look of an init: the block that others bound is replaced. */
    @Test
    void aCallbackThatWasSetAfterAnUpdateStays() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            final int[] notes = {UNSET, UNSET};
            LincheckSizes.parallel(
                () -> EngineRig.init(element, map),
                () -> {
                    map.update(1, 2);
                    note(notes, 0, rig.setCallback(element));
                    note(notes, 1, startAt1(element));
                });
            assertTrue(noted(notes, 0) != Status.OK || noted(notes, 1) == Status.OK, "bound, and then without a callback");
        });
    }

    /** A cancel that is about to drop the callback: a start that was accepted since is passed over by the base. */
    @Test
    void aStartThatIsDueIsNotPassedOver() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            EngineRig.init(element, map);
            final int[] notes = {UNSET, UNSET, UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, element.timer().cancel()),
                () -> {
                    rig.setCallback(element);
                    note(notes, 1, startAt1(element));
                    rig.cycleAt(1);
                    note(notes, 2, element.timer().cancelAsync());
                });
            assertTrue(noted(notes, 1) != Status.OK || noted(notes, 2) != Status.CANCELLED,
                "due, not fired by the base, and still armed");
        });
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
            startAt1(element);
            LincheckSizes.parallel(
                () -> map.delete(1),
                () -> {
                    final Status status = element.timer().cancelAsync();
                    rig.cycleAt(1);
                    assertTrue(status != Status.ENOENT || rig.fired() == 0, "gone, and then it fired");
                });
        });
    }
}
