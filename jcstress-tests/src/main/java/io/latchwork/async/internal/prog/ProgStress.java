// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.prog;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.latchwork.rcu.Rcu;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** The end of a program. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class ProgStress {
    private static final Rcu RCU = Rcu.builder().manual().ownedSlots(1).leasedSlots(0).counterStripes(1).build();

    private ProgStress() {
    }

    /** Who asks whether a program is unloaded. r1: the answer, r2: what is seen of its hook. */
    @JCStressTest
    @Outcome(id = {"false, 0", "false, 1"}, expect = ACCEPTABLE, desc = "The hook has not returned yet.")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "Unloaded, with all that the hook did.")
    @Outcome(id = "true, 0", expect = FORBIDDEN, desc = "Unloaded, but what the hook did is missed: AC30 -> AC31 is broken.")
    @State
    public static class UnloadedMeansDone {
        private int data;
        private final ProgImpl prog = new ProgImpl(this, "program", () -> data = 1, RCU, ProgImpl::unload);

        /** Runs the hook. */
        @Actor
        public void worker() {
            prog.unload();
        }

        /** Asks, as close does. */
        @Actor
        public void closer(ZI_Result r) {
            r.r1 = prog.isUnloaded();
            r.r2 = data;
        }
    }
}
