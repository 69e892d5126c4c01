// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu.broken;

import io.latchwork.rcu.AsymmetricStress;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The claims of {@link AsymmetricStress} over a small model with one bug. It was seen failing on x86-64. */
public class AsymmetricTwins {

    /** The updater fences for itself, and nobody for the reader. */
    @JCStressTest
    @JCStressMeta(AsymmetricStress.SectionOrUnlink.class)
    @State
    public static class NoBarrier {
        private final AtomicInteger nest = new AtomicInteger();
        private final long[] padding = new long[16];
        private final AtomicInteger unlinked = new AtomicInteger();

        /** Opens a section and looks. */
        @Actor
        public void reader(final II_Result r) {
            AsymmetricStress.Misses.miss();
            nest.setOpaque(1);
            r.r1 = unlinked.get();
        }

        /** Unlinks and scans. */
        @Actor
        public void updater(final II_Result r) {
            unlinked.setOpaque(padding.length >>> 4);
            VarHandle.fullFence();
            r.r2 = nest.getAcquire();
        }
    }
}
