// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.prog.broken;

import io.latchwork.async.internal.prog.ProgStress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** The claim of {@link ProgStress} with a bug. It was seen failing on x86-64. */
public class ProgTwins {
    private ProgTwins() {
    }

    /** The program says that it is unloaded and then runs its hook. */
    @JCStressTest
    @JCStressMeta(ProgStress.UnloadedMeansDone.class)
    @State
    public static class UnloadedBeforeItsHook {
        private final AtomicBoolean unloaded = new AtomicBoolean();
        private volatile int data;

        /** Says, then does. */
        @Actor
        public void worker() {
            unloaded.setRelease(true);
            data = 1;
        }

        /** Asks. */
        @Actor
        public void closer(ZI_Result r) {
            r.r1 = unloaded.getAcquire();
            r.r2 = data;
        }
    }
}
