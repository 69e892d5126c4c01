// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.lateness.FloorMain;
import io.latchwork.bench.lateness.IdleMain;
import io.latchwork.bench.lateness.LatenessMain;
import io.latchwork.bench.lateness.ProbeMain;
import io.latchwork.bench.peers.Peers;
import io.latchwork.bench.suite.ChartSpec.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How late timers fire, and what that costs an idle machine. */
final class LatenessSuite implements Suite {
    private static final String SPIN = Peers.LOCKFREE + "-spin";
    private static final String HYBRID = Peers.LOCKFREE + "-hybrid";
    private static final String PARK = Peers.LOCKFREE + "-park";
    private static final List<String> OWN = List.of(PARK, HYBRID, SPIN);
    private static final String THREAD_POOL = "jdk-remove";
    private static final String FORK_JOIN = Peers.FORK_JOIN;
    private static final String WHEEL = Peers.NETTY_WHEEL;
    private static final List<String> PEERS = List.of(Peers.LOCKED_REENTRANT, THREAD_POOL, FORK_JOIN, WHEEL, "netty-executor",
        "kafka", "agrona-queue");
    private static final List<String> MORE_PEERS = List.of(Peers.LOCKED_SPIN, "jdk-keep", "netty-wheel-100ms");
    /** Those of them that keep a precise deadline, or are much used: what fits into the time of a quick run. */
    private static final List<String> QUICK_PEERS = List.of(THREAD_POOL, FORK_JOIN, WHEEL, "kafka", "agrona-queue");
    private static final List<String> MACHINE = List.of("machine-park", "machine-spin");
    private static final List<String> PROBED = List.of(Peers.LOCKFREE, Peers.LOCKED_REENTRANT, THREAD_POOL, FORK_JOIN, WHEEL);

    private static final String PACED = "paced";
    private static final String P99 = "paced: p99, median of slices";
    private static final String IDLE_CPU = "idle: CPU of the peer";
    private static final int FAR_TIMERS = 10_000;
    private static final Map<String, Integer> ONE_IN = new LinkedHashMap<>();

    static {
        ONE_IN.put("p50", 2);
        ONE_IN.put("p90", 10);
        ONE_IN.put("p99", 100);
        ONE_IN.put("p99.9", 1000);
    }

    @Override
    public String id() {
        return "lateness";
    }

    @Override
    public String title() {
        return "How late timers fire";
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        return plan.quick() ? quick() : full();
    }

    private static List<Task> quick() {
        final List<Task> tasks = new ArrayList<>();
        tasks.add(child("floor", "machine", FloorMain.class, "--times", "200"));
        OWN.forEach(peer -> tasks.add(late(peer, PACED, "none", 3)));
        QUICK_PEERS.forEach(peer -> tasks.add(late(peer, PACED, "none", 3)));
        for (final String load : List.of("gc", "cpu")) {
            OWN.forEach(peer -> tasks.add(late(peer, PACED, load, 1)));
            tasks.add(late(THREAD_POOL, PACED, load, 1));
        }
        OWN.forEach(peer -> tasks.add(late(peer, "steady", "none", 1)));
        List.of(HYBRID, THREAD_POOL, WHEEL).forEach(peer -> tasks.add(late(peer, "burst", "none", 2)));
        for (final String peer : List.of(PARK, HYBRID, SPIN, WHEEL)) {
            tasks.add(idle(peer, FAR_TIMERS, 1_500));
        }
        tasks.add(idle(HYBRID, 0, 1_500));
        tasks.add(probe(Peers.LOCKFREE, 1, 1_500));
        PROBED.forEach(peer -> tasks.add(probe(peer, 2, 1_500)));
        return tasks;
    }

    private static List<Task> full() {
        final List<Task> tasks = new ArrayList<>();
        final List<String> all = Stream.of(OWN, PEERS, MORE_PEERS).flatMap(List::stream).toList();
        tasks.add(child("floor", "machine", FloorMain.class, "--times", "2000"));
        Stream.concat(MACHINE.stream(), all.stream()).forEach(peer -> tasks.add(late(peer, PACED, "none", 10)));
        all.forEach(peer -> tasks.add(late(peer, "burst", "none", 10)));
        for (final String load : List.of("gc", "cpu")) {
            Stream.concat(OWN.stream(), PEERS.stream()).forEach(peer -> tasks.add(late(peer, PACED, load, 4)));
        }
        for (final String load : List.of("none", "gc", "cpu")) {
            Stream.concat(OWN.stream(), Stream.of(THREAD_POOL, FORK_JOIN, WHEEL))
                .forEach(peer -> tasks.add(late(peer, "steady", load, 5)));
        }
        for (final int timers : List.of(0, FAR_TIMERS)) {
            all.forEach(peer -> tasks.add(idle(peer, timers, 5_000)));
        }
        Stream.concat(PROBED.stream(), Stream.of(PARK, "kafka", "netty-executor", "agrona-queue")).forEach(peer -> {
            tasks.add(probe(peer, 1, 5_000));
            tasks.add(probe(peer, 2, 5_000));
        });
        return tasks;
    }

    private static Task late(final String peer, final String shape, final String load, final int slices) {
        return child(shape + (load.equals("none") ? " " : ", " + load + " load, ") + peer, peer, LatenessMain.class,
            "--peer", peer, "--shape", shape, "--load", load, "--slices", String.valueOf(slices));
    }

    private static Task idle(final String peer, final int timers, final int millis) {
        return child("idle " + peer + " " + timers, peer, IdleMain.class, "--peer", peer, "--timers", String.valueOf(timers),
            "--millis", String.valueOf(millis));
    }

    private static Task probe(final String peer, final int clients, final int millis) {
        return child("probe " + peer + " x" + clients, peer, ProbeMain.class, "--peer", peer,
            "--clients", String.valueOf(clients), "--millis", String.valueOf(millis));
    }

    private static Task child(final String label, final String peer, final Class<?> main, final String... arguments) {
        final ChildTask task = ChildTask.of(label, main, arguments).flags("-Xms1g", "-Xmx2g");
        return peer.equals(FORK_JOIN) ? task.jdk25() : task;
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        final Figures figures = new Figures(rows);
        final double bestPeer = Stream.of(PEERS, MORE_PEERS).flatMap(List::stream)
            .mapToDouble(peer -> of(figures, P99, peer)).filter(p99 -> !Double.isNaN(p99)).min().orElse(Double.NaN);
        final double early = rows.stream().filter(row -> row.what().endsWith(": early") && row.peer().startsWith(Peers.LOCKFREE))
            .mapToDouble(Row::value).reduce(Double::sum).orElse(Double.NaN);
        return List.of(
            Goal.atMost("paced, parking base: p50 to that of parkNanos beside it",
                of(figures, "paced: p50 to parkNanos, median of slices", PARK), 1.05),
            Goal.atMost("paced, spinning base: p99 less that of spinning on the same plan beside it, in us",
                of(figures, "paced: p99 over the same plan on the machine, median of slices", SPIN), 2),
            Goal.atMost("paced, hybrid base: p99 to the best peer's", of(figures, P99, HYBRID) / bestPeer, 1),
            Goal.atMost("idle hybrid base: % of a processor, " + FAR_TIMERS + " timers armed",
                figures.value(IDLE_CPU, HYBRID, FAR_TIMERS, -1), 2),
            Goal.atMost("idle hybrid base: % of a processor, nothing armed", figures.value(IDLE_CPU, HYBRID, 0, -1), 2),
            Goal.atMost("probe beside one client: p90 to alone",
                figures.value("probe beside clients: p90 to alone", Peers.LOCKFREE, -1, 1), 2),
            Goal.atMost("probe beside two clients: p90 to alone",
                figures.value("probe beside clients: p90 to alone", Peers.LOCKFREE, -1, 2), 2),
            Goal.atMost("probe beside two clients: heap growth, in whole MB",
                rounded(figures.value("probe beside clients: heap growth", Peers.LOCKFREE, -1, 2)), 0),
            Goal.atMost("early timers, in all of it", early, 0));
    }

    private static double of(final Figures figures, final String what, final String peer) {
        return figures.value(what, peer, -1, -1);
    }

    private static double rounded(final double value) {
        return Double.isNaN(value) ? value : Math.round(value);
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        final List<ChartSpec> charts = new ArrayList<>();
        Stream.of(PACED, "paced, gc load", "paced, cpu load", "steady", "steady, gc load", "steady, cpu load", "burst")
            .forEach(name -> percentiles(rows, name, charts));
        final List<String> probed = rows.stream().filter(row -> row.what().equals("probe alone: p90")).map(Row::peer).distinct()
            .toList();
        if (!probed.isEmpty()) {
            final Figures figures = new Figures(rows);
            charts.add(ChartSpec.bars("probe", "Lateness of one timer in ten, while two clients arm and cancel", "us", probed)
                .log(false, true)
                .with("alone", points(probed, peer -> figures.value("probe alone: p90", peer, -1, 0)))
                .with("beside two clients", points(probed, peer -> figures.value("probe beside clients: p90", peer, -1, 2))));
        }
        return charts;
    }

    private static void percentiles(final List<Row> rows, final String name, final List<ChartSpec> charts) {
        final Figures figures = new Figures(rows);
        final List<String> peers = rows.stream().filter(row -> row.what().equals(name + ": p50")).map(Row::peer).distinct()
            .toList();
        ChartSpec chart = ChartSpec.lines(name.replaceAll("[^a-z]+", "-"), "Lateness, " + name, "one timer in so many is later",
            "us").log(true, true);
        for (final String peer : peers) {
            chart = withCurve(chart, peer, figures, name + ": ", peer);
        }
        chart = withCurve(chart, "machine, parkNanos", figures, name + ": parkNanos beside it, ", PARK);
        chart = withCurve(chart, "machine, spinning", figures, name + ": spinning beside it, ", SPIN);
        if (!peers.isEmpty()) {
            charts.add(chart);
        }
    }

    private static ChartSpec withCurve(final ChartSpec chart, final String label, final Figures figures, final String prefix,
                                       final String peer) {
        final List<Point> curve = ONE_IN.entrySet().stream()
            .map(at -> new Point(at.getValue(), of(figures, prefix + at.getKey(), peer))).filter(point -> point.y() > 0).toList();
        return curve.isEmpty() ? chart : chart.with(label, curve);
    }

    private static List<Point> points(final List<String> peers, final ToDoubleFunction<String> value) {
        return IntStream.range(0, peers.size()).mapToObj(i -> new Point(i, value.applyAsDouble(peers.get(i))))
            .filter(point -> point.y() > 0).toList();
    }

    @Override
    public List<String> notes() {
        return List.of(
            "There is no coordinated omission: a plan says when each timer is armed and when it is to fire, before anything "
                + "runs, and lateness counts from the planned deadline. Delays are 0.1 to 20 ms at random. paced: one arm a "
                + "millisecond; steady: 10 000 arms a second; burst: 10 000 planned for one moment, so that arming slowly is "
                + "being late.",
            "\"beside it\": what the machine can do at all, measured in slices between those of the peer: parkNanos for 0.1 "
                + "to 10 ms and spinning for 0.1 ms, by a thread alone; and the same plan carried out by a thread that knows "
                + "all deadlines and parks or spins until each, which is also what machine-park and machine-spin are. \"median "
                + "of slices\": the figure of each slice, so that what disturbs one slice does not decide; all other figures "
                + "are of all slices.",
            "probe: a timer of 10 ms every 20 ms, while clients arm and cancel others without pause. With as many clients as "
                + "processors the timer's thread must be given a processor first; \"parking on the plan beside it\" is a thread "
                + "without timers in the same place. Peers whose clients wait for a lock give processors away, and lose pairs.",
            "Each peer is started anew for each slice, and the first 0.2 s do not count. The thread that arms works up to 2 "
                + "ms ahead of the plan; \"armed later than planned\" counts the timers for which it did not get to run in "
                + "time. CPU of other processes: while it is not near 0, the upper percentiles are theirs.");
    }
}
