// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime.broken;

import io.latchwork.async.Status;
import io.latchwork.async.internal.runtime.RuntimeStress;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The claims of {@link RuntimeStress} over small models with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RuntimeTwins {

    /** The task is queued by a release store, and no fence keeps the look at who is asleep behind it. */
    @JCStressTest
    @JCStressMeta(RuntimeStress.ParkOrSubmit.class)
    @State
    public static class NoFence {
        private final AtomicInteger ring = new AtomicInteger();
        private final AtomicInteger asleep = new AtomicInteger();

        /** Is about to park. */
        @Actor
        public void worker(ZZ_Result r) {
            asleep.getAndUpdate(bits -> bits | 1);
            r.r1 = ring.getAcquire() == 0;
        }

        /** Queues. */
        @Actor
        public void queuer(ZZ_Result r) {
            ring.setRelease(1);
            r.r2 = asleep.getOpaque() != 0;
        }
    }

    /** The run is counted as over before it is. */
    @JCStressTest
    @JCStressMeta(RuntimeStress.ElsewhereIsAwaited.class)
    @State
    public static class CountedOutEarly {
        private final AtomicInteger elsewhere = new AtomicInteger();
        private volatile boolean begun;
        private volatile int data;

        /** Runs. */
        @Actor
        public void executor() {
            elsewhere.incrementAndGet();
            begun = true;
            elsewhere.decrementAndGet();
            data = 1;
        }

        /** Waits, then looks. */
        @Actor
        public void closer(ZI_Result r) {
            r.r1 = begun;
            while (elsewhere.get() != 0) {
                Thread.onSpinWait();
            }
            r.r2 = data;
        }
    }

    /** The name is given by a release store, which the look at the mark may pass. */
    @JCStressTest
    @JCStressMeta(RuntimeStress.PinOrClose.class)
    @State
    public static class NamedByRelease {
        private final AtomicInteger names = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        /** Pins. */
        @Actor
        public void pinner(LZ_Result r) {
            names.setRelease(1);
            if (closed.get() == 0) {
                r.r1 = Status.OK;
            } else {
                names.set(0);
                r.r1 = Status.EPERM;
            }
        }

        /** Marks, then drops. */
        @Actor
        public void closer() {
            closed.set(1);
            if (names.get() == 1) {
                names.set(0);
            }
        }

        /** Counts. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = names.get() == 0;
        }
    }
}
