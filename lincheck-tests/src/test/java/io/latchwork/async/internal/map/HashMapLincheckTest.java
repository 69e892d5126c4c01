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
import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@link HashMapImpl} as a plain map of a few keys in few buckets, while elements are recycled. */
public class HashMapLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int UNSET = -1;

    @BeforeAll
    static void linkOnce() {
        final EngineRig rig = new EngineRig();
        final HashMapImpl<Integer, Integer> map = rig.newMap();
        rig.elementOf(map);
        rig.assertBalanced(map);
    }

    @Test
    void insertDeleteLookup() {
        LincheckSizes.lockFree(Keys::new, MapSpec.class);
    }

    @Test
    void updateLookup() {
        LincheckSizes.lockFree(Values::new, MapSpec.class);
    }

    @Test
    void updateDeleteLookup() {
        LincheckSizes.lockFree(KeysAndValues::new, MapSpec.class);
    }

    /** An update that is stalled before it stores its value, and then finds the element deleted, is not done once more. */
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
                    final Integer value = valueOf(map, 1);
                    assertEquals(Status.OK, map.delete(1));
                    CELL.setVolatile(seen, 0, (int) value);
                });
            final Integer last = valueOf(map, 1);
            assertTrue((int) CELL.getVolatile(seen, 0) == 1 || last == null, "seen, deleted, and there again");
        });
    }

    /** An init that comes between what an update decides and what it stores is not left with the old value. */
    @Test
    void anInitBesideAnUpdateHasTheValueThatIsLeft() {
        LincheckSizes.holdsInMany(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newMap();
            map.update(1, 1);
            final MapElement<Integer, Integer> element = map.lookup(1);
            final Element<Integer, Integer> found = map.find(1);
            LincheckSizes.parallel(
                () -> {
                    found.tryReplace(2);
                    map.cancelAndFree(found, null);
                },
                () -> EngineRig.init(element, map));
            final int[] fired = {UNSET};
            if (element.timer().setCallback(rig.prog(), (inMap, key, value) -> fired[0] = value) == Status.OK) {
                element.timer().start(5, 0);
                rig.settleAt(20);
                assertEquals(2, fired[0]);
            }
        });
    }

    /** Who unlinks an element does not take the mark off the one before it. */
    @Test
    void neighboursThatAreDeletedTogetherAreBothUnlinked() {
        LincheckSizes.holds(() -> {
            final EngineRig rig = new EngineRig();
            final HashMapImpl<Integer, Integer> map = rig.newPlainMap();
            final int first = 1;
            int second = first + 1;
            while (chain(map, second) != chain(map, first)) {
                second++;
            }
            final int neighbour = second;
            map.update(first, 1);
            map.update(neighbour, 1);
            final Element<Integer, Integer> behind = map.find(first);
            final Element<Integer, Integer> before = map.find(neighbour);
            assertTrue(map.table.kill(behind) && map.table.kill(before));
            LincheckSizes.parallel(
                () -> Bucket.remove(map.table.buckets(), behind),
                () -> Bucket.remove(map.table.buckets(), before));
            assertNull(map.table.buckets().first(chain(map, first)));
        });
    }

    private static int chain(final HashMapImpl<?, ?> map, final int key) {
        return ElementTable.hash(key) & map.table.buckets().buckets() - 1;
    }

    @Test
    void mutantThatInsertsWithoutLookingAtTheHeadIsCaught() {
        LincheckSizes.scenarioCaught(() -> twoInserts(new InsertWithoutLook()), "inserted twice");
    }

    @Test
    void theChainItselfHolds() {
        LincheckSizes.holds(() -> twoInserts(new Chain()));
    }

    private static void twoInserts(final Chain chain) {
        LincheckSizes.parallel(
            () -> chain.insert(1),
            () -> chain.insert(1));
        assertEquals(Status.OK, chain.deleted(1, true));
        assertNull(chain.found(1), "inserted twice");
    }

    @Test
    void mutantThatDeletesWithoutAWinnerIsCaught() {
        LincheckSizes.modelCaught(DeleteWithoutWinner.class, MapSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    static Integer valueOf(final MapCore<Integer, Integer> map, final int key) {
        final MapElement<Integer, Integer> element = map.lookup(key);
        return element == null ? null : element.value();
    }

    /** Every key has one value, so that what counts is who is there. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    public static class Keys {
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> map = LincheckSizes.unobserved(rig::newPlainMap);

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
            return valueOf(map, key);
        }

        @Operation(blocking = true)
        public void reclaim() {
            rig.rcu().reclaim();
        }
    }

    /** Values are replaced; nothing is deleted. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    @Param(name = "value", gen = IntGen.class, conf = "1:5")
    public static class Values {
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> map = LincheckSizes.unobserved(rig::newPlainMap);

        @Operation
        public Status update(@Param(name = "key") final int key, @Param(name = "value") final int value) {
            return map.update(key, value);
        }

        @Operation
        public Integer lookup(@Param(name = "key") final int key) {
            return valueOf(map, key);
        }

        @Operation(blocking = true)
        public void reclaim() {
            rig.rcu().reclaim();
        }
    }

    /** Values are replaced and deleted. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    @Param(name = "value", gen = IntGen.class, conf = "1:5")
    public static class KeysAndValues {
        private final EngineRig rig = LincheckSizes.unobserved(EngineRig::new);
        private final HashMapImpl<Integer, Integer> map = LincheckSizes.unobserved(rig::newPlainMap);

        @Operation
        public Status update(@Param(name = "key") final int key, @Param(name = "value") final int value) {
            return map.update(key, value);
        }

        @Operation
        public Status delete(@Param(name = "key") final int key) {
            return map.delete(key);
        }

        @Operation
        public Integer lookup(@Param(name = "key") final int key) {
            return valueOf(map, key);
        }
    }

    // -------------------------------------------------------------------------------------------------- mutants

    /** A chain with dead nodes left in it. */
    static class Chain {
        private static final VarHandle HEAD;
        private static final VarHandle LIVE;
        private Node head;

        static {
            try {
                final MethodHandles.Lookup lookup = MethodHandles.lookup();
                HEAD = lookup.findVarHandle(Chain.class, "head", Node.class);
                LIVE = lookup.findVarHandle(Node.class, "live", int.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private static final class Node {
            private final int key;
            private Node next;
            private int live = 1;

            Node(final int key) {
                this.key = key;
            }
        }

        private Node find(final Node first, final int key) {
            for (Node at = first; at != null; at = at.next) {
                if (at.key == key && (int) LIVE.getVolatile(at) == 1) {
                    return at;
                }
            }
            return null;
        }

        Status insert(final int key) {
            return inserted(key, true);
        }

        final Integer found(final int key) {
            return find((Node) HEAD.getVolatile(this), key) == null ? null : key;
        }

        final Status inserted(final int key, final boolean looksAtTheHead) {
            final Node fresh = new Node(key);
            Node first = (Node) HEAD.getVolatile(this);
            if (find(first, key) != null) {
                return Status.OK;
            }
            for (;;) {
                fresh.next = first;
                if (HEAD.compareAndSet(this, first, fresh)) {
                    return Status.OK;
                }
                first = (Node) HEAD.getVolatile(this);
                if (looksAtTheHead && find(first, key) != null) {
                    return Status.OK;
                }
            }
        }

        final Status deleted(final int key, final boolean hasWinner) {
            final Node node = find((Node) HEAD.getVolatile(this), key);
            if (node == null) {
                return Status.ENOENT;
            }
            if (hasWinner) {
                return LIVE.compareAndSet(node, 1, 0) ? Status.OK : Status.ENOENT;
            }
            LIVE.setVolatile(node, 0);
            return Status.OK;
        }
    }

    /** Mutant: when its first attempt fails, it inserts without another search. */
    private static final class InsertWithoutLook extends Chain {
        @Override
        Status insert(final int key) {
            return inserted(key, false);
        }
    }

    /** Mutant: two deleters of one element are both told that they deleted it. */
    @Param(name = "key", gen = IntGen.class, conf = "1:2")
    public static class DeleteWithoutWinner extends Chain {
        @Override
        @Operation
        public Status insert(@Param(name = "key") final int key) {
            return inserted(key, true);
        }

        @Operation
        public Status delete(@Param(name = "key") final int key) {
            return deleted(key, false);
        }
    }

    /** The plain map. */
    public static class MapSpec {
        private final Map<Integer, Integer> map = new HashMap<>();

        public Status insert(final int key) {
            return update(key, key);
        }

        public Status update(final int key, final int value) {
            map.put(key, value);
            return Status.OK;
        }

        public Status delete(final int key) {
            return map.remove(key) == null ? Status.ENOENT : Status.OK;
        }

        public Integer lookup(final int key) {
            return map.get(key);
        }

        public void reclaim() {
        }
    }
}
