// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork.broken;

import io.latchwork.irqwork.HybridIdleStress;
import io.latchwork.irqwork.Llist;
import io.latchwork.irqwork.LlistNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The claim of {@link HybridIdleStress} over an idle strategy with one bug. It was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class HybridIdleTwins {
    private static final int RUNNING = 0;
    private static final int PARKED = 1;

    /** PARKED is shown by a release store, which the look at the list may pass: ID1 is too weak. */
    @JCStressTest
    @JCStressMeta(HybridIdleStress.ParkedOrSeen.class)
    @State
    public static class ParkedByRelease {
        private final AtomicInteger state = new AtomicInteger(RUNNING);
        private final Llist list = new Llist();
        private final LlistNode node = new LlistNode();

        /** Shows PARKED, looks, sleeps. */
        @Actor
        public void worker(ZZ_Result r) {
            state.setRelease(PARKED);
            r.r1 = list.isEmpty();
        }

        /** Pushes, then raises. */
        @Actor
        public void caller(ZZ_Result r) {
            list.push(node);
            r.r2 = state.get() == PARKED && state.compareAndSet(PARKED, RUNNING);
        }
    }
}
