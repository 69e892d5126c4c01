// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import io.latchwork.async.BpfMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Maps that evict, grow or hold other maps, and arrays: what makes an end meets what it ends. */
public class KindsLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNSET = -1;

    @BeforeAll
    static void linkOnce() {
        final EngineRig rig = new EngineRig();
        final LruHashMapImpl<Integer, Integer> map = newLru(rig, 1);
        map.update(1, 1);
        arm(rig, map, map.lookup(1));
        map.update(2, 2);
        rig.assertBalanced(map);
    }

    private static LruHashMapImpl<Integer, Integer> newLru(final EngineRig rig, final int maxEntries) {
        return new LruHashMapImpl<>(rig.context(), "lru", maxEntries);
    }

    private static HashMapImpl<Integer, Integer> newInner(final EngineRig rig) {
        return new HashMapImpl<>(rig.context(), "inner", 1, 0);
    }

    private static void arm(final EngineRig rig, final BpfMap<Integer, Integer> map, final MapElement<Integer, Integer> element) {
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

    /** A map is held by its handle and by nobody else; it has no user reference afterwards. */
    private static void assertHeldByItsHandleOnly(final UserRefs map) {
        assertEquals(Status.OK, map.release(), map.name() + " was dropped once too often");
        assertEquals(Status.ENOENT, map.release(), map.name() + " is still held");
    }

    // ------------------------------------------------------------------------------------------------------- LRU

    @Test
    void evictionAgainstArming() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final LruHashMapImpl<Integer, Integer> map = newLru(rig, 1);
            map.update(1, 1);
            final MapElement<Integer, Integer> element = map.lookup(1);
            LincheckSizes.parallel(
                () -> arm(rig, map, element),
                () -> assertEquals(Status.OK, map.update(2, 2)));
            rig.settleAt(20);
            assertEquals(0, rig.fired(), "an evicted timer fired");
            assertNull(map.lookup(1));
            assertEquals(1, map.evictions());
            rig.assertBalanced(map);
        });
    }

    @Test
    void nothingFiresAfterAnEviction() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final LruHashMapImpl<Integer, Integer> map = newLru(rig, 1);
            map.update(1, 1);
            final MapElement<Integer, Integer> element = map.lookup(1);
            arm(rig, map, element);
            final int[] before = {0};
            LincheckSizes.parallel(
                () -> {
                    assertEquals(Status.OK, map.update(2, 2));
                    assertEquals(Status.ENOENT, element.timer().start(0, 0));
                },
                () -> {
                    rig.cycleAt(6);
                    CELL.setVolatile(before, 0, rig.fired());
                });
            rig.settleAt(20);
            assertEquals((int) CELL.getVolatile(before, 0), rig.fired(), "fired after the eviction");
            rig.assertBalanced(map);
        });
    }

    @Test
    void evictionAgainstEviction() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final LruHashMapImpl<Integer, Integer> map = newLru(rig, 2);
            map.update(1, 1);
            map.update(2, 2);
            LincheckSizes.parallel(
                () -> assertEquals(Status.OK, map.update(3, 3)),
                () -> assertEquals(Status.OK, map.update(4, 4)));
            assertEquals(2, map.size());
            assertEquals(2, map.evictions());
            assertEquals(2, map.forEach(map.handle(), element -> { }));
            rig.assertBalanced(map);
        });
    }

    @Test
    void evictionAgainstDeleteAndUpdateOfTheSameElement() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final LruHashMapImpl<Integer, Integer> map = newLru(rig, 3);
            map.update(1, 1);
            map.update(2, 2);
            map.update(3, 3);
            map.find(2).forgetUse();
            LincheckSizes.parallel(
                () -> assertEquals(Status.OK, map.update(4, 4)),
                () -> {
                    map.delete(2);
                    assertEquals(Status.OK, map.update(2, 5));
                });
            assertTrue(map.size() <= 3, "too many");
            assertEquals(map.size(), map.forEach(map.handle(), element -> { }));
            rig.assertBalanced(map);
        });
    }

    // ----------------------------------------------------------------------------------------------------- arrays

    @Test
    void updateAndArmingOfAnArrayAgainstTheLastRelease() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final ArrayMapImpl<Integer> map = new ArrayMapImpl<>(rig.context(), "array", 1);
            final MapElement<Integer, Integer> element = map.lookup((Integer) 0);
            arm(rig, map, element);
            LincheckSizes.parallel(
                () -> {
                    map.update(0, (Integer) 7);
                    arm(rig, map, element);
                },
                map::close);
            rig.settleAt(20);
            assertEquals(0, rig.fired(), "fired after the array was closed");
            assertNull(((ElementHandle<Integer, Integer>) element).element().value(), "a value was left");
            rig.assertBalanced(map);
        });
    }

    @Test
    void aLateValueIsNotLeftInADeadArray() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final ArrayMapImpl<Integer> map = new ArrayMapImpl<>(rig.context(), "array", 1);
            final MapElement<Integer, Integer> element = map.lookup((Integer) 0);
            LincheckSizes.parallel(
                () -> map.update(0, (Integer) 7),
                map::close);
            assertNull(((ElementHandle<Integer, Integer>) element).element().value(), "a value was left");
            rig.assertBalanced(map);
        });
    }

    @Test
    void updateAgainstUpdateOfAnArray() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final ArrayMapImpl<Integer> map = new ArrayMapImpl<>(rig.context(), "array", 1);
            final MapElement<Integer, Integer> element = map.lookup((Integer) 0);
            arm(rig, map, element);
            LincheckSizes.parallel(
                () -> assertEquals(Status.OK, map.update(0, (Integer) 7)),
                () -> assertEquals(Status.OK, map.update(0, (Integer) 8)));
            assertTrue(element.value() == 7 || element.value() == 8);
            rig.settleAt(20);
            assertEquals(0, rig.fired(), "the old value's timer fired");
            rig.assertBalanced(map);
        });
    }

    // ---------------------------------------------------------------------------------------------------- growing

    @Test
    void insertionAgainstInsertionIntoASegmentThatIsNotThere() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = HashMapImpl.growing(rig.context(), "growing", 2);
            LincheckSizes.parallel(
                () -> assertEquals(Status.OK, map.update(1, 1)),
                () -> assertEquals(Status.OK, map.update(2, 2)));
            assertNotNull(map.lookup(1), "lost");
            assertNotNull(map.lookup(2), "lost");
            rig.assertBalanced(map);
        });
    }

    @Test
    void insertionIntoASegmentThatIsNotThereAgainstTheLastRelease() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = HashMapImpl.growing(rig.context(), "growing", 2);
            final int[] notes = {UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, map.update(1, 1)),
                map::close);
            assertTrue(noted(notes, 0) == Status.OK || noted(notes, 0) == Status.EPERM);
            assertNull(map.lookup(1), "left in a dead map");
            rig.assertBalanced(map);
        });
    }

    // ------------------------------------------------------------------------------------------------- outer maps

    @Test
    void updateAgainstUpdateOfAnArrayOfMaps() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final ArrayOfMapsImpl<Integer, Integer> outer = new ArrayOfMapsImpl<>(rig.context(), "outer", 1);
            final HashMapImpl<Integer, Integer> first = newInner(rig);
            final HashMapImpl<Integer, Integer> second = newInner(rig);
            LincheckSizes.parallel(
                () -> assertEquals(Status.OK, outer.update(0, first)),
                () -> assertEquals(Status.OK, outer.update(0, second)));
            assertEquals(1, outer.size());
            assertEquals(Status.OK, outer.delete(0));
            assertHeldByItsHandleOnly(first);
            assertHeldByItsHandleOnly(second);
        });
    }

    @Test
    void updateOfAnArrayOfMapsAgainstItsLastRelease() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final ArrayOfMapsImpl<Integer, Integer> outer = new ArrayOfMapsImpl<>(rig.context(), "outer", 1);
            final HashMapImpl<Integer, Integer> inner = newInner(rig);
            LincheckSizes.parallel(
                () -> outer.update(0, inner),
                outer::close);
            assertTrue(outer.isDrained(), "something is held");
            assertHeldByItsHandleOnly(inner);
        });
    }

    @Test
    void updateAgainstTheLastReleaseOfTheInnerMap() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashOfMapsImpl<Integer, Integer, Integer> outer = new HashOfMapsImpl<>(rig.context(), "outer", 1);
            final HashMapImpl<Integer, Integer> inner = newInner(rig);
            final int[] notes = {UNSET};
            LincheckSizes.parallel(
                () -> note(notes, 0, outer.update(0, inner)),
                inner::close);
            final boolean held = noted(notes, 0) == Status.OK;
            assertEquals(held, inner.hasUsers());
            assertSame(held ? inner : null, outer.lookup(0));
            outer.close();
            assertEquals(Status.ENOENT, inner.release());
        });
    }

    @Test
    void updateAgainstDeleteOfAHashOfMaps() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashOfMapsImpl<Integer, Integer, Integer> outer = new HashOfMapsImpl<>(rig.context(), "outer", 2);
            final HashMapImpl<Integer, Integer> old = newInner(rig);
            final HashMapImpl<Integer, Integer> inner = newInner(rig);
            outer.update(0, old);
            LincheckSizes.parallel(
                () -> assertEquals(Status.OK, outer.update(0, inner)),
                () -> assertEquals(Status.OK, outer.delete(0)));
            assertSame(outer.size() == 1 ? inner : null, outer.lookup(0));
            outer.delete(0);
            assertHeldByItsHandleOnly(old);
            assertHeldByItsHandleOnly(inner);
        });
    }

    @Test
    void insertionAgainstInsertionIntoAHashOfMaps() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashOfMapsImpl<Integer, Integer, Integer> outer = new HashOfMapsImpl<>(rig.context(), "outer", 2);
            final HashMapImpl<Integer, Integer> first = newInner(rig);
            final HashMapImpl<Integer, Integer> second = newInner(rig);
            LincheckSizes.parallel(
                () -> assertEquals(Status.OK, outer.update(0, first)),
                () -> assertEquals(Status.OK, outer.update(0, second)));
            assertEquals(1, outer.size());
            outer.close();
            assertHeldByItsHandleOnly(first);
            assertHeldByItsHandleOnly(second);
        });
    }

    @Test
    void updateOfAHashOfMapsAgainstItsLastRelease() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashOfMapsImpl<Integer, Integer, Integer> outer = new HashOfMapsImpl<>(rig.context(), "outer", 2);
            final HashMapImpl<Integer, Integer> inner = newInner(rig);
            final HashMapImpl<Integer, Integer> other = newInner(rig);
            outer.update(0, other);
            LincheckSizes.parallel(
                () -> {
                    outer.update(0, inner);
                    outer.update(1, inner);
                },
                outer::close);
            assertEquals(0, outer.size());
            assertHeldByItsHandleOnly(inner);
            assertHeldByItsHandleOnly(other);
        });
    }
}
