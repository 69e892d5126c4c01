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
 * The handshake of a section and a grace period, alone: a reader publishes its section and looks, an updater unlinks, fences and
 * scans. With a fence in the reader, and with the barrier of the kernel in its place. Where that cannot be had the claims about
 * it are made of readers with a fence, for which they hold as well.
 */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class SectionStress {
    /** What this JVM has. */
    private static final ReaderBarrier BARRIER = ReaderBarrier.choose(true);
    private static final boolean ASYMMETRIC = BARRIER.mode().asymmetric();
    private static final EpochLine EPOCHS = new EpochLine(1);

    private static final VarHandle UNLINKED = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "unlinked", VarHandle.class, Handshake.class, int.class);

    /** Stores that miss the cache: what is stored after one waits behind it, and is seen late unless there is a fence. */
    public static final class Misses {
        private static final int BITS = 21;
        private static final long[] CELLS = new long[1 << BITS];
        private static int random;

        private Misses() {
        }

        /** Makes one. */
        public static void miss() {
            random = random * 1664525 + 1013904223;
            CELLS[random >>> Integer.SIZE - BITS] = random;
        }
    }

    /** One slot, and something that is unlinked. */
    public abstract static class Handshake {
        private final SlotFields slot = new SlotFields(SlotFields.OWNED);
        private int unlinked;

        final int enter(boolean asymmetric) {
            Misses.miss();
            slot.enterOwned(EPOCHS, asymmetric);
            return (int) UNLINKED.getVolatile(this);
        }

        final void unlink() {
            UNLINKED.setOpaque(this, 1);
            VarHandle.fullFence();
        }

        final int scan() {
            return SlotFields.nestOf(slot.wordAcquire());
        }
    }

    /** A reader that fences. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The reader found the object, and the scan the reader.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The reader came after the scan, and sees the unlink.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each saw the other.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "The scan missed a reader that missed the unlink: RC1 <-> RC2 is broken.")
    @State
    public static class FencedSection extends Handshake {
        /** Opens a section and looks. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = enter(false);
        }

        /** Unlinks and scans. */
        @Actor
        public void updater(II_Result r) {
            unlink();
            r.r2 = scan();
        }
    }

    /** A reader that leaves its fence to the updater. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The reader found the object, and the scan the reader.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The reader came after the scan, and sees the unlink.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Each saw the other.")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "The scan missed a reader that missed the unlink: RC29 <-> RC30 is broken.")
    @State
    public static class UnfencedSection extends Handshake {
        /** Opens a section and looks. */
        @Actor
        public void reader(II_Result r) {
            r.r1 = enter(ASYMMETRIC);
        }

        /** Unlinks and scans. */
        @Actor
        public void updater(II_Result r) {
            unlink();
            BARRIER.run();
            r.r2 = scan();
        }
    }
}
