// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import io.latchwork.bench.meter.OtherLoad;
import io.latchwork.bench.peers.Peer;
import io.latchwork.bench.peers.Peers;
import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a peer puts off: how late timers of 10 ms fire, one every 20 ms, first alone and then while clients arm and
 * cancel others without pause; and what is left in the heap of all that.
 */
@Command(name = "probe", description = "Measures lateness while clients arm and cancel without pause.")
public final class ProbeMain implements Callable<Integer> {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long DELAY_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LIMIT_NS = TimeUnit.MINUTES.toNanos(2);
    private static final long WARM_UP_PART = 3;
    private static final double PERCENT = 100;
    private static final double BYTES_OF_MB = 1e6;
    private static final double NS_OF_US = 1e3;

    @Option(names = "--peer", required = true, description = "as in Peers")
    private String peer;

    @Option(names = "--clients", defaultValue = "2", description = "threads; default ${DEFAULT-VALUE}")
    private int clients;

    @Option(names = "--millis", defaultValue = "5000", description = "how long each part takes; default ${DEFAULT-VALUE}")
    private long millis;

    private final PrintStream out;
    private final Lateness idle = new Lateness();
    private final Lateness loaded = new Lateness();
    private final Lateness machine = new Lateness();

    private ProbeMain(final PrintStream out) {
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
        return new CommandLine(new ProbeMain(out)).execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        final int probes = (int) Math.max(1, TimeUnit.MILLISECONDS.toNanos(millis) / PERIOD_NS);
        final TimerPlan plan = TimerPlan.regular(probes, PERIOD_NS, DELAY_NS);
        final Firings firings = new Firings(probes);
        final OtherLoad others = OtherLoad.fromNow();
        beside(plan, firings);
        try (Peer service = Peers.start(peer)) {
            final Peer.Client client = service.numbered(probes, firings);
            warmUp(service, client, firings);
            run(client, firings, plan, idle);
            final double beforeMb = usedMb();
            final Clients load = new Clients(service, clients);
            final long beganNs = System.nanoTime();
            run(client, firings, plan, loaded);
            load.end();
            final double pairsOfUs = load.pairs() * NS_OF_US / (System.nanoTime() - beganNs);
            final double grownMb = usedMb() - beforeMb;
            print(pairsOfUs, grownMb);
        }
        figure("CPU of other processes", -1, others.processors() * PERCENT, "%");
        return 0;
    }

    /** What the machine can do: a thread that parks, beside as many threads that never do. */
    private void beside(final TimerPlan plan, final Firings firings) throws InterruptedException {
        final Clients busy = new Clients(clients);
        firings.addTo(plan, Floor.run(plan, false, firings), 0, machine);
        busy.end();
    }

    private void warmUp(final Peer service, final Peer.Client client, final Firings firings) throws InterruptedException {
        final TimerPlan plan = TimerPlan.regular((int) Math.max(1, TimeUnit.MILLISECONDS.toNanos(millis) / PERIOD_NS
            / WARM_UP_PART), PERIOD_NS, DELAY_NS);
        final Clients load = new Clients(service, clients);
        run(client, firings, plan, new Lateness());
        load.end();
    }

    private static void run(final Peer.Client client, final Firings firings, final TimerPlan plan, final Lateness to) {
        firings.expect(plan.timers());
        final long startNs = System.nanoTime();
        Pacer.run(plan, startNs, client::armAt);
        firings.await(LIMIT_NS);
        firings.addTo(plan, startNs, 0, to);
    }

    /** What is reachable: what the peer has put off is. */
    private static double usedMb() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / BYTES_OF_MB;
    }

    private void print(final double pairsOfUs, final double grownMb) {
        out.println("probes of " + peer + ", nothing else: " + idle);
        out.println("probes of " + peer + ", " + clients + " clients: " + loaded);
        out.println("  a thread that parks, beside " + clients + " busy ones: " + machine);
        out.printf("  %.2f million pairs a second, heap grown by %.1f MB%n", pairsOfUs, grownMb);
        idle.forEach((percentile, us) -> figure("probe alone: " + percentile, 0, us, "us"));
        loaded.forEach((percentile, us) -> figure("probe beside clients: " + percentile, clients, us, "us"));
        machine.forEach((percentile, us) -> figure("probe beside clients: parking on the plan beside it, " + percentile, clients,
            us, "us"));
        figure("probe beside clients: early", clients, idle.early() + loaded.early(), "timers");
        figure("probe beside clients: pairs", clients, pairsOfUs, "M/s");
        figure("probe beside clients: heap growth", clients, grownMb, "MB");
        figure("probe beside clients: p90 to alone", clients, loaded.us(90) / idle.us(90), "ratio");
    }

    private void figure(final String what, final int threads, final double value, final String unit) {
        out.println(RowLine.of(Row.of(what, peer, -1, threads, value, unit)));
    }
}
