// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.expiry;

import io.latchwork.bench.expiry.Expiry.Times;
import io.latchwork.bench.meter.OtherLoad;
import io.latchwork.bench.meter.PeerThreads;
import io.latchwork.bench.peers.Peer;
import io.latchwork.bench.peers.Peers;
import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures expiry of one peer: smaller rounds to warm up, then several of each sort, then one that looks at the order. */
@Command(name = "expiry", description = "Measures what expiry costs.")
public final class ExpiryMain implements Callable<Integer> {
    private static final int WARM_UP_PART = 10;
    private static final double NS_OF_MS = 1e6;
    private static final double PERCENT = 100;
    private static final long FIRST_LEAD_NS = TimeUnit.MILLISECONDS.toNanos(40);
    /** Arming takes longer, the more timers there are. */
    private static final int LEAD_FACTOR = 2;
    private static final int CHECKS = 4;

    @Option(names = "--peer", required = true, description = "as in Peers")
    private String peer;

    @Option(names = "--timers", defaultValue = "1000000", description = "of a round; default ${DEFAULT-VALUE}")
    private int timers;

    @Option(names = "--rounds", defaultValue = "5", description = "of each sort; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--warm-ups", defaultValue = "5",
        description = "smaller rounds of each sort before; default ${DEFAULT-VALUE}")
    private int warmUps;

    @Option(names = "--most-lead", defaultValue = "10000",
        description = "the most milliseconds to arm a round beforehand in; default ${DEFAULT-VALUE}")
    private long mostLeadMs;

    @Option(names = "--seed", defaultValue = "1", description = "of the delays; default ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--no-order", description = "without the round that looks at the order")
    private boolean isWithoutOrder;

    private final PrintStream out;
    private final List<Times> armAndFire = new ArrayList<>();
    private final List<Times> fireArmed = new ArrayList<>();
    private long leadNs = FIRST_LEAD_NS;

    private ExpiryMain(final PrintStream out) {
        this.out = out;
    }

    /**
     * Measures.
     *
     * @param args the options
     */
    public static void main(final String[] args) {
        System.exit(run(System.out, args));
    }

    /**
     * Measures in this JVM.
     *
     * @param out where to print the figures
     * @param args the options
     * @return 0 if all went well
     */
    public static int run(final PrintStream out, final String... args) {
        return new CommandLine(new ExpiryMain(out)).execute(args);
    }

    @Override
    public Integer call() {
        final OtherLoad others = OtherLoad.fromNow();
        final PeerThreads threads = PeerThreads.fromNow();
        try (Peer service = Peers.start(peer)) {
            final Countdown fired = new Countdown();
            final Peer.Client client = service.client(timers, fired);
            for (int i = 0; i < warmUps; i++) {
                final Expiry small = new Expiry(client, fired, threads, Math.max(1, timers / WARM_UP_PART), seed - i);
                small.armAndFire();
                beforehand(small);
            }
            leadNs *= WARM_UP_PART;
            final Expiry expiry = new Expiry(client, fired, threads, timers, seed);
            beforehand(expiry); // the first of this size finds its memory
            for (int i = 0; i < rounds; i++) {
                System.gc();
                armAndFire.add(expiry.armAndFire());
                System.gc();
                final Times times = beforehand(expiry);
                if (times != null) {
                    fireArmed.add(times);
                }
            }
        }
        print();
        checkOrder();
        figure("CPU of other processes", others.processors() * PERCENT, "%");
        return 0;
    }

    /** A round with enough time to arm it; null if there is none. */
    private Times beforehand(final Expiry expiry) {
        Times times = null;
        while (times == null && leadNs <= TimeUnit.MILLISECONDS.toNanos(mostLeadMs)) {
            times = expiry.fireArmed(System.nanoTime() + leadNs);
            leadNs = times == null ? LEAD_FACTOR * leadNs : Math.max(FIRST_LEAD_NS, LEAD_FACTOR * times.armNs());
        }
        return times;
    }

    /** In a round of its own: looking at the order costs more than firing. Timers that are armed too late may be out of order. */
    private void checkOrder() {
        long checkLeadNs = LEAD_FACTOR * leadNs;
        boolean isDone = isWithoutOrder || fireArmed.isEmpty();
        for (int i = 0; i < CHECKS && !isDone; i++) {
            isDone = isOrderChecked(checkLeadNs);
            checkLeadNs *= LEAD_FACTOR;
        }
    }

    private boolean isOrderChecked(final long checkLeadNs) {
        final Countdown fired = new Countdown();
        final long[] deadlinesNs = new long[timers];
        final OrderCheck check = new OrderCheck(deadlinesNs);
        try (Peer service = Peers.start(peer)) {
            final Peer.Client client = service.numbered(timers, timer -> {
                check.accept(timer);
                fired.run();
            });
            final Expiry expiry = new Expiry(client, fired, PeerThreads.fromNow(), timers, seed);
            final long startNs = System.nanoTime() + checkLeadNs;
            final long[] delaysNs = expiry.delaysNs();
            Arrays.setAll(deadlinesNs, i -> startNs + delaysNs[i]);
            if (expiry.fireArmed(startNs) == null) {
                return false;
            }
        }
        out.println("  " + check.inversions() + " out of order, " + check.early() + " early");
        figure("beforehand: out of order", check.inversions(), "timers");
        figure("beforehand: early", check.early(), "timers");
        return true;
    }

    private void print() {
        out.println(peer + ", " + timers + " timers");
        figure("arm and fire: to the last callback", armAndFire, times -> times.fireNs() / NS_OF_MS, "ms");
        figure("arm and fire: arming", armAndFire, times -> times.armNs() / NS_OF_MS, "ms");
        figure("arm and fire: work of a timer", armAndFire, times -> (double) times.cpuNs() / timers, "ns");
        if (fireArmed.isEmpty()) {
            out.println("  could not arm " + timers + " timers within " + mostLeadMs + " ms");
            return;
        }
        figure("beforehand: to the last callback", fireArmed, times -> times.fireNs() / NS_OF_MS, "ms");
        figure("beforehand: beyond 50 ms, of a timer", fireArmed,
            times -> (double) Math.max(0, times.fireNs() - Expiry.WINDOW_NS) / timers, "ns");
        figure("beforehand: work of a timer", fireArmed, times -> (double) times.cpuNs() / timers, "ns");
    }

    private void figure(final String what, final List<Times> of, final ToDoubleFunction<Times> figure, final String unit) {
        final double[] sorted = of.stream().mapToDouble(figure).sorted().toArray();
        out.printf("  %-40s %10.1f %s (%.1f to %.1f)%n", what, sorted[sorted.length / 2], unit, sorted[0],
            sorted[sorted.length - 1]);
        figure(what, sorted[sorted.length / 2], unit);
    }

    private void figure(final String what, final double value, final String unit) {
        out.println(RowLine.of(Row.of(what, peer, -1, -1, value, unit)));
    }
}
