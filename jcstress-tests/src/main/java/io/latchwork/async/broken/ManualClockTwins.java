// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.broken;

import io.latchwork.async.ManualClockStress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** The claims of {@link ManualClockStress} over clocks with one bug each. Each was seen failing on x86-64. */
public class ManualClockTwins {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int TIME = 0;
    private static final int REAL = 1;

    private ManualClockTwins() {
    }

    /** The time and the distance are read once each. */
    @JCStressTest
    @JCStressMeta(ManualClockStress.ReadingIsOfOneMoment.class)
    @State
    public static class NoSecondLook {
        private final long[] words = {0, 1_000};

        /** Moves the time and then the wall clock. */
        @Actor
        public void mover() {
            WORDS.getAndAdd(words, TIME, 1L);
            WORDS.getAndAdd(words, REAL, 10L);
        }

        /** Reads the wall clock a few times, until it reads what never was. */
        @Actor
        public void reader(J_Result r) {
            for (int i = 0; i < 5 && r.r1 != 1_010; i++) {
                long time = (long) WORDS.getAcquire(words, TIME);
                r.r1 = time + (long) WORDS.getAcquire(words, REAL);
            }
        }
    }

    /** The clock is moved before what should come before it. */
    @JCStressTest
    @JCStressMeta(ManualClockStress.StepPublishes.class)
    @State
    public static class MovedEarly {
        private final AtomicInteger now = new AtomicInteger();
        private volatile int data;

        /** Moves, then stores. */
        @Actor
        public void mover() {
            now.setRelease(1);
            data = 1;
        }

        /** Reads, then looks. */
        @Actor
        public void reader(ZI_Result r) {
            r.r1 = now.getAcquire() == 1;
            r.r2 = data;
        }
    }

    /** The listener is put into a list that can be found already. */
    @JCStressTest
    @JCStressMeta(ManualClockStress.ListenerIsComplete.class)
    @State
    public static class RegisteredEarly {
        private final AtomicInteger listeners = new AtomicInteger();
        private volatile int data;

        /** Registers, then stores. */
        @Actor
        public void listener() {
            listeners.setRelease(1);
            data = 1;
        }

        /** Steps. */
        @Actor
        public void stepper(I_Result r) {
            r.r1 = listeners.getAcquire() == 1 ? data : -1;
        }
    }

    /** Who gets the claim does not look again whether the read is still due. */
    @JCStressTest
    @JCStressMeta(ManualClockStress.UptimeIsReadOnce.class)
    @State
    public static class ClaimWithoutSecondLook {
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger claim = new AtomicInteger();
        private int reads;

        private void boot() {
            if (next.get() == 0 && claim.compareAndSet(0, 1)) {
                reads++;
                next.set(1);
                claim.setRelease(0);
            }
        }

        /** Asks. */
        @Actor
        public void one() {
            boot();
        }

        /** Asks. */
        @Actor
        public void two() {
            boot();
        }

        /** Counts. */
        @Arbiter
        public void rest(II_Result r) {
            r.r1 = reads;
        }
    }
}
