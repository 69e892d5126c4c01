// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.nmi.Scenario;
import io.latchwork.nmi.toy.LatchedPair;
import io.latchwork.seqlatch.LatchCell;
import java.util.ArrayList;
import java.util.List;

/** The latches: reads and writes in one another. */
public final class LatchScenarios {

    private LatchScenarios() {
    }

    /** A read interrupts the writer of a SeqcountLatch. */
    public static class ReadInWrite implements Scenario<LatchedPair> {
        @Override
        public LatchedPair fresh() {
            final LatchedPair pair = new LatchedPair();
            pair.write(1, 1);
            return pair;
        }

        @Override
        public Object interrupted(final LatchedPair pair) {
            pair.write(2, 2);
            return "written";
        }

        @Override
        public Object nested(final LatchedPair pair, final int index) {
            return pair.read();
        }

        @Override
        public Object observe(final LatchedPair pair) {
            return pair.read();
        }
    }

    /** A write interrupts a reader of a SeqcountLatch. */
    public static final class WriteInRead extends ReadInWrite {
        @Override
        public Object interrupted(final LatchedPair pair) {
            return pair.read();
        }

        @Override
        public Object nested(final LatchedPair pair, final int index) {
            pair.write(2 + index, 2 + index);
            return "written";
        }
    }

    /** Replaces the pair of a LatchCell: the pair taken out, or "BUSY". */
    static String replace(final LatchCell<String, String> cell, final String first, final String second) {
        final int slot = cell.exchange(first, second);
        if (slot == LatchCell.BUSY) {
            return "BUSY";
        }
        final String taken = cell.first(slot) + "/" + cell.second(slot);
        cell.free(slot);
        return taken;
    }

    static String read(final LatchCell<String, String> cell) {
        long token;
        String pair;
        do {
            token = cell.readBegin();
            pair = cell.readFirst(token) + "/" + cell.readSecond(token);
        } while (cell.readRetry(token));
        return pair;
    }

    /** An exchange interrupts an exchange; each pair that went in comes out once. */
    public static class ReplaceInReplace implements Scenario<LatchCell<String, String>> {
        @Override
        public LatchCell<String, String> fresh() {
            final LatchCell<String, String> cell = new LatchCell<>(4);
            replace(cell, "a0", "b0");
            return cell;
        }

        @Override
        public Object interrupted(final LatchCell<String, String> cell) {
            return replace(cell, "a1", "b1");
        }

        @Override
        public Object nested(final LatchCell<String, String> cell, final int index) {
            return replace(cell, "a" + (2 + index), "b" + (2 + index));
        }

        /** What is in the cell, and whether all its slots are still there: more exchanges than there are slots. */
        @Override
        public Object observe(final LatchCell<String, String> cell) {
            final List<String> seen = new ArrayList<>(List.of(read(cell)));
            final int[] slots = new int[4];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = cell.exchange("x" + i, "y" + i);
                seen.add(slots[i] == LatchCell.BUSY ? "BUSY" : cell.first(slots[i]) + "/" + cell.second(slots[i]));
            }
            for (final int slot : slots) {
                if (slot != LatchCell.BUSY) {
                    cell.free(slot);
                }
            }
            seen.add(read(cell));
            return seen;
        }

        /** A writer that is stalled for good keeps its slot: then one exchange more finds none. */
        @Override
        public boolean allow(final List<Object> outcome) {
            final List<?> seen = (List<?>) outcome.get(outcome.size() - 1);
            final List<Object> pairs = new ArrayList<>(outcome.subList(1, outcome.size() - 1));
            pairs.add(seen.get(0));
            return outcome.get(0) == null && !pairs.contains("BUSY")
                && pairs.stream().distinct().count() == pairs.size()
                && seen.get(0).equals(seen.get(1)) && seen.get(2).equals("x0/y0");
        }
    }

    /** Three exchanges, each inside the one before: the innermost may find no slot, and has then changed nothing. */
    public static final class ReplaceUntilBusy extends ReplaceInReplace {
        @Override
        public boolean allow(final List<Object> outcome) {
            final List<Object> pairs = new ArrayList<>(outcome.subList(0, 4));
            final List<?> seen = (List<?>) outcome.get(4);
            if (!pairs.remove("BUSY")) {
                return false;
            }
            pairs.add(seen.get(0));
            final List<String> in = List.of("a0/b0", "a1/b1", "a2/b2", "a3/b3");
            return pairs.stream().distinct().count() == 4 && in.containsAll(pairs) && seen.get(4).equals("BUSY");
        }
    }

    static String clear(final LatchCell<String, String> cell) {
        final int slot = cell.clear();
        final String taken = cell.first(slot) + "/" + cell.second(slot);
        cell.free(slot);
        return taken;
    }

    /** A clear interrupts an exchange. */
    public static final class ClearInReplace extends ReplaceInReplace {
        @Override
        public Object nested(final LatchCell<String, String> cell, final int index) {
            return clear(cell);
        }
    }

    /** An exchange interrupts a clear. */
    public static final class ReplaceInClear extends ReplaceInReplace {
        @Override
        public Object interrupted(final LatchCell<String, String> cell) {
            return clear(cell);
        }
    }

    /** A read interrupts an exchange. */
    public static final class ReadInReplace extends ReplaceInReplace {
        @Override
        public Object nested(final LatchCell<String, String> cell, final int index) {
            return index == 0 ? read(cell) : "empty " + cell.isEmpty();
        }

        @Override
        public boolean allow(final List<Object> outcome) {
            final List<?> seen = (List<?>) outcome.get(outcome.size() - 1);
            return outcome.get(0) == null && List.of("a0/b0", "a1/b1").contains(seen.get(0))
                && seen.get(0).equals(outcome.get(1))
                && seen.get(0).equals(seen.get(1)) && seen.get(2).equals("x0/y0");
        }
    }

    /** An exchange interrupts a read. */
    public static final class ReplaceInRead extends ReplaceInReplace {
        @Override
        public Object interrupted(final LatchCell<String, String> cell) {
            return read(cell);
        }
    }
}
