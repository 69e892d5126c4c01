// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu.broken;

import io.latchwork.rcu.SectionStress;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The claims of {@link SectionStress} over small models with one bug each. Each was seen failing on x86-64. */
public class SectionTwins {

    /** A word and a link, far enough from each other. */
    public abstract static class Model {
        final AtomicInteger nest = new AtomicInteger();
        private final long[] padding = new long[16];
        final AtomicInteger unlinked = new AtomicInteger(padding[0] == 0 ? 0 : 1);
    }

    /** The reader publishes its section by a release store. */
    @JCStressTest
    @JCStressMeta(SectionStress.FencedSection.class)
    @State
    public static class PublishedByRelease extends Model {
        /** Opens a section and looks. */
        @Actor
        public void reader(final II_Result r) {
            SectionStress.Misses.miss();
            nest.setRelease(1);
            r.r1 = unlinked.get();
        }

        /** Unlinks and scans. */
        @Actor
        public void updater(final II_Result r) {
            unlinked.setOpaque(1);
            VarHandle.fullFence();
            r.r2 = nest.getAcquire();
        }
    }

    /** The updater fences for itself, and nobody for the reader. */
    @JCStressTest
    @JCStressMeta(SectionStress.UnfencedSection.class)
    @State
    public static class NoBarrier extends Model {
        /** Opens a section and looks. */
        @Actor
        public void reader(final II_Result r) {
            SectionStress.Misses.miss();
            nest.setOpaque(1);
            r.r1 = unlinked.get();
        }

        /** Unlinks and scans. */
        @Actor
        public void updater(final II_Result r) {
            unlinked.setOpaque(1);
            VarHandle.fullFence();
            r.r2 = nest.getAcquire();
        }
    }
}
