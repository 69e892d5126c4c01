// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A ratio of two figures of one run, and what it should be.
 *
 * @param what in words
 * @param value the ratio
 * @param limit what it should not be above, or, if it is a lead over a peer, not below
 * @param isLead whether more is better
 */
record Goal(String what, double value, double limit, boolean isLead) {
    private static final int PENDING = 100_000;
    private static final String LOCKFREE = "lockfree";

    boolean isMet() {
        return isLead ? value >= limit : value <= limit;
    }

    String shown() {
        return String.format(Locale.ROOT, "%.2f (%s %s)", value, isLead ? "at least" : "at most",
            String.format(Locale.ROOT, "%.2f", limit));
    }

    /** The goals that these rows can decide. */
    static List<Goal> of(final List<Row> rows) {
        final List<Goal> goals = new ArrayList<>();
        final OptionalDouble exchange = ns(rows, Suite.EXCHANGE, "machine", -1, 1);
        final OptionalDouble nanoTime = ns(rows, Suite.NANO_TIME, "machine", -1, 1);
        final OptionalDouble pair = ns(rows, "pair, absolute", LOCKFREE, PENDING, 1);
        add(goals, "pair, absolute, in getAndSet", pair, exchange, 5, false);
        add(goals, "re-arm later, absolute, in getAndSet", ns(rows, "re-arm later, absolute", LOCKFREE, PENDING, 1), exchange,
            2.5, false);
        final OptionalDouble relative = ns(rows, "pair, relative", LOCKFREE, PENDING, 1);
        if (relative.isPresent() && pair.isPresent()) {
            add(goals, "pair, relative less absolute, in nanoTime",
                OptionalDouble.of(relative.getAsDouble() - pair.getAsDouble()), nanoTime, 1.2, false);
        }
        final OptionalDouble two = ns(rows, "pair, absolute", LOCKFREE, PENDING, 2);
        add(goals, "pair, absolute, of two threads to one", two, pair, 1.1, false);
        final OptionalDouble twoRelative = ns(rows, "pair, relative", LOCKFREE, PENDING, 2);
        addLead(goals, rows, twoRelative, "locked-spin", 8);
        addLead(goals, rows, twoRelative, "netty-wheel-1ms", 5);
        addLead(goals, rows, twoRelative, "jdk-forkjoin", 2.5);
        rows.stream().filter(row -> is(row, "pair, absolute", LOCKFREE, PENDING, 1)).findFirst().ifPresent(row -> {
            goals.add(new Goal("processor time of a pair, in its caller's own time", row.cpuNs() / row.ns(), 1.2, false));
            goals.add(new Goal("bytes of a pair", Math.round(row.bytes()), 0, false));
        });
        addGrowth(goals, rows);
        return goals;
    }

    private static void addGrowth(final List<Goal> goals, final List<Row> rows) {
        rows.stream().filter(row -> row.what().equals("pair, absolute") && row.peer().equals(LOCKFREE) && row.threads() == 1)
            .reduce((a, b) -> a.pending() > b.pending() ? a : b)
            .ifPresent(most -> add(goals, "pair, absolute, " + most.pending() + " others to 1000",
                OptionalDouble.of(most.ns()), ns(rows, "pair, absolute", LOCKFREE, 1_000, 1), 1.5, false));
    }

    private static void addLead(final List<Goal> goals, final List<Row> rows, final OptionalDouble own, final String peer,
                                final double limit) {
        add(goals, "pair, relative, two threads: lead over " + peer, ns(rows, "pair, relative", peer, PENDING, 2), own, limit,
            true);
    }

    private static void add(final List<Goal> goals, final String what, final OptionalDouble value, final OptionalDouble unit,
                            final double limit, final boolean isLead) {
        if (value.isPresent() && unit.isPresent()) {
            goals.add(new Goal(what, value.getAsDouble() / unit.getAsDouble(), limit, isLead));
        }
    }

    private static boolean is(final Row row, final String what, final String peer, final int pending, final int threads) {
        return row.what().equals(what) && row.peer().equals(peer) && row.pending() == pending && row.threads() == threads;
    }

    private static OptionalDouble ns(final List<Row> rows, final String what, final String peer, final int pending,
                                     final int threads) {
        return rows.stream().filter(row -> is(row, what, peer, pending, threads)).mapToDouble(Row::ns).findFirst();
    }
}
