// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.alternatives;

import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures one candidate: processor time of the thread, rounds of the same work, the first ones to warm up. */
@Command(name = "queue", description = "Measures an expiry queue.")
public final class QueueMain implements Callable<Integer> {
    /** As in a million timers that are due within 50 ms. */
    private static final long GAP_NS = 50;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long STEP_NS = 100_000;
    private static final int OPERATIONS = 100_000;

    @Option(names = "--candidate", required = true, description = "heap or queue")
    private String name;

    @Option(names = "--timers", required = true, description = "how many")
    private int timers;

    @Option(names = "--rounds", defaultValue = "7", description = "the first two do not count; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--seed", defaultValue = "1", description = "of the deadlines; default ${DEFAULT-VALUE}")
    private long seed;

    private final PrintStream out;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /**
     * A measurement, for picocli to fill in.
     *
     * @param out where to print the figures
     */
    QueueMain(final PrintStream out) {
        this.out = out;
    }

    /**
     * Measures.
     *
     * @param args the options
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new QueueMain(System.out)).execute(args));
    }

    @Override
    public Integer call() {
        final SplittableRandom random = new SplittableRandom(seed);
        final Candidate candidate = Candidate.of(name, timers);
        final int operations = Math.max(timers, OPERATIONS) / timers;
        long now = HOUR_NS;
        final List<Double> inserts = new ArrayList<>();
        final List<Double> expiries = new ArrayList<>();
        final List<Double> moves = new ArrayList<>();
        final List<Double> polls = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            now += HOUR_NS;
            final long from = now;
            inserts.add(perTimer(operations, timer -> candidate.insert(timer, from + random.nextLong(HOUR_NS)),
                () -> empty(candidate, from + HOUR_NS)));
            moves.add(time(OPERATIONS, any ->
                candidate.move(random.nextInt(timers), from + random.nextLong(HOUR_NS))));
            polls.add(time(OPERATIONS, i -> poll(candidate, from)));
            empty(candidate, from + HOUR_NS);
            now += HOUR_NS;
            final long[] next = {now};
            expiries.add(expire(candidate, random, operations, next));
            now = next[0];
        }
        print("queue: insert, within an hour", inserts);
        print("queue: move, within an hour", moves);
        print("queue: poll, nothing due", polls);
        print("queue: take out, one every 50 ns", expiries);
        return 0;
    }

    private void poll(final Candidate candidate, final long now) {
        if (candidate.firstKey(now - 1) < now) {
            throw new IllegalStateException("something is due");
        }
    }

    /** All timers, some times over, with the emptying in between not counted. */
    private double perTimer(final int times, final IntConsumer work, final Runnable between) {
        double sum = 0;
        for (int i = 0; i < times; i++) {
            if (i > 0) {
                between.run();
            }
            sum += time(timers, work);
        }
        return sum / times;
    }

    private double expire(final Candidate candidate, final SplittableRandom random, final int times, final long[] now) {
        double sum = 0;
        for (int i = 0; i < times; i++) {
            final long from = now[0];
            for (int timer = 0; timer < timers; timer++) {
                candidate.insert(timer, from + HOUR_NS + random.nextLong(timers * GAP_NS));
            }
            final long begin = threads.getCurrentThreadCpuTime();
            final long end = empty(candidate, from + HOUR_NS);
            sum += (double) (threads.getCurrentThreadCpuTime() - begin) / timers;
            now[0] = end + HOUR_NS;
        }
        return sum / times;
    }

    /** Lets time go on until all have been taken out, in order. Returns the time then. */
    private long empty(final Candidate candidate, final long from) {
        long now = from - HOUR_NS;
        long last = 0;
        while (candidate.size() > 0) {
            now = Math.max(now + STEP_NS, candidate.firstKey(now));
            for (long key = candidate.firstKey(now); key <= now && candidate.size() > 0; key = candidate.firstKey(now)) {
                if (key < last) {
                    throw new IllegalStateException("out of order");
                }
                last = key;
                candidate.takeFirst();
            }
        }
        return Math.max(now, from);
    }

    private double time(final int count, final IntConsumer work) {
        final long begin = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < count; i++) {
            work.accept(i);
        }
        return (double) (threads.getCurrentThreadCpuTime() - begin) / count;
    }

    private void print(final String what, final List<Double> samples) {
        final double median = samples.stream().skip(2).sorted().skip((samples.size() - 2) / 2).findFirst().orElse(Double.NaN);
        out.println(RowLine.of(Row.of(what, name, timers, 1, median, Row.NS)));
    }
}
