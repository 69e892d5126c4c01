// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** No wake-up is lost between a {@link HybridIdle} that parks and a caller that queues. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class HybridIdleStress {

    /** Ends the worker's call where a real one would sleep: from here on only a wake-up helps. */
    static final class Asleep extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Asleep INSTANCE = new Asleep();

        private Asleep() {
            super("asleep", null, false, false);
        }
    }

    /** Sleeps for good, and notes whether it was woken. */
    static final class NotingParker implements Parker {
        boolean woken;

        @Override
        public void park(long ns) {
            throw Asleep.INSTANCE;
        }

        @Override
        public void unpark() {
            woken = true;
        }
    }

    /** r1: the worker went to sleep, r2: it was woken. */
    @JCStressTest
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "The worker saw the push; nobody had to wake it.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The worker saw the push and the caller saw it parking.")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The worker slept and was woken.")
    @Outcome(id = "true, false", expect = FORBIDDEN,
        desc = "Asleep with work on the list: ID1 <-> ID2 with LL3 <-> LL4 is broken.")
    @State
    public static class ParkedOrSeen {
        private final NotingParker parker = new NotingParker();
        private final HybridIdle idle = new HybridIdle(0, 0, 1_000, () -> 0, parker);
        private final IrqWorkQueue queue = new IrqWorkQueue(idle, (work, error) -> { });
        private final IrqWork work = new IrqWork() {
            @Override
            protected void run() {
            }
        };

        /** An idle worker with an empty queue. */
        public ParkedOrSeen() {
            idle.bind(queue::isEmpty, () -> Long.MAX_VALUE);
        }

        /** Idles once. */
        @Actor
        public void worker(ZZ_Result r) {
            try {
                idle.idle();
            } catch (Asleep asleep) {
                r.r1 = true;
            }
        }

        /** Queues. */
        @Actor
        public void caller(ZZ_Result r) {
            queue.queue(work);
            r.r2 = parker.woken;
        }
    }
}
