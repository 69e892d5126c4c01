// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.LincheckSizes;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The kinds of maps beside the preallocated one against plain models. What an LRU map evicts is no business of a caller, so
 * its model
 * has room for all keys; {@link KindsLincheckTest} has the evictions.
 */
public class KindsModelLincheckTest {
    private static final int KEYS = 2;

    @BeforeAll
    static void linkOnce() {
        final EngineRig rig = new EngineRig();
        rig.assertBalanced(HashMapImpl.growing(rig.context(), "growing", KEYS));
    }

    @Test
    void aGrowingMapIsAMap() {
        LincheckSizes.lockFree(Growing::new, HashMapLincheckTest.MapSpec.class);
    }

    @Test
    void anLruMapThatIsNotFullIsAMap() {
        LincheckSizes.lockFree(Lru::new, HashMapLincheckTest.MapSpec.class);
    }

    @Test
    void anArrayIsAnArray() {
        LincheckSizes.lockFree(Array::new, ArraySpec.class);
    }

    @Test
    void anArrayOfMapsIsAnArrayOfReferences() {
        LincheckSizes.lockFree(ArrayOfMaps::new, OuterSpec.class);
    }

    @Test
    void aHashOfMapsIsAMapOfReferences() {
        LincheckSizes.lockFree(HashOfMaps::new, OuterSpec.class);
    }

    /** A map whose segments are made when they are needed. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    public static class Growing {
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> map =
            LincheckSizes.unobserved(() -> HashMapImpl.growing(rig.context(), "growing", 2 * KEYS));

        @Operation
        public Status insert(@Param(name = "key") final int key) {
            return map.update(key, key);
        }

        @Operation
        public Status delete(@Param(name = "key") final int key) {
            return map.delete(key);
        }

        @Operation
        public Integer lookup(@Param(name = "key") final int key) {
            return HashMapLincheckTest.valueOf(map, key);
        }
    }

    /** A map that evicts, with room for what is inserted twice at once. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    public static class Lru {
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final LruHashMapImpl<Integer, Integer> map =
            LincheckSizes.unobserved(() -> new LruHashMapImpl<>(rig.context(), "lru", 2 * KEYS));

        @Operation
        public Status insert(@Param(name = "key") final int key) {
            return map.update(key, key);
        }

        @Operation
        public Status delete(@Param(name = "key") final int key) {
            return map.delete(key);
        }

        @Operation
        public Integer lookup(@Param(name = "key") final int key) {
            return HashMapLincheckTest.valueOf(map, key);
        }
    }

    /** Elements that are always there. */
    @Param(name = "index", gen = IntGen.class, conf = "0:1")
    @Param(name = "value", gen = IntGen.class, conf = "1:5")
    public static class Array {
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final ArrayMapImpl<Integer> map =
            LincheckSizes.unobserved(() -> new ArrayMapImpl<>(rig.context(), "array", KEYS));

        @Operation
        public Status update(@Param(name = "index") final int index, @Param(name = "value") final int value) {
            return map.update(index, (Integer) value);
        }

        @Operation
        public Integer lookup(@Param(name = "index") final int index) {
            return map.lookup((Integer) index).value();
        }
    }

    /** The plain array. */
    public static class ArraySpec {
        private final Integer[] values = new Integer[KEYS];

        public Status update(final int index, final int value) {
            values[index] = value;
            return Status.OK;
        }

        public Integer lookup(final int index) {
            return values[index];
        }
    }

    /** The inner maps of the models of outer ones: 1 and 2. */
    abstract static class Inner {
        final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> one = newInner();
        private final HashMapImpl<Integer, Integer> two = newInner();

        private HashMapImpl<Integer, Integer> newInner() {
            return LincheckSizes.unobserved(() -> new HashMapImpl<>(rig.context(), "inner", 1, 0));
        }

        final HashMapImpl<Integer, Integer> inner(final int which) {
            return which == 1 ? one : two;
        }

        final int which(final Object found) {
            return found == null ? 0 : found == one ? 1 : 2;
        }
    }

    /** Places that hold maps. */
    @Param(name = "place", gen = IntGen.class, conf = "0:1")
    @Param(name = "map", gen = IntGen.class, conf = "1:2")
    public static class ArrayOfMaps extends Inner {
        private final ArrayOfMapsImpl<Integer, Integer> outer =
            LincheckSizes.unobserved(() -> new ArrayOfMapsImpl<>(rig.context(), "outer", KEYS));

        @Operation
        public Status update(@Param(name = "place") final int place, @Param(name = "map") final int map) {
            return outer.update(place, inner(map));
        }

        @Operation
        public Status delete(@Param(name = "place") final int place) {
            return outer.delete(place);
        }

        @Operation
        public int lookup(@Param(name = "place") final int place) {
            return which(outer.lookup(place));
        }
    }

    /** Keys that lead to maps. */
    @Param(name = "place", gen = IntGen.class, conf = "0:1")
    @Param(name = "map", gen = IntGen.class, conf = "1:2")
    public static class HashOfMaps extends Inner {
        private final HashOfMapsImpl<Integer, Integer, Integer> outer =
            LincheckSizes.unobserved(() -> new HashOfMapsImpl<>(rig.context(), "outer", 2 * KEYS));

        @Operation
        public Status update(@Param(name = "place") final int place, @Param(name = "map") final int map) {
            return outer.update(place, inner(map));
        }

        @Operation
        public Status delete(@Param(name = "place") final int place) {
            return outer.delete(place);
        }

        @Operation
        public int lookup(@Param(name = "place") final int place) {
            return which(outer.lookup(place));
        }
    }

    /** The plain references. */
    public static class OuterSpec {
        private final int[] places = new int[KEYS];

        public Status update(final int place, final int map) {
            places[place] = map;
            return Status.OK;
        }

        public Status delete(final int place) {
            final boolean was = places[place] != 0;
            places[place] = 0;
            return was ? Status.OK : Status.ENOENT;
        }

        public int lookup(final int place) {
            return places[place];
        }
    }
}
