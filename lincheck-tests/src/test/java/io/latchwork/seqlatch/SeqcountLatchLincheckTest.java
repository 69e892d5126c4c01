// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** A pair behind a {@link SeqcountLatch}: one writer at a time, readers anywhere. */
public class SeqcountLatchLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);

    @Test
    void pairIsReadWholeAndNobodyWaits() {
        LincheckSizes.lockFree(Pair.class, PairSpec.class);
    }

    @Test
    void mutantThatDoesNotLookAgainIsCaught() {
        LincheckSizes.modelCaught(PairWithoutRetry.class, PairSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    @Test
    void mutantThatWritesUnderItsReadersIsCaught() {
        LincheckSizes.modelCaught(PairWrittenUnderReaders.class, PairSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    @Test
    void mutantWithOneCopyIsCaughtWaiting() {
        LincheckSizes.lockCaught(Seqlock.class, PairSpec.class);
    }

    /** Two halves, two copies of each. */
    abstract static class Cells {
        final SeqcountLatch latch = new SeqcountLatch();
        final int[] copies = new int[4];

        void store(final int copy, final int v) {
            CELL.setOpaque(copies, 2 * copy, v);
            CELL.setOpaque(copies, 2 * copy + 1, v);
        }

        String load(final int copy) {
            return (int) CELL.getOpaque(copies, 2 * copy) + "/" + (int) CELL.getOpaque(copies, 2 * copy + 1);
        }

        void latchedWrite(final int v) {
            latch.writeBegin();
            store(0, v);
            latch.writeMiddle();
            store(1, v);
            latch.writeEnd();
        }

        String latchedRead() {
            long seq;
            String pair;
            do {
                seq = latch.readBegin();
                pair = load(SeqcountLatch.copyOf(seq));
            } while (latch.readRetry(seq));
            return pair;
        }
    }

    /** The subject. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class Pair extends Cells {
        @Operation(nonParallelGroup = "writer")
        public void write(@Param(name = "v") final int v) {
            latchedWrite(v);
        }

        @Operation
        public String read() {
            return latchedRead();
        }
    }

    /** Mutant: believes what it read. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class PairWithoutRetry extends Cells {
        @Operation(nonParallelGroup = "writer")
        public void write(@Param(name = "v") final int v) {
            latchedWrite(v);
        }

        @Operation
        public String read() {
            return load(SeqcountLatch.copyOf(latch.readBegin()));
        }
    }

    /** Mutant: stores to the copy that readers use before it sends them away. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class PairWrittenUnderReaders extends Cells {
        @Operation(nonParallelGroup = "writer")
        public void write(@Param(name = "v") final int v) {
            store(0, v);
            latch.writeBegin();
            latch.writeMiddle();
            store(1, v);
            latch.writeEnd();
        }

        @Operation
        public String read() {
            return latchedRead();
        }
    }

    /** Mutant: a single copy, so that readers wait for the writer. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class Seqlock extends Cells {
        private static final VarHandle SEQ;
        private int seq;

        static {
            try {
                SEQ = MethodHandles.lookup().findVarHandle(Seqlock.class, "seq", int.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Operation(nonParallelGroup = "writer")
        public void write(@Param(name = "v") final int v) {
            SEQ.getAndAdd(this, 1);
            store(0, v);
            SEQ.getAndAdd(this, 1);
        }

        @Operation
        public String read() {
            for (;;) {
                final int before = (int) SEQ.getVolatile(this);
                final String pair = load(0);
                if ((before & 1) == 0 && (int) SEQ.getVolatile(this) == before) {
                    return pair;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** The plain pair. */
    public static class PairSpec {
        private int v;

        public void write(final int value) {
            v = value;
        }

        public String read() {
            return v + "/" + v;
        }
    }
}
