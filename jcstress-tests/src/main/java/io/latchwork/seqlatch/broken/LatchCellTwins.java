// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch.broken;

import io.latchwork.seqlatch.LatchCell;
import io.latchwork.seqlatch.LatchCellStress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** The claims of {@link LatchCellStress} over a cell with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class LatchCellTwins {

    /** The reader does not ask whether to retry: LC4 is gone. */
    @JCStressTest
    @JCStressMeta(LatchCellStress.PairIsWhole.class)
    @State
    public static class NoRecheck {
        private final LatchCell<Integer, Integer> cell = new LatchCell<>(4);

        /** Fills and empties slots under the reader. */
        @Actor
        public void writer() {
            cell.free(cell.exchange(1, 1));
            cell.free(cell.exchange(2, 2));
        }

        /** Reads once and believes it. */
        @Actor
        public void reader(II_Result r) {
            long token = cell.readBegin();
            Integer first = cell.readFirst(token);
            Integer second = cell.readSecond(token);
            r.r1 = first == null ? 0 : first;
            r.r2 = second == null ? 0 : second;
        }
    }

    /** The control word names the slot before the pair is in it: LC1 comes too early. */
    @JCStressTest
    @JCStressMeta(LatchCellStress.PublishedFilled.class)
    @State
    public static class PublishedEmpty {
        private final AtomicInteger control = new AtomicInteger();
        private final AtomicIntegerArray cells = new AtomicIntegerArray(new int[] {8, 8, 0, 0});

        /** Swings, then fills. */
        @Actor
        public void writer() {
            control.set(2);
            cells.setOpaque(2, 9);
            cells.setOpaque(3, 9);
        }

        /** The correct reader. */
        @Actor
        public void reader(II_Result r) {
            int at;
            do {
                at = control.getAcquire();
                r.r1 = cells.getOpaque(at);
                r.r2 = cells.getOpaque(at + 1);
            } while (control.getAcquire() != at);
        }
    }

    /** The swing is a load and a store in place of one CAS. */
    @JCStressTest
    @JCStressMeta(LatchCellStress.EachPairOutOnce.class)
    @State
    public static class SwingInTwoSteps {
        private final AtomicInteger control = new AtomicInteger(9);

        private int exchange(int value) {
            int replaced = control.getAcquire();
            control.setRelease(value);
            return replaced;
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
            r.r3 = control.get();
        }
    }

    /** The swing is a release store, which a later load may pass. */
    @JCStressTest
    @JCStressMeta(LatchCellStress.ClearOrSeen.class)
    @State
    public static class ClearByRelease {
        private final AtomicInteger control = new AtomicInteger(9);
        private volatile int flag;

        /** Clears, then looks. */
        @Actor
        public void clearer(IZ_Result r) {
            control.setRelease(0);
            r.r1 = flag;
        }

        /** Stores, then asks. */
        @Actor
        public void other(IZ_Result r) {
            flag = 1;
            r.r2 = control.get() == 0;
        }
    }
}
