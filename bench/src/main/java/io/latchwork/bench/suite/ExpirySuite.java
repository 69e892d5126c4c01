// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.expiry.ExpiryMain;
import io.latchwork.bench.peers.Peers;
import io.latchwork.bench.suite.ChartSpec.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What expiry costs: a million timers due within 50 ms. */
final class ExpirySuite implements Suite {
    private static final String LOCKFREE = Peers.LOCKFREE;
    private static final String WHEEL = Peers.NETTY_WHEEL;
    private static final String FORK_JOIN = Peers.FORK_JOIN;
    private static final String THREAD_POOL = "jdk-remove";
    private static final String WORK = "beforehand: work of a timer";
    private static final String LAST = "beforehand: to the last callback";
    private static final String LAST_OF_BOTH = "arm and fire: to the last callback";

    /** The best ones first, with what fits into the time of a quick run. */
    private static final List<String> QUICK_PEERS = List.of(LOCKFREE, WHEEL, "netty-wheel-100ms", "agrona-wheel-64us", "kafka",
        "lockfree-2-bases", Peers.LOCKED_SPIN, THREAD_POOL, FORK_JOIN);
    private static final List<String> MORE_PEERS = List.of("lockfree-4-bases", Peers.LOCKED_REENTRANT, "jdk-keep",
        "netty-executor", Peers.ONE_THREAD, "agrona-queue");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Override
    public String id() {
        return "expiry";
    }

    @Override
    public String title() {
        return "Expiry of a million timers within 50 ms";
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        final List<Task> tasks = new ArrayList<>();
        for (final String peer : QUICK_PEERS) {
            final boolean isLeader = peer.equals(LOCKFREE) || peer.equals(WHEEL);
            tasks.add(plan.quick() ? task(peer, isLeader ? quickLeader() : quickOther()) : task(peer, full()));
        }
        if (!plan.quick()) {
            MORE_PEERS.forEach(peer -> tasks.add(task(peer, full())));
        }
        return tasks;
    }

    private static List<String> quickLeader() {
        return List.of("--rounds", "3", "--warm-ups", "3", "--most-lead", "3000");
    }

    private static List<String> quickOther() {
        return List.of("--rounds", "1", "--warm-ups", "3", "--most-lead", "3000", "--no-order");
    }

    private static List<String> full() {
        return List.of("--rounds", "7", "--warm-ups", "5");
    }

    private static Task task(final String peer, final List<String> options) {
        final List<String> arguments = new ArrayList<>(List.of("--peer", peer));
        arguments.addAll(options);
        final ChildTask task = ChildTask.of("expiry " + peer, ExpiryMain.class, arguments.toArray(new String[0]))
            .flags("-Xms4g", "-Xmx4g").limit(LIMIT);
        return peer.equals(FORK_JOIN) ? task.jdk25() : task;
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        final Figures figures = new Figures(rows);
        final double work = of(figures, WORK, LOCKFREE);
        final double last = of(figures, LAST, LOCKFREE);
        return List.of(
            Goal.atMost("armed beforehand: work of a timer, in ns", work, 80),
            Goal.atMost("armed beforehand: timers out of order", of(figures, "beforehand: out of order", LOCKFREE), 0),
            Goal.atMost("armed beforehand: early timers", of(figures, "beforehand: early", LOCKFREE), 0),
            Goal.atMost("armed beforehand: work to that of " + WHEEL, work / of(figures, WORK, WHEEL), 1),
            Goal.atMost("armed beforehand: time to the last callback, to " + THREAD_POOL, last / of(figures, LAST, THREAD_POOL),
                1.0 / 4),
            Goal.atMost("armed beforehand: time to the last callback, to " + FORK_JOIN, last / of(figures, LAST, FORK_JOIN),
                1.0 / 4));
    }

    private static double of(final Figures figures, final String what, final String peer) {
        return figures.value(what, peer, -1, -1);
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        final List<String> peers = rows.stream().map(Row::peer).distinct().toList();
        if (peers.isEmpty()) {
            return List.of();
        }
        final Figures figures = new Figures(rows);
        return List.of(
            ChartSpec.bars("work", "Work of the expiring threads, a million timers", "ns a timer", peers).log(false, true)
                .with("armed beforehand", points(figures, WORK, peers))
                .with("armed meanwhile", points(figures, "arm and fire: work of a timer", peers)),
            ChartSpec.bars("time", "A million timers due within 50 ms: time to the last callback", "ms", peers).log(false, true)
                .with("armed beforehand, from the first deadline", points(figures, LAST, peers))
                .with("armed meanwhile, from the first arm", points(figures, LAST_OF_BOTH, peers)));
    }

    private static List<Point> points(final Figures figures, final String what, final List<String> peers) {
        return IntStream.range(0, peers.size()).mapToObj(i -> new Point(i, of(figures, what, peers.get(i))))
            .filter(point -> point.y() > 0).toList();
    }

    @Override
    public List<String> notes() {
        return List.of(
            "Each figure is the median of several rounds of 1 000 000 timers with random delays of 0 to 50 ms. \"arm and "
                + "fire\": each delay counts from the timer's own arming, and they expire meanwhile. \"beforehand\": all are "
                + "armed before the first is due, and time counts from then.",
            "Work is the processor time of all threads of the peer in that time, for a timer; of a wheel without a thread, "
                + "that of the caller that polls it. A base that keeps up with the clock spins between deadlines, so that about "
                + "50 ns are the least.",
            "Out of order: how often a thread fired a timer whose deadline is before that of the one it had just fired. Peers "
                + "that take only delays read the clock once more, which alone puts close deadlines out of order.");
    }
}
