// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.parts.Mailbox;
import io.latchwork.bench.parts.Mailboxes;
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
 * Handing items of work over to another thread, which does them all the time: the sustained rate. A sender whose next item is not
 * done yet waits for it. Run with {@code -t 2} for two senders.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class HandOverBench {
    private static final int SPINS = 100;

    /** A benchmark; its states hold everything. */
    public HandOverBench() {
        // nothing to set up
    }

    /** The mailbox, and the thread that does what comes in. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Its name. */
        @Param({"irqwork", "clq", "jctools-linked", "jctools-array"})
        public String kind;

        private Mailbox mailbox;
        private Thread drainer;
        private volatile boolean isOver;
        private long done;

        /** A state for JMH to set up. */
        public Shared() {
            // fields are set by JMH
        }

        /** Makes the mailbox, and starts the thread. */
        @Setup(Level.Trial)
        public void start() {
            mailbox = Mailboxes.of(kind);
            drainer = new Thread(this::drain, "drainer");
            drainer.setDaemon(true);
            drainer.start();
        }

        private void drain() {
            int idle = 0;
            while (!isOver) {
                idle = mailbox.drain() > 0 ? 0 : idle + 1;
                pause(idle);
            }
            mailbox.drain();
        }

        /**
         * Stops the thread.
         *
         * @throws InterruptedException if interrupted
         */
        @TearDown(Level.Trial)
        public void stop() throws InterruptedException {
            isOver = true;
            drainer.join();
        }

        /** How many items were done; after {@link #stop()}. */
        long done() {
            return done;
        }
    }

    private static void pause(final int round) {
        if (round > SPINS) {
            Thread.yield();
        } else if (round > 0) {
            Thread.onSpinWait();
        }
    }

    /** One sender's items. */
    @State(Scope.Thread)
    public static class Own {
        private static final int ITEMS = 1024;

        private Mailbox.Sender sender;
        private int next;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set by JMH
        }

        /**
         * Makes them.
         *
         * @param shared the mailbox
         */
        @Setup(Level.Trial)
        public void make(final Shared shared) {
            sender = shared.mailbox.sender(ITEMS, () -> shared.done++);
        }
    }

    /**
     * Hand the next item over.
     *
     * @param own the items
     */
    @Benchmark
    public void send(final Own own) {
        own.next = own.next + 1 & Own.ITEMS - 1;
        for (int round = 1; !own.sender.send(own.next); round++) {
            pause(round);
        }
    }
}
