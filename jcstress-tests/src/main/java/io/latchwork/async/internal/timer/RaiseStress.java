// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Starts that need not wake the owner, because it wakes up in time by itself. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RaiseStress {
    private RaiseStress() {
    }

    /** What the raiser of a base notes. */
    static final class Note {
        private static final VarHandle RAISED = MethodHandles.arrayElementVarHandle(int[].class);

        private final int[] raised = new int[1];

        void write(int value) {
            RAISED.setOpaque(raised, 0, value);
        }

        boolean isRaised() {
            return (int) RAISED.getOpaque(raised, 0) != 0;
        }
    }

    /** A base that wakes for one timer, and whose raises are noted. */
    public abstract static class Base extends TimerRig {
        private static final long FIRST = 100;
        private static final long SECOND = 200;

        private final Note note;

        Base() {
            this(new Note());
        }

        private Base(Note note) {
            super(() -> note.write(1));
            this.note = note;
            BpfHrtimer first = new BpfHrtimer(home, 1, rcu, 4);
            begin(first);
            first.start(FIRST);
            work();
            note.write(0);
            clock.set(FIRST);
        }

        final boolean startSecond() {
            start(SECOND);
            return note.isRaised();
        }

        /** Fires the first timer, and then would sleep, unless there is something to look at. */
        final boolean goToSleep() {
            work();
            return base.isQuiet() && base.nextDeadlineNs() > SECOND;
        }
    }

    /** A start that comes after the first deadline against the owner that fires the first timer and has no other. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The owner goes to sleep and is raised.")
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "Raised, though the owner saw the block.")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Not raised: the owner sees the block, or wakes in time.")
    @Outcome(id = "false, true", expect = FORBIDDEN, desc = "Asleep and not raised: AC96 <-> AC97 is broken.")
    @State
    public static class StartOrSleep extends Base {
        /** The first timer is armed. */
        public StartOrSleep() {
        }

        /** Starts the second timer. */
        @Actor
        public void starter(ZZ_Result r) {
            r.r1 = startSecond();
        }

        /** The owner. */
        @Actor
        public void owner(ZZ_Result r) {
            r.r2 = goToSleep();
        }
    }
}
