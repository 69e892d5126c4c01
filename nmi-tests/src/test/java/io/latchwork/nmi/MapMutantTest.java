// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Bugs that are put into the maps are caught by a pair of calls that passes without them. */
class MapMutantTest {

    private static final Options OPTIONS = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(1);
    private static final String MAP = "io.latchwork.async.internal.map.";

    @Test
    void mutantsAreCaught() {
        // the evicted element's timer is left alone
        caught(MapPairs.Kind.LRU_OF_ONE, MapPairs.Call.INIT, MapPairs.Call.INSERT,
            Mutation.dropCall(MAP + "LruHashMapImpl", "tryEvict", MAP + "LruHashMapImpl", "cancelAndFree", 0));
        // the evicted element is deleted, too
        caught(MapPairs.Kind.LRU_OF_ONE, MapPairs.Call.INSERT, MapPairs.Call.DELETE,
            Mutation.splitAtomic(MAP + "Element", "tryKill", "LIFE", "compareAndSet", 0));
        // a place of an outer map that is read and then written
        caught(MapPairs.Kind.ARRAY_OF_MAPS, MapPairs.Call.UPDATE, MapPairs.Call.DELETE,
            Mutation.splitAtomic(MAP + "ArrayOfMapsImpl", "exchange", "PLACE", "getAndSet", 0));
        // the same in the value of an element
        caught(MapPairs.Kind.HASH_OF_MAPS, MapPairs.Call.UPDATE, MapPairs.Call.DELETE,
            Mutation.splitAtomic(MAP + "Element", "exchange", "VALUE", "getAndSet", 0));
        // nobody looks a second time
        caught(MapPairs.Kind.ARRAY_OF_MAPS, MapPairs.Call.UPDATE, MapPairs.Call.RELEASE,
            Mutation.answerCall(MAP + "ArrayOfMapsImpl", "put", MAP + "ArrayOfMapsImpl", "hasUsers", 0, 1));
        caught(MapPairs.Kind.HASH_OF_MAPS, MapPairs.Call.INSERT, MapPairs.Call.RELEASE,
            Mutation.answerCall(MAP + "HashOfMapsImpl", "put(ILjava/lang/Object;Lio/latchwork/async/internal/map/MapCore;)"
                + "Lio/latchwork/async/Status;", MAP + "HashOfMapsImpl", "hasUsers", 1, 1));
        // the first of a chain is replaced by one that was put in at the same time
        caught(MapPairs.Kind.GROWING, MapPairs.Call.INSERT_ANOTHER, MapPairs.Call.INSERT_ANOTHER,
            Mutation.splitAtomic(MAP + "BucketTable", "casFirst", "FIRST", "compareAndSet", 0));
    }

    private static void caught(final MapPairs.Kind kind, final MapPairs.Call interrupted, final MapPairs.Call nested,
                               final Mutation mutation) {
        assertNull(Engine.problem(
            NmiExplorer.explore(MapMatrix.pairs().pair(kind, interrupted, List.of(nested), false), OPTIONS)));
        final String problem = Engine.problem(
            NmiExplorer.explore(MapMatrix.pairs(mutation).pair(kind, interrupted, List.of(nested), false), OPTIONS));
        System.out.println(mutation + "\n  caught by " + nested + " in " + interrupted + ": "
            + (problem == null ? "NOT CAUGHT" : problem.substring(0, Math.min(200, problem.length()))));
        assertTrue(problem != null, () -> mutation + " by " + nested + " in " + interrupted);
    }
}
