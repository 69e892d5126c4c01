// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.broken;

import io.latchwork.async.ManualClockStress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** The claim of {@link ManualClockStress} over a clock with a bug. It was seen failing on x86-64. */
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

        /** Reads the wall clock. */
        @Actor
        public void reader(J_Result r) {
            long time = (long) WORDS.getAcquire(words, TIME);
            r.r1 = time + (long) WORDS.getAcquire(words, REAL);
        }
    }
}
