// SPDX-License-Identifier: Apache-2.0
package io.latchwork;

import io.latchwork.async.internal.RefCountLincheckTest;
import io.latchwork.async.internal.TaggedPoolLincheckTest;
import io.latchwork.async.internal.map.HashMapLincheckTest;
import io.latchwork.async.internal.map.KindsModelLincheckTest;
import io.latchwork.async.internal.map.TimerLifeLincheckTest;
import io.latchwork.async.internal.map.WorkLifeLincheckTest;
import io.latchwork.irqwork.LlistLincheckTest;
import io.latchwork.rcu.RcuLincheckTest;
import io.latchwork.seqlatch.LatchCellLincheckTest;
import io.latchwork.seqlatch.SeqcountLatchLincheckTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The models of the other classes in stress mode: the same random programs and specifications, run by threads that nobody
 * holds back. What the
 * model checker can not see, the order in which stores reach memory, is here; which orders come up is a matter of chance. In
 * the build
 * only the processor reorders, since the second compiler is off; the other half is the part of {@code jcstress-tests}.
 */
class StressLincheckTest {

    @Test
    void seqcountLatch() {
        LincheckSizes.stressed(SeqcountLatchLincheckTest.Pair.class, SeqcountLatchLincheckTest.PairSpec.class);
    }

    @Test
    void latchCell() {
        LincheckSizes.stressed(LatchCellLincheckTest.Cell.class, LatchCellLincheckTest.CellSpec.class);
    }

    @Test
    void llist() {
        LincheckSizes.stressed(LlistLincheckTest.Open.class, LlistLincheckTest.ListSpec.class);
        LincheckSizes.stressed(LlistLincheckTest.Closable.class, LlistLincheckTest.ListSpec.class);
    }

    @Test
    void rcu() {
        LincheckSizes.stressed(RcuLincheckTest.Owned.class, RcuLincheckTest.RegisterSpec.class);
        LincheckSizes.stressed(RcuLincheckTest.Leased.class, RcuLincheckTest.RegisterSpec.class);
        LincheckSizes.stressed(RcuLincheckTest.Counted.class, RcuLincheckTest.RegisterSpec.class);
    }

    @Test
    void refCount() {
        LincheckSizes.stressed(RefCountLincheckTest.Count.class, RefCountLincheckTest.CountSpec.class);
    }

    @Test
    void pool() {
        LincheckSizes.stressed(TaggedPoolLincheckTest.Pool.class, TaggedPoolLincheckTest.PoolSpec.class);
        LincheckSizes.stressed(TaggedPoolLincheckTest.Counter.class, TaggedPoolLincheckTest.CounterSpec.class);
    }

    @Test
    void hashMap() {
        LincheckSizes.stressed(HashMapLincheckTest.Keys.class, HashMapLincheckTest.MapSpec.class);
        LincheckSizes.stressed(HashMapLincheckTest.KeysAndValues.class, HashMapLincheckTest.MapSpec.class);
    }

    @Test
    void otherKindsOfMaps() {
        LincheckSizes.stressed(KindsModelLincheckTest.Growing.class, HashMapLincheckTest.MapSpec.class);
        LincheckSizes.stressed(KindsModelLincheckTest.Lru.class, HashMapLincheckTest.MapSpec.class);
        LincheckSizes.stressed(KindsModelLincheckTest.Array.class, KindsModelLincheckTest.ArraySpec.class);
        LincheckSizes.stressed(KindsModelLincheckTest.ArrayOfMaps.class, KindsModelLincheckTest.OuterSpec.class);
        LincheckSizes.stressed(KindsModelLincheckTest.HashOfMaps.class, KindsModelLincheckTest.OuterSpec.class);
    }

    @Test
    void timerLife() {
        LincheckSizes.stressed(TimerLifeLincheckTest.Life.class, TimerLifeLincheckTest.LifeSpec.class);
        LincheckSizes.stressed(TimerLifeLincheckTest.LifeAndDeath.class, TimerLifeLincheckTest.BoundSpec.class);
    }

    @Test
    void workLife() {
        LincheckSizes.stressed(WorkLifeLincheckTest.Life.class, WorkLifeLincheckTest.LifeSpec.class);
        LincheckSizes.stressed(WorkLifeLincheckTest.LifeAndDeath.class, WorkLifeLincheckTest.BoundSpec.class);
    }

    @Test
    @EnabledIfSystemProperty(named = "lincheck.long", matches = "true", disabledReason = "a matter of chance, and of minutes")
    void mutantsAreCaughtThisWayToo() {
        LincheckSizes.stressCaught(RefCountLincheckTest.CheckThenIncrement.class, RefCountLincheckTest.CountSpec.class);
        LincheckSizes.stressCaught(LlistLincheckTest.GetThenClear.class, LlistLincheckTest.ListSpec.class);
        LincheckSizes.stressCaught(LatchCellLincheckTest.CellWithStore.class, LatchCellLincheckTest.CellSpec.class);
    }
}
