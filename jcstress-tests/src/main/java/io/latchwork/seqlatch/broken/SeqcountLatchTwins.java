// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch.broken;

import io.latchwork.seqlatch.SeqcountLatch;
import io.latchwork.seqlatch.SeqcountLatchStress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The claims of {@link SeqcountLatchStress} over a reader with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class SeqcountLatchTwins {
    private static final VarHandle DATA = MethodHandles.arrayElementVarHandle(long[].class);

    /** The correct writer over the real latch; the twins bring their readers. */
    public abstract static class Pairs {
        final SeqcountLatch latch = new SeqcountLatch();
        final long[] copies = new long[4];

        final void write(long value) {
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
    }

    /** The reader does not ask whether to retry: SL4 is gone. */
    @JCStressTest
    @JCStressMeta(SeqcountLatchStress.PairIsWhole.class)
    @State
    public static class NoRecheck extends Pairs {
        /** Writes twice. */
        @Actor
        public void writer() {
            write(1);
            write(2);
        }

        /** Reads once and believes it. */
        @Actor
        public void reader(JJ_Result r) {
            int at = 2 * SeqcountLatch.copyOf(latch.readBegin());
            r.r1 = (long) DATA.getOpaque(copies, at);
            r.r2 = (long) DATA.getOpaque(copies, at + 1);
        }
    }

    /** The reader takes the copy that is being written, not the one that the counter names. */
    @JCStressTest
    @JCStressMeta(SeqcountLatchStress.NeverBackwards.class)
    @State
    public static class WrongCopy extends Pairs {
        /** Writes twice. */
        @Actor
        public void writer() {
            write(1);
            write(2);
        }

        /** Reads twice. */
        @Actor
        public void reader(JJ_Result r) {
            r.r1 = read();
            r.r2 = read();
        }

        private long read() {
            for (;;) {
                long seq = latch.readBegin();
                long value = (long) DATA.getOpaque(copies, 2 * (1 - SeqcountLatch.copyOf(seq)));
                if (!latch.readRetry(seq)) {
                    return value;
                }
            }
        }
    }
}
