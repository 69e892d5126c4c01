// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** What callers of an {@link IrqWorkQueue} and its owner may see of each other. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class IrqWorkStress {

    /** A queue with one item that notes what it saw. */
    public abstract static class Queue {
        final IrqWorkQueue queue = new IrqWorkQueue(() -> { }, (work, error) -> { });
        int data;
        int seen;
        int runs;
        final IrqWork work = new IrqWork() {
            @Override
            protected void run() {
                seen = data;
                runs++;
            }
        };
    }

    /** A refused call is served by a run that sees its stores. r1: the call queued the item itself. */
    @JCStressTest
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "The run began before; the call queued another one.")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "The call queued another run; the first saw the store early.")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "The claim was refused; the pending run saw the store.")
    @Outcome(id = "false, 0", expect = FORBIDDEN, desc = "Refused and missed: IW1 -> IW2 is broken.")
    @State
    public static class RefusedClaimIsServed extends Queue {
        /** Begins with the item queued. */
        public RefusedClaimIsServed() {
            queue.queue(work);
        }

        /** Stores, then queues. */
        @Actor
        public void caller(ZI_Result r) {
            data = 1;
            r.r1 = queue.queue(work) == IrqWorkQueue.Outcome.QUEUED;
        }

        /** Runs what is queued. */
        @Actor
        public void owner(ZI_Result r) {
            queue.run();
            r.r2 = seen;
        }
    }

    /** Of two calls that queue an idle item exactly one pushes it, and it is run once. */
    @JCStressTest
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "The first call queued the item; it ran once.")
    @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "The second call queued the item; it ran once.")
    @Outcome(expect = FORBIDDEN, desc = "Both calls, or none, pushed the item: the claim of IW1 is not one step.")
    @State
    public static class ClaimIsExclusive extends Queue {
        /** Queues. */
        @Actor
        public void one(ZZI_Result r) {
            r.r1 = queue.queue(work) == IrqWorkQueue.Outcome.QUEUED;
        }

        /** Queues. */
        @Actor
        public void two(ZZI_Result r) {
            r.r2 = queue.queue(work) == IrqWorkQueue.Outcome.QUEUED;
        }

        /** Runs. */
        @Arbiter
        public void owner(ZZI_Result r) {
            queue.run();
            r.r3 = runs;
        }
    }

    /** Who sees an item idle sees all that its run did. r1: idle, r2: what was seen of the run. */
    @JCStressTest
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "The run was not over; its store did not show yet.")
    @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "The run was not over; its store showed early.")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "The run was over and its store showed.")
    @Outcome(id = "true, 0", expect = FORBIDDEN, desc = "Idle, but the store of the run is missed: IW3 -> IW4 is broken.")
    @State
    public static class IdleMeansDone extends Queue {
        /** Begins with the item queued. */
        public IdleMeansDone() {
            queue.queue(work);
        }

        /** Looks as sync does. */
        @Actor
        public void waiter(ZI_Result r) {
            r.r1 = work.isIdle();
            r.r2 = runs;
        }

        /** Runs what is queued. */
        @Actor
        public void owner() {
            queue.run();
        }
    }
}
