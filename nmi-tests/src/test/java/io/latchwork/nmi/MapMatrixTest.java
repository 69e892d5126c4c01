// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call on every kind of map, interrupted by every other at every point. */
class MapMatrixTest {

    private static final String SCENARIOS = "MapScenarios.Matrix";
    private static final String MAP = "io.latchwork.async.internal.map.";
    private static final Options LOOSE = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(2);

    private static MapPairs pairs(final Mutation... mutations) {
        final Scenario<?> made = Library.scenario(SCENARIOS, mutations);
        return (MapPairs) made;
    }

    /** A growing map allocates what it puts in; the others allocate nothing. */
    private static Options options(final MapPairs.Kind kind) {
        return kind == MapPairs.Kind.GROWING ? LOOSE : LOOSE.forbidding(PointKind.ALLOCATION);
    }

    @ParameterizedTest
    @EnumSource(MapPairs.Kind.class)
    void everyCallInEveryCall(final MapPairs.Kind kind) {
        final MapPairs maps = pairs();
        final List<String> problems = new ArrayList<>();
        final long begin = System.nanoTime();
        long points = 0;
        int explorations = 0;
        for (final MapPairs.Call interrupted : MapPairs.Call.values()) {
            for (final MapPairs.Call nested : MapPairs.Call.values()) {
                if (interrupted.isOf(kind) && nested.isOf(kind)) {
                    final Report report = NmiExplorer.explore(maps.pair(kind, interrupted, List.of(nested)), options(kind));
                    final String problem = Engine.problem(report);
                    if (problem != null) {
                        problems.add(nested + " in " + interrupted + ": " + problem);
                    }
                    points += report.points();
                    explorations++;
                }
            }
        }
        System.out.println("MapMatrixTest, " + kind + ": " + explorations + " pairs of calls, " + points + " points, "
            + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
    }

    /** Another thread makes one call, or two, while a call is stopped at any point, and goes on afterwards. */
    @ParameterizedTest
    @EnumSource(MapPairs.Kind.class)
    void everyCallBesideAStoppedCall(final MapPairs.Kind kind) {
        final MapPairs maps = pairs();
        final List<String> problems = new ArrayList<>();
        for (final MapPairs.Call stopped : List.of(MapPairs.Call.INSERT, MapPairs.Call.UPDATE, MapPairs.Call.DELETE)) {
            for (final MapPairs.Call other : MapPairs.Call.values()) {
                if (stopped.isOf(kind) && other.isOf(kind)) {
                    final String problem = Engine.problem(
                        StallExplorer.exploreResumed(maps.pair(kind, stopped, List.of(other)), LOOSE));
                    if (problem != null) {
                        problems.add(other + " beside " + stopped + ": " + problem);
                    }
                }
            }
        }
        assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
    }

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
                + "Lio/latchwork/async/Status;", MAP + "HashOfMapsImpl", "hasUsers", 0, 1));
        // a chain's head is replaced by one that was made at the same time
        caught(MapPairs.Kind.GROWING, MapPairs.Call.INSERT_ANOTHER, MapPairs.Call.INSERT_ANOTHER,
            Mutation.splitAtomic(MAP + "BucketTable", "make", "HEAD", "compareAndExchange", 0));
    }

    private static void caught(final MapPairs.Kind kind, final MapPairs.Call interrupted, final MapPairs.Call nested,
                               final Mutation mutation) {
        assertNull(Engine.problem(NmiExplorer.explore(pairs().pair(kind, interrupted, List.of(nested)), LOOSE)));
        final String problem = Engine.problem(
            NmiExplorer.explore(pairs(mutation).pair(kind, interrupted, List.of(nested)), LOOSE));
        System.out.println(mutation + "\n  caught by " + nested + " in " + interrupted + ": "
            + (problem == null ? "NOT CAUGHT" : problem.substring(0, Math.min(200, problem.length()))));
        assertTrue(problem != null, () -> mutation + " by " + nested + " in " + interrupted);
    }
}
