// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.broken;

import io.latchwork.async.internal.RefCountStress;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** The claims of {@link RefCountStress} over a count with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RefCountTwins {

    /** The get looks for zero, then adds. */
    @JCStressTest
    @JCStressMeta(RefCountStress.ZeroIsFinal.class)
    @State
    public static class CheckThenAdd {
        private final AtomicInteger refs = new AtomicInteger(1);

        /** Puts. */
        @Actor
        public void putter(ZZI_Result r) {
            r.r1 = refs.getAndDecrement() == 1;
        }

        /** Gets. */
        @Actor
        public void getter(ZZI_Result r) {
            if (refs.getOpaque() > 0) {
                refs.getAndIncrement();
                r.r2 = true;
            }
        }

        /** Counts. */
        @Arbiter
        public void rest(ZZI_Result r) {
            r.r3 = refs.get();
        }
    }

    /** The put is a load and a store in place of one read-modify-write. */
    @JCStressTest
    @JCStressMeta(RefCountStress.LastPutSeesAll.class)
    @State
    public static class PutInTwoSteps {
        private final AtomicInteger refs = new AtomicInteger(2);
        private int one;
        private int two;

        private boolean put() {
            int before = refs.getAcquire();
            refs.setRelease(before - 1);
            return before == 1;
        }

        /** Stores, puts, and looks if it was the last. */
        @Actor
        public void one(II_Result r) {
            one = 1;
            r.r1 = put() ? two : -1;
        }

        /** Stores, puts, and looks if it was the last. */
        @Actor
        public void two(II_Result r) {
            two = 1;
            r.r2 = put() ? one : -1;
        }
    }

    /** The put is a release store, which the look may pass. */
    @JCStressTest
    @JCStressMeta(RefCountStress.LeaverOrPublisher.class)
    @State
    public static class LeftByRelease {
        private final AtomicInteger users = new AtomicInteger(1);
        private volatile int published;

        /** Leaves, then looks. */
        @Actor
        public void leaver(II_Result r) {
            users.setRelease(0);
            r.r1 = published;
        }

        /** Publishes, then asks. */
        @Actor
        public void publisher(II_Result r) {
            published = 1;
            r.r2 = users.get();
        }
    }
}
