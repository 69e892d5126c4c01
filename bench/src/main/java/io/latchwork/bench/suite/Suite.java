// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.jmh.ArmCancelBench;
import io.latchwork.bench.jmh.LimitBench;
import io.latchwork.bench.jmh.PeersBench;
import io.latchwork.bench.suite.Cell.PeerParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A set of cells that belong into one table, with the limits of the machine among them. */
enum Suite {
    /** What a caller pays for arming, re-arming and cancelling, beside the limits and the peers. */
    ARMCANCEL("arming, re-arming and cancelling, beside the peers") {
        @Override
        List<Cell> cells(final boolean quick, final int threads) {
            final List<Cell> cells = limits();
            final int[] pending = quick ? new int[] {1_000, 100_000} : new int[] {0, 1_000, 100_000, 1_000_000, 10_000_000};
            for (final int others : pending) {
                for (final String peer : List.of("lockfree", "locked-spin", "locked-reentrant")) {
                    for (int n = 1; n <= threads; n *= 2) {
                        cells.add(absolute("armCancelAbsolute", "pair, absolute", peer, others, n));
                        cells.add(absolute("rearmLaterAbsolute", "re-arm later, absolute", peer, others, n));
                    }
                }
            }
            for (final int others : pending) {
                for (final String peer : PEERS) {
                    for (int n = 1; n <= threads; n *= 2) {
                        if (!quick || others == 100_000) {
                            addRelative(cells, peer, others, n, quick);
                        }
                    }
                }
            }
            return cells;
        }

        private void addRelative(final List<Cell> cells, final String peer, final int others, final int threads,
                                 final boolean quick) {
            if (peer.equals("agrona-wheel") && threads > 1) {
                return; // is for one thread
            }
            cells.add(relative("pair", "pair, relative", peer, others, threads));
            if (!quick) {
                cells.add(relative("delayedPair", "delayed pair, relative", peer, others, threads));
            }
            cells.add(relative("rearmLater", "re-arm later, relative", peer, others, threads));
        }
    };

    static final String EXCHANGE = "getAndSet";
    static final String NANO_TIME = "nanoTime";

    private static final List<String> PEERS = List.of("lockfree", "locked-spin", "locked-reentrant", "jdk-remove", "jdk-keep",
        "jdk-forkjoin", "netty-wheel-1ms", "netty-wheel-100ms", "netty-executor", "kafka", "agrona-wheel", "agrona-queue");

    private final String title;

    Suite(final String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The cells, in the order to measure them in.
     *
     * @param quick a few of them
     * @param threads the most threads
     * @return the cells
     */
    abstract List<Cell> cells(boolean quick, int threads);

    private static List<Cell> limits() {
        final String name = LimitBench.class.getName();
        return new ArrayList<>(List.of(
            new Cell(name + ".exchange", EXCHANGE, null, -1, 1), new Cell(name + ".nanoTime", NANO_TIME, null, -1, 1)));
    }

    private static Cell absolute(final String method, final String what, final String peer, final int pending,
                                 final int threads) {
        return new Cell(ArmCancelBench.class.getName() + "." + method, what, new PeerParam("variant", peer), pending, threads);
    }

    private static Cell relative(final String method, final String what, final String peer, final int pending,
                                 final int threads) {
        return new Cell(PeersBench.class.getName() + "." + method, what, new PeerParam("peer", peer), pending, threads);
    }
}
