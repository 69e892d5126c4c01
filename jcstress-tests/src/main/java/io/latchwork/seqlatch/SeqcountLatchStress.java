// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** What a reader of a {@link SeqcountLatch} may see of a writer. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class SeqcountLatchStress {
    private static final VarHandle DATA = MethodHandles.arrayElementVarHandle(long[].class);

    /** A latch over a pair of longs: copy c has its halves at 2c and 2c + 1. */
    public abstract static class Pairs {
        private final SeqcountLatch latch = new SeqcountLatch();
        private final long[] copies = new long[4];

        /** One write of both halves. */
        protected final void write(long value) {
            latch.writeBegin();
            fill(0, value);
            latch.writeMiddle();
            fill(1, value);
            latch.writeEnd();
        }

        private void fill(int copy, long value) {
            DATA.setOpaque(copies, 2 * copy, value);
            DATA.setOpaque(copies, 2 * copy + 1, value);
        }

        /** One read of both halves, first half in the upper 32 bits. */
        protected final long read() {
            for (;;) {
                long seq = latch.readBegin();
                int at = 2 * SeqcountLatch.copyOf(seq);
                long first = (long) DATA.getOpaque(copies, at);
                long second = (long) DATA.getOpaque(copies, at + 1);
                if (!latch.readRetry(seq)) {
                    return first << 32 | second;
                }
            }
        }
    }

    /** Both halves that a reader accepts are of one write. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The read came before the first write was published.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The read saw the first write, whole.")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "The read saw the second write, whole.")
    @Outcome(expect = FORBIDDEN, desc = "Halves of two writes were accepted: SL3 -> SL4 or SL1 -> SL2 is broken.")
    @State
    public static class PairIsWhole extends Pairs {
        /** Writes twice, so that each copy is abandoned once. */
        @Actor
        public void writer() {
            write(1);
            write(2);
        }

        /** Reads once. */
        @Actor
        public void reader(JJ_Result r) {
            long pair = read();
            r.r1 = pair >>> 32;
            r.r2 = (int) pair;
        }
    }

    /** A reader never goes back in time. */
    @JCStressTest
    @Outcome(id = {"0, 0", "1, 1", "2, 2"}, expect = ACCEPTABLE, desc = "Nothing was published between the two reads.")
    @Outcome(id = {"0, 1", "0, 2", "1, 2"}, expect = ACCEPTABLE, desc = "The second read saw a later write.")
    @Outcome(expect = FORBIDDEN, desc = "A later read saw an older write: SL1 -> SL2 is broken.")
    @State
    public static class NeverBackwards extends Pairs {
        /** Writes twice. */
        @Actor
        public void writer() {
            write(1);
            write(2);
        }

        /** Reads twice. */
        @Actor
        public void reader(JJ_Result r) {
            r.r1 = (int) read();
            r.r2 = (int) read();
        }
    }
}
