// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Elements and the timers in them, when what makes them meets what ends them. At the end every pool is full. */
public class ElementLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNSET = -1;

    @BeforeAll
    static void linkOnce() {
        final EngineRig rig = new EngineRig();
        final HashMapImpl<Integer, Integer> map = rig.newMap();
        final MapElement<Integer, Integer> element = rig.elementOf(map);
        arm(rig, map, element);
        rig.settleAt(9);
        assertEquals(1, rig.fired());
        rig.assertBalanced(map);
    }

    private static void arm(final EngineRig rig, final HashMapImpl<Integer, Integer> map,
            final MapElement<Integer, Integer> element) {
        EngineRig.init(element, map);
        rig.setCallback(element);
        element.timer().start(5, 0);
    }

    private static void note(final int[] cells, final int at, final Status status) {
        CELL.setVolatile(cells, at, status.ordinal());
    }

    private static Status noted(final int[] cells, final int at) {
        return Status.values()[(int) CELL.getVolatile(cells, at)];
    }

    @Test
    void initAgainstTheLastRelease() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            LincheckSizes.parallel(
                () -> arm(rig, map, element),
                map::close);
            rig.settleAt(20);
            assertEquals(0, rig.fired(), "fired after the map was closed");
            rig.assertBalanced(map);
        });
    }

    @Test
    void updateAgainstInit() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            LincheckSizes.parallel(
                () -> arm(rig, map, element),
                () -> assertEquals(Status.OK, map.update(1, 2)));
            rig.settleAt(20);
            assertTrue(rig.fired() <= 1, "fired too often");
            assertEquals(2, map.lookup(1).value());
            rig.assertBalanced(map);
        });
    }

    @Test
    void initAgainstInit() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            final int[] notes = {UNSET, UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, EngineRig.init(element, map)),
                () -> note(notes, 1, EngineRig.init(element, map)));
            assertTrue(noted(notes, 0) == Status.OK ^ noted(notes, 1) == Status.OK, "initialised twice, or not at all");
            rig.assertBalanced(map);
        });
    }

    @Test
    void deleteAgainstDelete() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            arm(rig, map, element);
            final int[] notes = {UNSET, UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, map.delete(1)),
                () -> note(notes, 1, map.delete(1)),
                rig::cycle);
            rig.settleAt(20);
            assertTrue(noted(notes, 0) == Status.OK ^ noted(notes, 1) == Status.OK, "deleted twice, or not at all");
            assertEquals(0, rig.fired(), "fired after delete");
            rig.assertBalanced(map);
        });
    }

    @Test
    void nothingFiresAfterDelete() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            arm(rig, map, element);
            LincheckSizes.parallel(
                () -> {
                    assertEquals(Status.OK, map.delete(1));
                    assertEquals(Status.ENOENT, element.timer().cancelAsync());
                },
                () -> rig.cycleAt(4),
                () -> rig.time(5));
            final int before = rig.fired();
            rig.settleAt(20);
            assertEquals(before, rig.fired(), "fired after delete");
            assertTrue(rig.fired() <= 1, "fired too often");
            assertEquals(Status.ENOENT, element.timer().start(1, 0));
            rig.assertBalanced(map);
        });
    }

    /** A delete between an init's publication and its second look: nobody used the block that is refused. */
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
            rig.assertBalanced(map);
        });
    }

    /** An update between an init's publication and its second look: who binds the block finds it bound afterwards. */
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
                    note(notes, 1, element.timer().start(5, 0));
                });
            assertTrue(noted(notes, 0) != Status.OK || noted(notes, 1) == Status.OK, "bound, and then without a callback");
            rig.assertBalanced(map);
        });
    }

    @Test
    void startAgainstDelete() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            EngineRig.init(element, map);
            rig.setCallback(element);
            final int[] notes = {UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, element.timer().start(5, 0)),
                () -> map.delete(1));
            assertTrue(noted(notes, 0) == Status.OK || noted(notes, 0) == Status.ENOENT, noted(notes, 0) + " answered");
            rig.settleAt(9);
            assertEquals(0, rig.fired(), "fired after delete");
            rig.assertBalanced(map);
        });
    }

    /** The answer of a cancel says whether the callback ran. */
    @Test
    void cancelAgainstExpiry() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            final MapElement<Integer, Integer> element = rig.elementOf(map);
            arm(rig, map, element);
            final int[] notes = {UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, element.timer().cancel()),
                () -> rig.cycleAt(5));
            rig.settleAt(9);
            assertEquals(noted(notes, 0) == Status.CANCELLED ? 0 : 1, rig.fired(), noted(notes, 0) + " answered");
            rig.assertBalanced(map);
        });
    }

    @Test
    void insertAgainstInsert() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newPlainMap();
            LincheckSizes.parallel(
                () -> assertEquals(Status.OK, map.update(1, 1)),
                () -> assertEquals(Status.OK, map.update(1, 2)));
            assertEquals(1, map.size(), "counted twice");
            assertEquals(Status.OK, map.delete(1));
            assertNull(map.lookup(1), "inserted twice");
            rig.assertBalanced(map);
        });
    }

    @Test
    void insertAgainstTheLastRelease() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newPlainMap();
            LincheckSizes.parallel(
                () -> map.update(1, 1),
                map::close);
            assertNull(map.lookup(1), "an element outlived the map");
            assertEquals(Status.EPERM, map.update(2, 2));
            rig.assertBalanced(map);
        });
    }

    @Test
    void mutantThatDoesNotLookAgainAfterInitIsCaught() {
        LincheckSizes.scenarioCaught(() -> initModel(false), "a block is left");
    }

    @Test
    void theInitModelItselfHolds() {
        LincheckSizes.holds(() -> initModel(true));
    }

    /** User references at 0, the timer slot at 1: init publishes and looks; release counts down and empties. */
    private static void initModel(final boolean looksAgain) {
        final int[] cells = {1, 0};
        LincheckSizes.parallel(
            () -> {
                if ((int) CELL.getVolatile(cells, 0) != 0 && CELL.compareAndSet(cells, 1, 0, 1)
                    && looksAgain && (int) CELL.getVolatile(cells, 0) == 0) {
                    CELL.compareAndSet(cells, 1, 1, 0);
                }
            },
            () -> {
                CELL.getAndAdd(cells, 0, -1);
                CELL.getAndSet(cells, 1, 0);
            });
        assertEquals(0, (int) CELL.getVolatile(cells, 1), "a block is left");
    }
}
