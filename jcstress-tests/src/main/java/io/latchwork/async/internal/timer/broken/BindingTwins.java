// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer.broken;

import io.latchwork.async.Status;
import io.latchwork.async.internal.timer.StateWordStress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZI_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Claims of {@link StateWordStress} about what lies beside the state word, with one bug each. Each was seen failing on
 * x86-64.
 */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class BindingTwins {
    private static final int UNBOUND = 0;
    private static final int IDLE = 1;

    /** Neither of the two looks again at what the other wrote: AC9 and AC10 are gone. */
    @JCStressTest
    @JCStressMeta(StateWordStress.BindOrCancel.class)
    @State
    public static class NobodyLooksAgain {
        private final AtomicInteger state = new AtomicInteger(IDLE);
        private final AtomicInteger cell = new AtomicInteger(1);

        /** Sets a callback. */
        @Actor
        public void binder() {
            cell.set(1);
            state.set(IDLE);
        }

        /** Drops it. */
        @Actor
        public void canceller() {
            state.set(UNBOUND);
            cell.set(0);
        }

        /** Starts. */
        @Arbiter
        public void rest(LZI_Result r) {
            r.r1 = state.get() == IDLE ? Status.OK : Status.EINVAL;
            r.r2 = cell.get() == 1;
            r.r3 = state.get() == IDLE && cell.get() == 1 ? 1 : 0;
        }
    }

    /** The announcement is a release store, which the look at the other's may pass: AC15 is too weak. */
    @JCStressTest
    @JCStressMeta(StateWordStress.WaitOrWait.class)
    @State
    public static class AnnouncedByRelease {
        private final AtomicReference<String> ofOne = new AtomicReference<>();
        private final AtomicReference<String> ofTwo = new AtomicReference<>();

        /** Asks. */
        @Actor
        public void one(ZZ_Result r) {
            ofOne.setRelease("two");
            r.r1 = ofTwo.get() == null;
        }

        /** Asks. */
        @Actor
        public void two(ZZ_Result r) {
            ofTwo.setRelease("one");
            r.r2 = ofOne.get() == null;
        }
    }

    /** The deadline is published before the work that led to it: AC13 comes too early. */
    @JCStressTest
    @JCStressMeta(StateWordStress.DeadlineIsPublished.class)
    @State
    public static class PublishedEarly {
        private final AtomicLong next = new AtomicLong();
        private volatile int data;

        /** Publishes, then works. */
        @Actor
        public void owner() {
            next.setRelease(10);
            data = 1;
        }

        /** Asks how long it may sleep. */
        @Actor
        public void sleeper(ZI_Result r) {
            r.r1 = next.getAcquire() == 10;
            r.r2 = data;
        }
    }
}
