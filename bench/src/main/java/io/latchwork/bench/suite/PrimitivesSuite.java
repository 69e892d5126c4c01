// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.jmh.GracePeriodBench;
import io.latchwork.bench.jmh.HandOverBench;
import io.latchwork.bench.jmh.KeyedMapBench;
import io.latchwork.bench.jmh.LimitBench;
import io.latchwork.bench.jmh.MailboxBench;
import io.latchwork.bench.jmh.PairCellBench;
import io.latchwork.bench.jmh.ReadGuardBench;
import io.latchwork.bench.jmh.SynchronizeBench;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What timers are made of, part by part, beside what others would use in its place. */
final class PrimitivesSuite implements Suite {
    private static final String KIND = "kind";
    private static final String EXCHANGE = "getAndSet";
    private static final String PAIR_READ = "pair read";
    private static final String PAIR_READ_WRITTEN = "pair read beside a writer";
    private static final String PAIR_EXCHANGE = "pair exchange";
    private static final String GUARDED_READ = "guarded read";
    private static final String CALL_RCU = "callRcu";
    private static final String QUEUE_AND_DRAIN = "queue and drain";
    private static final String HAND_OVER = "hand over";
    private static final String LOOKUP = "map lookup";
    private static final String UPDATE = "map update";
    private static final String INSERT_AND_DELETE = "map insert and delete";

    private static final String CELL = "latchcell";
    private static final String RCU = "rcu";
    private static final String ASYMMETRIC = "rcu-asymmetric";
    private static final String IRQ_WORK = "irqwork";
    private static final String MAP = "bpf-hash";
    private static final String SINGLE_THREADED = "agrona";

    private static final List<String> CELLS = List.of(CELL, "record", "stamped", "synchronized", Row.MACHINE);
    private static final List<String> GUARDS = List.of(RCU, ASYMMETRIC, "reentrant-rw", "stamped", "stamped-optimistic",
        Row.MACHINE);
    private static final List<String> MAILBOXES = List.of(IRQ_WORK, "clq", "jctools-linked", "jctools-array");
    private static final List<String> MAPS = List.of(MAP, "chm", "jctools", SINGLE_THREADED);
    private static final int ENTRIES = 100_000;

    @Override
    public String id() {
        return "primitives";
    }

    @Override
    public String title() {
        return "What timers are made of, beside what others would use in its place";
    }

    @Override
    public List<String> notes() {
        return List.of(
            "A pair exchange includes letting go of the pair that was replaced. The machine's figures are those of a bare "
                + "volatile read and of a getAndSet of one reference, with the collector's barriers.",
            "A bare reading of a guard is a volatile read; stamped-optimistic is for readers that no writer waits for.",
            "Handing over is a sustained rate: senders wait for a thread that does what comes in, and on few processors all of "
                + "them compete.");
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        final List<Task> tasks = new ArrayList<>();
        tasks.add(JmhTask.of(LimitBench.class, "exchange").what(EXCHANGE));
        addCells(tasks, plan);
        for (final String kind : GUARDS) {
            for (final int threads : plan.threadCounts()) {
                final JmhTask task =
                    JmhTask.of(ReadGuardBench.class, "read").what(GUARDED_READ).peer(KIND, kind).threads(threads);
                tasks.add(kind.equals(ASYMMETRIC) ? task.jdk25().flags("--enable-native-access=ALL-UNNAMED") : task);
            }
        }
        addGracePeriods(tasks);
        for (final String kind : MAILBOXES) {
            tasks.add(JmhTask.of(MailboxBench.class, "queueAndDrain").what(QUEUE_AND_DRAIN).peer(KIND, kind));
            for (final int threads : plan.threadCounts()) {
                tasks.add(JmhTask.of(HandOverBench.class, "send").what(HAND_OVER).peer(KIND, kind).threads(threads));
            }
        }
        addMaps(tasks, plan);
        return tasks;
    }

    private static void addCells(final List<Task> tasks, final Plan plan) {
        for (final String kind : CELLS) {
            for (final int threads : plan.threadCounts()) {
                tasks.add(cell("read", PAIR_READ, kind, false).threads(threads));
                tasks.add(cell("exchange", PAIR_EXCHANGE, kind, false).threads(threads));
            }
            tasks.add(cell("read", PAIR_READ_WRITTEN, kind, true));
        }
    }

    private static JmhTask cell(final String method, final String what, final String kind, final boolean written) {
        return JmhTask.of(PairCellBench.class, method).what(what).peer(KIND, kind).param("written", String.valueOf(written));
    }

    private static void addGracePeriods(final List<Task> tasks) {
        tasks.add(JmhTask.of(GracePeriodBench.class, "callRcu").what(CALL_RCU).peer(RCU));
        for (final int readers : new int[] {0, 1}) {
            for (final String method : List.of("synchronize", "synchronizeExpedited", "writeLock")) {
                tasks.add(JmhTask.of(SynchronizeBench.class, method).what(method + (readers == 0 ? "" : " beside a reader"))
                    .peer(method.equals("writeLock") ? "reentrant-rw" : RCU).param("readers", String.valueOf(readers)));
            }
        }
    }

    private static void addMaps(final List<Task> tasks, final Plan plan) {
        for (final String kind : MAPS) {
            for (final int threads : kind.equals(SINGLE_THREADED) ? List.of(1) : plan.threadCounts()) {
                tasks.add(map("lookup", LOOKUP, kind).threads(threads));
                if (threads == 1 || !plan.quick()) {
                    tasks.add(map("update", UPDATE, kind).threads(threads));
                    tasks.add(map("insertAndDelete", INSERT_AND_DELETE, kind).threads(threads));
                }
            }
        }
    }

    private static JmhTask map(final String method, final String what, final String kind) {
        return JmhTask.of(KeyedMapBench.class, method).what(what).peer(KIND, kind).param("entries", String.valueOf(ENTRIES));
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        final Figures figures = new Figures(rows);
        return List.of(
            Goal.atMost("LatchCell read, in bare volatile reads",
                figures.value(PAIR_READ, CELL, -1, 1) / figures.value(PAIR_READ, Row.MACHINE, -1, 1), 2),
            Goal.atMost("LatchCell exchange, in getAndSet",
                figures.value(PAIR_EXCHANGE, CELL, -1, 1) / figures.limit(EXCHANGE), 3),
            Goal.atMost("RCU lock and unlock, ns more than a bare volatile read",
                figures.value(GUARDED_READ, RCU, -1, 1) - figures.value(GUARDED_READ, Row.MACHINE, -1, 1), 2),
            Goal.atMost("the same with asymmetric readers",
                figures.value(GUARDED_READ, ASYMMETRIC, -1, 1) - figures.value(GUARDED_READ, Row.MACHINE, -1, 1), 2),
            Goal.atMost("callRcu, ns", figures.value(CALL_RCU, RCU, -1, 1), 10),
            Goal.atMost("bytes allocated by any of: pair read and exchange, guarded read, callRcu, queue and drain, map lookup "
                + "and update", Math.ceil(most(figures)), 0));
    }

    /** The most bytes; what a JVM allocates by itself while it measures is a small part of one. */
    private static double most(final Figures figures) {
        final double noise = 0.5;
        final double bytes = Stream.of(new String[][] {{PAIR_READ, CELL}, {PAIR_EXCHANGE, CELL}, {GUARDED_READ, RCU},
            {CALL_RCU, RCU}, {QUEUE_AND_DRAIN, IRQ_WORK}, {LOOKUP, MAP}, {UPDATE, MAP}})
            .flatMapToDouble(each -> DoubleStream.of(figures.bytes(each[0], each[1], -1, 1))).reduce(0, Math::max);
        return bytes < noise ? 0 : bytes;
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        final Figures figures = new Figures(rows);
        final List<ChartSpec> charts = new ArrayList<>();
        charts.addAll(new Bars(figures, List.of(new Bars.Group("read", PAIR_READ, -1, 1),
            new Bars.Group("read, 2 threads", PAIR_READ, -1, 2), new Bars.Group("read beside a writer", PAIR_READ_WRITTEN, -1, 1),
            new Bars.Group("exchange", PAIR_EXCHANGE, -1, 1), new Bars.Group("exchange, 2 threads", PAIR_EXCHANGE, -1, 2)))
            .chart("pairs", "A pair of references", Row.NS, CELLS));
        charts.addAll(new Bars(figures, List.of(new Bars.Group("1 thread", GUARDED_READ, -1, 1),
            new Bars.Group("2 threads", GUARDED_READ, -1, 2)))
            .chart("guards", "A read that a writer can wait for", Row.NS, GUARDS));
        charts.addAll(new Bars(figures, List.of(new Bars.Group("queue and drain", QUEUE_AND_DRAIN, -1, 1),
            new Bars.Group("hand over", HAND_OVER, -1, 1), new Bars.Group("hand over, 2 senders", HAND_OVER, -1, 2)))
            .chart("mailboxes", "An item of work, to another thread", Row.NS, MAILBOXES));
        charts.addAll(new Bars(figures, List.of(new Bars.Group("lookup", LOOKUP, -1, 1),
            new Bars.Group("lookup, 2 threads", LOOKUP, -1, 2), new Bars.Group("update", UPDATE, -1, 1),
            new Bars.Group("insert and delete", INSERT_AND_DELETE, -1, 1)))
            .chart("maps", "A map of " + ENTRIES + " entries", Row.NS, MAPS));
        return charts;
    }
}
