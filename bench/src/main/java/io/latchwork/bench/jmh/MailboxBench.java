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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Handing items of work over to the thread that does them, by one thread alone. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Thread)
public class MailboxBench {
    /** Items that are handed over before they are done. */
    static final int BATCH = 64;

    /** The mailbox's name. */
    @Param({"irqwork", "clq", "jctools-linked", "jctools-array"})
    public String kind;

    private Mailbox mailbox;
    private Mailbox.Sender sender;
    private long done;

    /** A benchmark for JMH to set up. */
    public MailboxBench() {
        // fields are set by JMH
    }

    /** Makes the mailbox. */
    @Setup(Level.Trial)
    public void make() {
        mailbox = Mailboxes.of(kind);
        sender = mailbox.sender(BATCH, () -> done++);
    }

    /** How many items were done. */
    long done() {
        return done;
    }

    /**
     * Hand items over, then do them all.
     *
     * @return how many were done
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int queueAndDrain() {
        for (int i = 0; i < BATCH; i++) {
            sender.send(i);
        }
        return mailbox.drain();
    }
}
