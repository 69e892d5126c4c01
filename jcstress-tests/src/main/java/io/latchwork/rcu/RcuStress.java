// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * No reader holds a reclaimed object, in any tier. The object is poisoned by its callback, and a reader looks at the
 * poison a few times before its section ends.
 */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class RcuStress {
    /** Looks at the poison in one section: long enough for a grace period that wrongly ends at once. */
    public static final int LOOKS = 40;

    private static final VarHandle REF = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "ref", VarHandle.class, Domain.class, Victim.class);
    private static final VarHandle POISON = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "poison", VarHandle.class, Victim.class, int.class);

    /** A protected object that its callback poisons. */
    static final class Victim extends RcuHead {
        int data;
        int dataSeen;
        int invoked;
        private int poison;

        @Override
        protected void reclaim() {
            dataSeen = data;
            invoked++;
            POISON.setOpaque(this, 1);
        }

        int poison() {
            int seen = 0;
            for (int i = 0; i < LOOKS; i++) {
                seen |= (int) POISON.getOpaque(this);
            }
            return seen;
        }
    }

    /** A small domain of one tier, and one object under its protection. */
    public abstract static class Domain {
        final Rcu rcu;
        final Victim victim = new Victim();
        private Victim ref = victim;

        Domain(int ownedSlots, int leasedSlots) {
            rcu = Rcu.builder().manual().ownedSlots(ownedSlots).leasedSlots(leasedSlots).counterStripes(1).build();
        }

        /** 2: not found, else whether the object was poisoned during the section. */
        final int read() {
            RcuSlot section = rcu.readLock();
            Victim found = (Victim) REF.getVolatile(this);
            int seen = found == null ? 2 : found.poison();
            section.unlock();
            return seen;
        }

        /** Unlinks by the weakest store, so that the grace period has to do the ordering. */
        final void unlinkAndReclaim() {
            REF.setOpaque(this, (Victim) null);
            rcu.callRcu(victim);
            rcu.reclaim();
        }
    }

    /** Readers that own a slot. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The reader found the object; the grace period waited for it.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The reader came after the unlink.")
    @Outcome(expect = FORBIDDEN, desc = "The reader held a reclaimed object: RC1 <-> RC2, RC3 -> RC4 or RC5 -> RC6 is broken.")
    @State
    public static class OwnedReader extends Domain {
        /** A domain with owned slots alone. */
        public OwnedReader() {
            super(4, 0);
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            unlinkAndReclaim();
            r.r2 = victim.invoked;
        }
    }

    /** Readers that lease a slot for one section. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The reader found the object; the grace period waited for it.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The reader came after the unlink.")
    @Outcome(expect = FORBIDDEN, desc = "The reader held a reclaimed object: RC1 <-> RC2 or RC3 -> RC4 of the leases is broken.")
    @State
    public static class LeasedReader extends Domain {
        /** A domain with leased slots alone. */
        public LeasedReader() {
            super(0, 4);
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            unlinkAndReclaim();
            r.r2 = victim.invoked;
        }
    }

    /** Readers that are only counted. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The reader found the object; the grace period waited for it.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The reader came after the unlink.")
    @Outcome(expect = FORBIDDEN,
        desc = "The reader held a reclaimed object: RC1 <-> RC2 or RC3 -> RC4 of the counters, or RC13 -> RC14, is broken.")
    @State
    public static class CountedReader extends Domain {
        /** A domain with the counter tier alone. */
        public CountedReader() {
            super(0, 0);
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            unlinkAndReclaim();
            r.r2 = victim.invoked;
        }
    }

    /**
     * A pass that meets a callRcu reclaims nothing that an open section holds, loses no head, and its callback sees
     * what was done before. r1: poison in the section, r2: data seen by the callback, r3: number of callbacks.
     */
    @JCStressTest
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "One callback, after the section, and it saw the data.")
    @Outcome(id = "1, 1, 1", expect = FORBIDDEN,
        desc = "Reclaimed inside the section that queued it: the grace period began before the drain, RC19 <-> RC20.")
    @Outcome(expect = FORBIDDEN, desc = "A head was lost, invoked twice, or its data not seen: RC19 <-> RC20 is broken.")
    @State
    public static class CallbackWaits extends Domain {
        /** A domain with owned slots alone. */
        public CallbackWaits() {
            super(4, 0);
        }

        /** Queues the object inside a section that goes on using it. */
        @Actor
        public void updater(III_Result r) {
            RcuSlot section = rcu.readLock();
            victim.data = 1;
            rcu.callRcu(victim);
            r.r1 = victim.poison();
            section.unlock();
        }

        /** Runs a pass. */
        @Actor
        public void reclaimer() {
            rcu.reclaim();
        }

        /** Runs the rest. */
        @Arbiter
        public void rest(III_Result r) {
            rcu.reclaim();
            r.r2 = victim.dataSeen;
            r.r3 = victim.invoked;
        }
    }
}
