// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.MapPairs.Call.DELETE;
import static io.latchwork.nmi.MapPairs.Call.INIT;
import static io.latchwork.nmi.MapPairs.Call.INSERT;
import static io.latchwork.nmi.MapPairs.Call.INSERT_ANOTHER;
import static io.latchwork.nmi.MapPairs.Call.RELEASE;
import static io.latchwork.nmi.MapPairs.Call.UPDATE;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.latchwork.nmi.MapPairs.Call;
import io.latchwork.nmi.MapPairs.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single pairs of {@link InterruptionPointsTest}, one a method: the mutants name them. Each takes less than a second. */
class MapSpotTest {

    private static void interrupted(final Kind kind, final Call interrupted, final Call nested) {
        final Scenario<?> made = Library.scenario("MapScenarios.Matrix");
        final Options options = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(1);
        assertNull(Engine.problem(NmiExplorer.explore(
            ((MapPairs) made).pair(kind, interrupted, List.of(nested), false), options)));
    }

    @Test
    void anEvictionInAnInit() {
        interrupted(Kind.LRU_OF_ONE, INIT, INSERT);
    }

    @Test
    void anInitInAnEviction() {
        interrupted(Kind.LRU_OF_ONE, INSERT, INIT);
    }

    @Test
    void aDeleteInAnEviction() {
        interrupted(Kind.LRU_OF_ONE, INSERT, DELETE);
    }

    @Test
    void anEvictionInAnEviction() {
        interrupted(Kind.LRU_OF_ONE, INSERT, INSERT_ANOTHER);
    }

    @Test
    void anInsertionInAnInsertionIntoAFullMap() {
        interrupted(Kind.LRU, INSERT, INSERT);
    }

    @Test
    void aReleaseInAnUpdateOfAnArray() {
        interrupted(Kind.ARRAY, UPDATE, RELEASE);
    }

    @Test
    void aDeleteInAnUpdateOfAnArrayOfMaps() {
        interrupted(Kind.ARRAY_OF_MAPS, UPDATE, DELETE);
    }

    @Test
    void aReleaseInAnUpdateOfAnArrayOfMaps() {
        interrupted(Kind.ARRAY_OF_MAPS, UPDATE, RELEASE);
    }

    @Test
    void aDeleteInAnUpdateOfAHashOfMaps() {
        interrupted(Kind.HASH_OF_MAPS, UPDATE, DELETE);
    }

    @Test
    void aReleaseInAnInsertionIntoAHashOfMaps() {
        interrupted(Kind.HASH_OF_MAPS, INSERT, RELEASE);
    }

    @Test
    void anInsertionInAnInsertionIntoAGrowingMap() {
        interrupted(Kind.GROWING, INSERT_ANOTHER, INSERT_ANOTHER);
    }
}
