// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.parts.PairCell;
import io.latchwork.bench.parts.PairCells;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading and replacing a pair of references: what a control block does with its program and callback. Run with {@code -t 2} for
 * two threads on one cell; with {@code written} one more thread replaces the pair all the time.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class PairCellBench {
    /** A benchmark; its states hold everything. */
    public PairCellBench() {
        // nothing to set up
    }

    /** The cell. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Its name. */
        @Param({"latchcell", "record", "stamped", "synchronized", "machine"})
        public String kind;

        /** Whether somebody else writes. */
        @Param({"false", "true"})
        public boolean written;

        private PairCell cell;
        private Thread writer;
        private volatile boolean isOver;

        /** A state for JMH to set up. */
        public Shared() {
            // fields are set by JMH
        }

        /** Makes the cell, and starts the writer. */
        @Setup(Level.Trial)
        public void make() {
            cell = PairCells.of(kind, new Object(), new Object());
            if (written) {
                writer = new Thread(this::write, "writer");
                writer.setDaemon(true);
                writer.start();
            }
        }

        private void write() {
            final Object first = new Object();
            final Object second = new Object();
            while (!isOver) {
                cell.exchange(first, second);
            }
        }

        /**
         * Stops the writer.
         *
         * @throws InterruptedException if interrupted
         */
        @TearDown(Level.Trial)
        public void stop() throws InterruptedException {
            isOver = true;
            if (writer != null) {
                writer.join();
            }
        }
    }

    /** What one thread puts into the cell. */
    @State(Scope.Thread)
    public static class Own {
        private final Object first = new Object();
        private final Object second = new Object();

        /** A state for JMH to set up. */
        public Own() {
            // nothing to set up
        }
    }

    /**
     * Read both halves.
     *
     * @param shared the cell
     * @return one of them
     */
    @Benchmark
    public Object read(final Shared shared) {
        return shared.cell.read();
    }

    /**
     * Replace the pair, and let go of the one before.
     *
     * @param shared the cell
     * @param own the new pair
     * @return one half of the old pair
     */
    @Benchmark
    public Object exchange(final Shared shared, final Own own) {
        return shared.cell.exchange(own.first, own.second);
    }
}
