// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** What readers and writers of a {@link LatchCell} may see of each other. Halves are small numbers; 0 stands for null. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class LatchCellStress {

    /** A cell of numbers. */
    public abstract static class Cell {
        /** The subject. */
        protected final LatchCell<Integer, Integer> cell = new LatchCell<>(4);

        static int number(Integer half) {
            return half == null ? 0 : half;
        }

        final int exchange(int value) {
            int slot = cell.exchange(value, value);
            int replaced = number(cell.first(slot));
            cell.free(slot);
            return replaced;
        }
    }

    /** Both halves that a reader accepts are of one pair. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "The read came before the first exchange.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The read saw the first pair.")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "The read saw the second pair.")
    @Outcome(expect = FORBIDDEN, desc = "Halves of two pairs were accepted: LC3 -> LC4 or LC5 -> LC6 is broken.")
    @State
    public static class PairIsWhole extends Cell {
        /** Fills and empties slots under the reader. */
        @Actor
        public void writer() {
            exchange(1);
            exchange(2);
        }

        /** Reads once. */
        @Actor
        public void reader(II_Result r) {
            long token;
            do {
                token = cell.readBegin();
                r.r1 = number(cell.readFirst(token));
                r.r2 = number(cell.readSecond(token));
            } while (cell.readRetry(token));
        }
    }

    /** A reader that is sent to a slot finds it filled. */
    @JCStressTest
    @Outcome(id = "8, 8", expect = ACCEPTABLE, desc = "The read came before the exchange.")
    @Outcome(id = "9, 9", expect = ACCEPTABLE, desc = "The read saw the new pair, filled.")
    @Outcome(expect = FORBIDDEN, desc = "The reader was sent to a slot before it was filled: LC1 -> LC2 is broken.")
    @State
    public static class PublishedFilled extends Cell {
        /** Begins with a pair. */
        public PublishedFilled() {
            exchange(8);
        }

        /** Replaces the pair and keeps the old slot, so that only the new one is stored to. */
        @Actor
        public void writer() {
            cell.exchange(9, 9);
        }

        /** Reads once. */
        @Actor
        public void reader(II_Result r) {
            long token;
            do {
                token = cell.readBegin();
                r.r1 = number(cell.readFirst(token));
                r.r2 = number(cell.readSecond(token));
            } while (cell.readRetry(token));
        }
    }

    /** Each pair that went in comes out once. */
    @JCStressTest
    @Outcome(id = "9, 1, 2", expect = ACCEPTABLE, desc = "The first exchange was first; each pair came out once.")
    @Outcome(id = "2, 9, 1", expect = ACCEPTABLE, desc = "The second exchange was first; each pair came out once.")
    @Outcome(expect = FORBIDDEN, desc = "A pair was lost or came out twice: the swing of LC1 -> LC2 is not one step.")
    @State
    public static class EachPairOutOnce extends Cell {
        /** Begins with pair 9. */
        public EachPairOutOnce() {
            exchange(9);
        }

        /** Puts 1 in. */
        @Actor
        public void one(III_Result r) {
            r.r1 = exchange(1);
        }

        /** Puts 2 in. */
        @Actor
        public void two(III_Result r) {
            r.r2 = exchange(2);
        }

        /** What is left. */
        @Arbiter
        public void rest(III_Result r) {
            r.r3 = number(cell.first(cell.clear()));
        }
    }

    /** Of one that clears and then looks, and one that stores and then asks isEmpty, one sees the other. */
    @JCStressTest
    @Outcome(id = "0, true", expect = ACCEPTABLE, desc = "The other's isEmpty saw the clear.")
    @Outcome(id = "1, false", expect = ACCEPTABLE, desc = "The clearer saw the other's store.")
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "Both saw each other.")
    @Outcome(id = "0, false", expect = FORBIDDEN, desc = "Both missed each other: LC7 <-> LC8 is broken.")
    @State
    public static class ClearOrSeen extends Cell {
        private volatile int flag;

        /** Begins with a pair. */
        public ClearOrSeen() {
            exchange(9);
        }

        /** Clears, then looks. */
        @Actor
        public void clearer(IZ_Result r) {
            cell.clear();
            r.r1 = flag;
        }

        /** Stores, then asks. */
        @Actor
        public void other(IZ_Result r) {
            flag = 1;
            r.r2 = cell.isEmpty();
        }
    }
}
