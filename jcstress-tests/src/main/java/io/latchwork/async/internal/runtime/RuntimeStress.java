// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.latchwork.async.Status;
import io.latchwork.async.internal.map.OneMap;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.OneWork;
import io.latchwork.rcu.Rcu;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Kworkers that go to sleep and runtimes that close. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RuntimeStress {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final Rcu RCU = Rcu.builder().manual().ownedSlots(1).leasedSlots(0).counterStripes(1).build();

    /** A kworker that is about to park against a task. r1: it may park, r2: it is raised. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true"}, expect = ACCEPTABLE, desc = "The kworker sees the task.")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The kworker parks and is raised.")
    @Outcome(id = "true, false", expect = FORBIDDEN, desc = "The task waits and nobody is told: AC86 <-> AC87 is broken.")
    @State
    public static class ParkOrSubmit {
        private final Kworkers kworkers = new Kworkers(null, new ErrorReports((prog, map, error) -> { }));
        private boolean raised;
        private final Kworker kworker =
            kworkers.add(new Idle(new BusySpinIdleStrategy(), () -> raised = true), false, null);
        private final ProgImpl task = new ProgImpl(this, "program", () -> { }, RCU, ProgImpl::unload);

        /** Is about to park. */
        @Actor
        public void worker(ZZ_Result r) {
            r.r1 = kworker.mayPark();
        }

        /** Queues. */
        @Actor
        public void queuer(ZZ_Result r) {
            kworkers.unload(task);
            r.r2 = raised;
        }
    }

    /** A run on a thread of the executor against the end. r1: it had begun, r2: what the waiter then sees of it. */
    @JCStressTest
    @Outcome(id = {"false, 0", "false, 1"}, expect = ACCEPTABLE, desc = "The run began too late to be waited for.")
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "The run was waited for, and all it did is there.")
    @Outcome(id = "true, 0", expect = FORBIDDEN, desc = "The wait ended before the run: AC90 -> AC91 is broken.")
    @State
    public static class ElsewhereIsAwaited {
        private final Kworkers kworkers = new Kworkers(null, new ErrorReports((prog, map, error) -> { }));
        private final int[] begun = new int[1];
        private int data;
        private final OneWork work = new OneWork(() -> {
            CELL.setVolatile(begun, 0, 1);
            data = 1;
        });

        /** Runs it. */
        @Actor
        public void executor() {
            kworkers.executeElsewhere(work.block());
        }

        /** Waits, then looks. */
        @Actor
        public void closer(ZI_Result r) {
            r.r1 = (int) CELL.getVolatile(begun, 0) == 1;
            kworkers.awaitElsewhere();
            r.r2 = data;
        }
    }

    /** A name that is given while the runtime closes. r1: the answer, r2: neither name nor reference is left. */
    @JCStressTest
    @Outcome(id = "OK, true", expect = ACCEPTABLE, desc = "The name was first, and was taken back.")
    @Outcome(id = "EPERM, true", expect = ACCEPTABLE, desc = "The close was first.")
    @Outcome(expect = FORBIDDEN, desc = "A pinned map survives its runtime: AC27 <-> AC28 is broken.")
    @State
    public static class PinOrClose {
        private final OneMap holder = new OneMap();
        private final int[] closed = new int[1];
        private final Pins pins = new Pins(holder, holder.rcu(), () -> (int) CELL.getVolatile(closed, 0) == 1);

        /** Pins. */
        @Actor
        public void pinner(LZ_Result r) {
            r.r1 = pins.pin("name", holder.map());
        }

        /** Marks, then drops. */
        @Actor
        public void closer() {
            CELL.getAndSet(closed, 0, 1);
            pins.closeAll();
        }

        /** Counts. */
        @Arbiter
        public void rest(LZ_Result r) {
            r.r2 = pins.size() == 0 && holder.map().release() == Status.OK && holder.map().release() == Status.ENOENT;
        }
    }
}
