// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * A {@link LatchCell} as a register of pairs that answers the pair it replaced. Linearizable answers are exact
 * accounting: each pair comes back to one caller, once.
 */
public class LatchCellLincheckTest {

    @Test
    void everyPairComesBackOnceAndNobodyWaits() {
        LincheckSizes.lockFree(Cell.class, CellSpec.class);
    }

    @Test
    void mutantThatDoesNotLookAgainIsCaught() {
        LincheckSizes.modelCaught(CellWithoutRetry.class, CellSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    @Test
    void mutantThatStoresWhereItShouldSwapIsCaught() {
        LincheckSizes.modelCaught(CellWithStore.class, CellSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    @Test
    void mutantThatFreesTheSlotTooEarlyIsCaught() {
        LincheckSizes.modelCaught(CellFreedEarly.class, CellSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    /** The subject. */
    @Param(name = "v", gen = IntGen.class, conf = "1:4")
    public static class Cell {
        private final LatchCell<Integer, Integer> cell = new LatchCell<>();

        @Operation
        public String exchange(@Param(name = "v") final int v) {
            final int slot = cell.exchange(v, v);
            return slot == LatchCell.BUSY ? "busy" : taken(slot);
        }

        @Operation
        public String clear() {
            return taken(cell.clear());
        }

        private String taken(final int slot) {
            final String pair = cell.first(slot) + "/" + cell.second(slot);
            cell.free(slot);
            return pair;
        }

        @Operation
        public String read() {
            long token;
            String pair;
            do {
                token = cell.readBegin();
                pair = cell.readFirst(token) + "/" + cell.readSecond(token);
            } while (cell.readRetry(token));
            return pair;
        }

        @Operation
        public boolean isEmpty() {
            return cell.isEmpty();
        }
    }

    /** The protocol of the cell in few lines, with a place for each bug. */
    abstract static class Model {
        private static final VarHandle CONTROL;
        private static final VarHandle FREE;
        private static final VarHandle HALF = MethodHandles.arrayElementVarHandle(int[].class);
        private static final int NONE = 255;
        private final int[] halves = new int[8];
        private int control = NONE;
        private int free = 0b1111;

        static {
            try {
                CONTROL = MethodHandles.lookup().findVarHandle(Model.class, "control", int.class);
                FREE = MethodHandles.lookup().findVarHandle(Model.class, "free", int.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        /** Bug: the control word is stored, not swapped. */
        boolean stores() {
            return false;
        }

        /** Bug: the reader believes what it read. */
        boolean retries() {
            return true;
        }

        /** Bug: the slot goes back before its pair was taken out. */
        boolean freesEarly() {
            return false;
        }

        private int claim() {
            for (;;) {
                final int seen = (int) FREE.getVolatile(this);
                if (FREE.compareAndSet(this, seen, seen & seen - 1)) {
                    return Integer.numberOfTrailingZeros(seen);
                }
            }
        }

        private int swing(final int slot) {
            for (;;) {
                final int seen = (int) CONTROL.getVolatile(this);
                if (slot == NONE && (seen & NONE) == NONE) {
                    return NONE;
                }
                final int next = (seen >>> 8) + 1 << 8 | slot;
                if (stores()) {
                    CONTROL.setVolatile(this, next);
                    return seen & NONE;
                }
                if (CONTROL.compareAndSet(this, seen, next)) {
                    return seen & NONE;
                }
            }
        }

        private String at(final int slot) {
            return slot == NONE ? "null/null"
                : (int) HALF.getOpaque(halves, 2 * slot) + "/" + (int) HALF.getOpaque(halves, 2 * slot + 1);
        }

        private String taken(final int slot) {
            if (slot != NONE && freesEarly()) {
                FREE.getAndBitwiseOr(this, 1 << slot);
            }
            final String pair = at(slot);
            if (slot != NONE && !freesEarly()) {
                FREE.getAndBitwiseOr(this, 1 << slot);
            }
            return pair;
        }

        final String exchanged(final int v) {
            final int slot = claim();
            HALF.setOpaque(halves, 2 * slot, v);
            HALF.setOpaque(halves, 2 * slot + 1, v);
            return taken(swing(slot));
        }

        final String cleared() {
            return taken(swing(NONE));
        }

        final String readOut() {
            for (;;) {
                final int token = (int) CONTROL.getVolatile(this);
                final String pair = at(token & NONE);
                if (!retries() || (int) CONTROL.getVolatile(this) == token) {
                    return pair;
                }
            }
        }

        final boolean emptyNow() {
            return ((int) CONTROL.getVolatile(this) & NONE) == NONE;
        }
    }

    /** Mutant. */
    @Param(name = "v", gen = IntGen.class, conf = "1:4")
    public static class CellWithoutRetry extends Model {
        @Override
        boolean retries() {
            return false;
        }

        @Operation
        public String exchange(@Param(name = "v") final int v) {
            return exchanged(v);
        }

        @Operation
        public String read() {
            return readOut();
        }
    }

    /** Mutant. */
    @Param(name = "v", gen = IntGen.class, conf = "1:4")
    public static class CellWithStore extends Model {
        @Override
        boolean stores() {
            return true;
        }

        @Operation
        public String exchange(@Param(name = "v") final int v) {
            return exchanged(v);
        }

        @Operation
        public String clear() {
            return cleared();
        }
    }

    /** Mutant. */
    @Param(name = "v", gen = IntGen.class, conf = "1:4")
    public static class CellFreedEarly extends Model {
        @Override
        boolean freesEarly() {
            return true;
        }

        @Operation
        public String exchange(@Param(name = "v") final int v) {
            return exchanged(v);
        }

        @Operation
        public boolean isEmpty() {
            return emptyNow();
        }
    }

    /** The plain register. */
    public static class CellSpec {
        private Integer v;

        public String exchange(final int value) {
            final String old = read();
            v = value;
            return old;
        }

        public String clear() {
            final String old = read();
            v = null;
            return old;
        }

        public String read() {
            return v + "/" + v;
        }

        public boolean isEmpty() {
            return v == null;
        }
    }
}
