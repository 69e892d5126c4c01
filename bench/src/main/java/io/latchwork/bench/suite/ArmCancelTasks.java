// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.jmh.ArmCancelBench;
import io.latchwork.bench.jmh.ArmLatencyBench;
import io.latchwork.bench.jmh.FreshArmBench;
import io.latchwork.bench.jmh.LimitBench;
import io.latchwork.bench.jmh.PeersBench;
import io.latchwork.bench.peers.Peers;
import java.util.ArrayList;
import java.util.List;

/** What the suite {@code armcancel} measures. What is compared most is measured side by side. */
final class ArmCancelTasks {
    private static final Effort LIMIT = new Effort(1, 15, 25, 20);
    private static final Effort FEW_BATCHES = new Effort(1, 4, 10, 30);
    private static final List<Integer> QUICK_PENDING = List.of(ArmCancelSuite.FEW, ArmCancelSuite.USUAL, 1_000_000);
    private static final List<Integer> PENDING = List.of(0, ArmCancelSuite.FEW, ArmCancelSuite.USUAL, 1_000_000, 10_000_000);
    private static final Effort ONE_FORK = new Effort(1, Effort.FULL.warmups(), Effort.FULL.iterations(), Effort.FULL.millis());
    private static final int MANY = 1_000_000;
    private static final String[] BIG_HEAP = {"-Xms12g", "-Xmx12g"};
    private static final List<String> QUICK_GROWTH = List.of(Peers.LOCKFREE, Peers.LOCKED_SPIN, "jdk-remove", Peers.NETTY_WHEEL);
    private static final List<String> QUICK_REARMED =
        List.of(Peers.LOCKFREE, Peers.LOCKED_SPIN, Peers.FORK_JOIN, Peers.NETTY_WHEEL);
    private static final String SLOW_WHEEL = "netty-wheel-100ms";

    private final Plan plan;
    private final List<Integer> counts;
    private final List<Task> tasks = new ArrayList<>();

    ArmCancelTasks(final Plan plan) {
        this.plan = plan;
        this.counts = plan.threadCounts();
    }

    List<Task> all() {
        limits();
        addLimit("compareAndSet", "compareAndSet");
        addLimit("volatileRead", "volatile read");
        absolutePairs();
        limits();
        absoluteRearms();
        relativePairs();
        limits();
        relativeRearms();
        cancels();
        fresh();
        shared();
        latency();
        limits();
        return tasks;
    }

    private void limits() {
        addLimit("exchange", ArmCancelSuite.EXCHANGE);
        addLimit("nanoTime", ArmCancelSuite.NANO_TIME);
    }

    private void addLimit(final String method, final String what) {
        tasks.add(JmhTask.of(LimitBench.class, method).what(what).effort(LIMIT));
    }

    /** The pair at every number of others, because its growth is a goal; in short, of the locked variant at one only. */
    private void absolutePairs() {
        for (final int pending : plan.quick() ? QUICK_PENDING : PENDING) {
            for (final String peer : Peers.LIBRARY) {
                for (final int threads : counts) {
                    final boolean isMain = peer.equals(Peers.LOCKFREE) && threads == 1;
                    if (pending == ArmCancelSuite.USUAL || isMain || !plan.quick() && pending <= MANY) {
                        tasks.add(absolute("pairAbsolute", ArmCancelSuite.PAIR_ABSOLUTE, peer, pending, threads));
                    }
                }
            }
        }
    }

    private void absoluteRearms() {
        for (final int pending : plan.quick() ? List.of(ArmCancelSuite.USUAL) : PENDING.subList(0, PENDING.size() - 1)) {
            for (final String peer : Peers.LIBRARY) {
                for (final int threads : counts) {
                    tasks.add(absolute("rearmLaterAbsolute", ArmCancelSuite.LATER_ABSOLUTE, peer, pending, threads));
                    if (!plan.quick() || threads == 1) {
                        tasks.add(absolute("rearmEarlierAbsolute", ArmCancelSuite.EARLIER_ABSOLUTE, peer, pending, threads));
                    }
                }
            }
        }
    }

    private void relativePairs() {
        for (final int pending : plan.quick() ? QUICK_PENDING : PENDING) {
            for (final int threads : counts) {
                for (final String peer : Peers.ALL) {
                    if (plan.quick() ? isQuickPair(peer, pending, threads) : isPair(peer, pending, threads)) {
                        addRelative("pair", ArmCancelSuite.PAIR, peer, pending, threads);
                    }
                }
            }
        }
    }

    private static boolean isQuickPair(final String peer, final int pending, final int threads) {
        return pending == ArmCancelSuite.USUAL || threads == 1 && QUICK_GROWTH.contains(peer);
    }

    /** Agrona's wheel looks for a free place in a spoke, and would do so for hours. */
    private static boolean isPair(final String peer, final int pending, final int threads) {
        return pending <= MANY || threads == 1 && !peer.startsWith("agrona");
    }

    private void relativeRearms() {
        for (final int pending : plan.quick() ? List.of(ArmCancelSuite.USUAL) : List.of(ArmCancelSuite.USUAL, MANY)) {
            for (final int threads : counts) {
                for (final String peer : Peers.ALL) {
                    if (!plan.quick() || QUICK_REARMED.contains(peer)) {
                        addRelative("rearmLater", ArmCancelSuite.LATER, peer, pending, threads);
                    }
                    if (!plan.quick()) {
                        addRelative("rearmEarlier", ArmCancelSuite.EARLIER, peer, pending, threads);
                        addRelative("delayedPair", ArmCancelSuite.DELAYED_PAIR, peer, pending, threads);
                    }
                }
            }
        }
        if (plan.quick()) {
            addRelative("delayedPair", ArmCancelSuite.DELAYED_PAIR, Peers.LOCKFREE, ArmCancelSuite.USUAL, 1);
        }
    }

    private void cancels() {
        for (final String peer : plan.quick() ? Peers.LIBRARY : Peers.ALL) {
            for (final int threads : plan.quick() ? List.of(1) : counts) {
                if (isPossible(peer, threads)) {
                    tasks.add(peer(JmhTask.of(PeersBench.class, "cancelArmed"), peer).what(ArmCancelSuite.CANCEL_ARMED)
                        .pending(ArmCancelSuite.USUAL).threads(threads).clientOnly());
                }
            }
        }
        for (final String peer : plan.quick() ? List.of(Peers.LOCKFREE) : Peers.LIBRARY) {
            tasks.add(absolute("cancelIdle", ArmCancelSuite.CANCEL_IDLE, peer, ArmCancelSuite.USUAL, 1));
        }
    }

    private void fresh() {
        for (final int threads : plan.quick() ? List.of(1) : counts) {
            for (final String peer : Peers.ALL) {
                if (!peer.equals(Peers.ONE_THREAD)) {
                    final JmhTask task = peer(JmhTask.of(FreshArmBench.class, "arm"), peer).what(ArmCancelSuite.FRESH)
                        .pending(ArmCancelSuite.USUAL).threads(threads);
                    tasks.add(peer.equals(SLOW_WHEEL) ? task.effort(FEW_BATCHES) : task);
                }
            }
        }
    }

    private void shared() {
        if (plan.threads() == 1) {
            return;
        }
        tasks.add(JmhTask.of(LimitBench.class, "sharedExchange").what("getAndSet on one word").threads(plan.threads())
            .effort(LIMIT));
        for (final String peer : Peers.LIBRARY) {
            tasks.add(absolute("sharedPairAbsolute", ArmCancelSuite.SHARED_PAIR, peer, ArmCancelSuite.USUAL, plan.threads()));
            if (!plan.quick()) {
                tasks.add(absolute("sharedRearmLaterAbsolute", ArmCancelSuite.SHARED_LATER, peer, ArmCancelSuite.USUAL,
                    plan.threads()));
            }
        }
    }

    private void latency() {
        final int threads = Math.min(2, plan.threads());
        tasks.add(JmhTask.of(ArmLatencyBench.class, "nothing").what(ArmCancelSuite.LATENCY).threads(threads).sampled());
        for (final String peer : Peers.ALL) {
            if (isPossible(peer, threads)) {
                tasks.add(peer(JmhTask.of(ArmLatencyBench.class, "arm"), peer).what(ArmCancelSuite.LATENCY)
                    .pending(ArmCancelSuite.FEW).threads(threads).sampled().clientOnly());
            }
        }
    }

    private JmhTask absolute(final String method, final String what, final String peer, final int pending, final int threads) {
        return heap(JmhTask.of(ArmCancelBench.class, method).what(what).peer("variant", peer).pending(pending).threads(threads),
            pending);
    }

    private void addRelative(final String method, final String what, final String peer, final int pending, final int threads) {
        if (isPossible(peer, threads)) {
            tasks.add(heap(peer(JmhTask.of(PeersBench.class, method), peer).what(what).pending(pending).threads(threads),
                pending));
        }
    }

    private static boolean isPossible(final String peer, final int threads) {
        return threads == 1 || !peer.equals(Peers.ONE_THREAD);
    }

    private static JmhTask peer(final JmhTask task, final String peer) {
        task.peer("peer", peer);
        return peer.equals(Peers.FORK_JOIN) ? task.jdk25() : task;
    }

    /** What takes minutes to set up is measured in one JVM only, with room for it. */
    private static JmhTask heap(final JmhTask task, final int pending) {
        return pending > MANY ? task.flags(BIG_HEAP).effort(ONE_FORK) : task;
    }
}
