// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork.broken;

import io.latchwork.irqwork.IrqWorkStress;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** The claims of {@link IrqWorkStress} over flags with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class IrqWorkTwins {
    private static final int PENDING = 1;
    private static final int BUSY = 2;

    /** PENDING is cleared by a release store, which the loads of the run may pass. */
    @JCStressTest
    @JCStressMeta(IrqWorkStress.RefusedClaimIsServed.class)
    @State
    public static class ClearByRelease {
        private final AtomicInteger flags = new AtomicInteger(PENDING);
        private int data;

        /** Stores, then claims. */
        @Actor
        public void caller(ZI_Result r) {
            data = 1;
            r.r1 = (flags.getAndUpdate(f -> f | PENDING) & PENDING) == 0;
        }

        /** Begins a run and looks. */
        @Actor
        public void owner(ZI_Result r) {
            flags.setRelease(BUSY);
            r.r2 = data;
        }
    }

    /** The claim is a load and a store in place of one read-modify-write. */
    @JCStressTest
    @JCStressMeta(IrqWorkStress.ClaimIsExclusive.class)
    @State
    public static class ClaimInTwoSteps {
        private final AtomicInteger flags = new AtomicInteger();
        private final AtomicInteger pushed = new AtomicInteger();

        private boolean queue() {
            int seen = flags.getAcquire();
            flags.setRelease(seen | PENDING);
            if ((seen & PENDING) == 0) {
                pushed.incrementAndGet();
                return true;
            }
            return false;
        }

        /** Queues. */
        @Actor
        public void one(ZZI_Result r) {
            r.r1 = queue();
        }

        /** Queues. */
        @Actor
        public void two(ZZI_Result r) {
            r.r2 = queue();
        }

        /** How often it is on the list. */
        @Arbiter
        public void owner(ZZI_Result r) {
            r.r3 = pushed.get();
        }
    }

    /** The item is declared idle before its run has stored: IW3 comes too early. */
    @JCStressTest
    @JCStressMeta(IrqWorkStress.IdleMeansDone.class)
    @State
    public static class FinishedEarly {
        private final AtomicInteger flags = new AtomicInteger(PENDING);
        private volatile int runs;

        /** Looks as sync does. */
        @Actor
        public void waiter(ZI_Result r) {
            r.r1 = flags.getAcquire() == 0;
            r.r2 = runs;
        }

        /** Finishes, then stores. */
        @Actor
        public void owner() {
            flags.set(BUSY);
            flags.set(0);
            runs = 1;
        }
    }
}
