// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Readers without fences, over the barrier of the kernel. Where that cannot be had the same claims are made of symmetric
 * readers, for which they hold as well.
 */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class AsymmetricStress {
    /** What this JVM has. */
    private static final ReaderBarrier BARRIER = ReaderBarrier.choose(true);
    private static final boolean ASYMMETRIC = BARRIER.mode().asymmetric();
    private static final EpochLine EPOCHS = new EpochLine(1);

    private static final VarHandle UNLINKED = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "unlinked", VarHandle.class, SectionOrUnlink.class, int.class);

    /** Stores that miss the cache: what is stored after one waits behind it, and is seen late. */
    public static final class Misses {
        private static final int SIZE = 1 << 21;
        private static final long[] CELLS = new long[SIZE];
        private static int random;

        private Misses() {
        }

        /** Makes one. */
        public static void miss() {
            random = random * 1664525 + 1013904223;
            CELLS[random >>> Integer.SIZE - 21] = random;
        }
    }

    /** The handshake alone: a reader that publishes its section and looks, an updater that unlinks, has all fence, and scans. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The reader found the object, and the scan the reader.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The reader came after the scan, and sees the unlink.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each saw the other.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "The scan missed a reader that missed the unlink: RC29 <-> RC30 is broken.")
    @State
    public static class SectionOrUnlink {
        private final SlotFields slot = new SlotFields(SlotFields.OWNED);
        private int unlinked;

        /** Opens a section and looks. */
        @Actor
        public void reader(II_Result r) {
            Misses.miss();
            slot.enterOwned(EPOCHS, ASYMMETRIC);
            r.r1 = (int) UNLINKED.getVolatile(this);
        }

        /** Unlinks and scans. */
        @Actor
        public void updater(II_Result r) {
            UNLINKED.setOpaque(this, 1);
            VarHandle.fullFence();
            BARRIER.run();
            r.r2 = SlotFields.nestOf(slot.wordAcquire());
        }
    }

    /** A whole domain of such readers. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The reader found the object; the grace period waited for it.")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The reader came after the unlink.")
    @Outcome(expect = FORBIDDEN, desc = "The reader held a reclaimed object: RC29 <-> RC30, RC3 -> RC4 or RC5 -> RC6 is broken.")
    @State
    public static class AsymmetricReader extends RcuStress.Domain {
        /** A domain with owned slots alone. */
        public AsymmetricReader() {
            super(4, 0, true);
        }

        /** Reads. */
        @Actor
        public void reader(II_Result r) {
            Misses.miss();
            r.r1 = read();
        }

        /** Unlinks and reclaims. */
        @Actor
        public void updater(II_Result r) {
            unlinkAndReclaim();
            r.r2 = victim.invoked;
        }
    }
}
