// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import io.latchwork.bench.meter.OtherLoad;
import io.latchwork.bench.meter.PeerThreads;
import io.latchwork.bench.peers.Peer;
import io.latchwork.bench.peers.Peers;
import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how late the timers of one peer fire, in slices, each right after a slice of what the machine can do at all. The peer
 * is started for each slice, so that it does not disturb the measurement of the machine.
 */
@Command(name = "lateness", description = "Measures how late timers fire.")
public final class LatenessMain implements Callable<Integer> {
    /** The peer that is a thread of the machine which parks until each deadline. */
    static final String MACHINE_PARK = "machine-park";
    /** The same, spinning. */
    static final String MACHINE_SPIN = "machine-spin";

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int SPINS_OF_A_PARK = 25;
    private static final int WARM_UPS = 8;
    private static final int WARM_UP_TIMERS = 10_000;
    private static final double PERCENT = 100;

    @Option(names = "--peer", required = true, description = "as in Peers, or machine-park, machine-spin")
    private String peer;

    @Option(names = "--shape", defaultValue = "PACED", description = "${COMPLETION-CANDIDATES}")
    private Shape shape;

    @Option(names = "--load", defaultValue = "NONE", description = "${COMPLETION-CANDIDATES}")
    private BackgroundLoad load;

    @Option(names = "--slices", defaultValue = "5", description = "how many; default ${DEFAULT-VALUE}")
    private int slices;

    @Option(names = "--timers", description = "how many timers of a slice count; default: as fits the shape")
    private Integer timers;

    @Option(names = "--warm-ups", defaultValue = "" + WARM_UPS, description = "bursts before; default ${DEFAULT-VALUE}")
    private int warmUps;

    @Option(names = "--parks", defaultValue = "80",
        description = "how often a slice of the machine parks; default ${DEFAULT-VALUE}")
    private int parks;

    @Option(names = "--seed", defaultValue = "1", description = "of the delays; default ${DEFAULT-VALUE}")
    private long seed;

    private final PrintStream out;
    private final List<Slice> measured = new ArrayList<>();
    private double cpuNs;
    private double wallNs;
    private int armedLate;
    private long early;

    private LatenessMain(final PrintStream out) {
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
        return new CommandLine(new LatenessMain(out)).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        final int settling = shape.settling();
        final int counted = timers == null ? shape.timers() : timers;
        load.start();
        warmUp();
        final OtherLoad others = OtherLoad.fromNow();
        for (int i = 0; i < slices; i++) {
            final TimerPlan plan = shape.plan(settling + counted, seed + i);
            final Slice slice = new Slice();
            Floor.park(parks, seed + i, slice.park());
            Floor.spin(SPINS_OF_A_PARK * parks, slice.spin());
            if (isComparedOnPlan()) {
                onMachine(plan, settling, slice.onPlan());
            }
            measure(plan, settling, slice.late());
            measured.add(slice);
        }
        print(counted * slices, others.processors());
        return 0;
    }

    private boolean isMachine() {
        return peer.equals(MACHINE_PARK) || peer.equals(MACHINE_SPIN);
    }

    /** Takes as long as the peer's own slice, so it is done only where it decides something. */
    private boolean isComparedOnPlan() {
        return shape == Shape.PACED && load == BackgroundLoad.NONE && peer.startsWith(Peers.LOCKFREE);
    }

    /** Whether the peer is to be compared with a thread that spins. */
    private boolean isSpinning() {
        return peer.equals(Peers.LOCKFREE + "-spin") || peer.equals(MACHINE_SPIN);
    }

    private void warmUp() throws InterruptedException {
        final Lateness ignored = new Lateness();
        Floor.spin(SPINS_OF_A_PARK * parks, ignored);
        if (isMachine()) {
            onMachine(Shape.BURST.plan(WARM_UP_TIMERS, seed), 0, ignored);
            return;
        }
        final Firings firings = new Firings(WARM_UP_TIMERS);
        try (Peer service = Peers.start(peer)) {
            final Peer.Client client = service.numbered(WARM_UP_TIMERS, firings);
            for (int i = 0; i < warmUps; i++) {
                run(client, firings, Shape.BURST.plan(WARM_UP_TIMERS, seed - i), 0, ignored);
            }
        }
        early += ignored.early();
    }

    private void measure(final TimerPlan plan, final int settling, final Lateness late) throws InterruptedException {
        if (isMachine()) {
            onMachine(plan, settling, late);
            return;
        }
        final Firings firings = new Firings(plan.timers());
        final PeerThreads threads = PeerThreads.fromNow();
        try (Peer service = Peers.start(peer)) {
            final Peer.Client client = service.numbered(plan.timers(), firings);
            if (shape == Shape.BURST) { // the threads have just been started
                run(client, firings, shape.plan(plan.timers(), -1 - seed), 0, new Lateness());
            }
            final long beganCpuNs = threads.cpuNs();
            final long beganNs = System.nanoTime();
            armedLate += run(client, firings, plan, settling, late);
            wallNs += System.nanoTime() - beganNs;
            cpuNs += threads.cpuNs() - beganCpuNs;
        }
    }

    private static int run(final Peer.Client client, final Firings firings, final TimerPlan plan, final int settling,
                            final Lateness to) {
        firings.expect(plan.timers());
        final long startNs = System.nanoTime();
        final int late = Pacer.run(plan, startNs, client::armAt);
        firings.await(LIMIT_NS);
        firings.addTo(plan, startNs, settling, to);
        return late;
    }

    private void onMachine(final TimerPlan plan, final int settling, final Lateness to) throws InterruptedException {
        final Firings firings = new Firings(plan.timers());
        final long startNs = Floor.run(plan, isSpinning(), firings);
        firings.addTo(plan, startNs, settling, to);
    }

    private void print(final int count, final double others) {
        final String name = load == BackgroundLoad.NONE ? shape.text() : shape.text() + ", " + load.text() + " load";
        final Lateness late = Slice.pooled(measured, Slice::late);
        out.println(name + ", " + peer + ": " + late);
        final double cpuOfOne = cpuNs > 0 ? cpuNs / (slices * shape.settling() + count) : Double.NaN;
        late.forEach((percentile, us) -> out.println(RowLine.of(new Row(name + ": " + percentile, peer, -1, -1, us, "us",
            cpuOfOne, Double.NaN, List.of()))));
        figure(name + ": early", early + late.early(), "timers"); // of all, whether their lateness counts or not
        floor("parkNanos", Slice.pooled(measured, Slice::park), name);
        floor("spinning", Slice.pooled(measured, Slice::spin), name);
        figure(name + ": p99, median of slices", Slice.median(measured, slice -> slice.late().us(99)), "us");
        final double p50ToPark = Slice.median(measured, Slice::p50ToPark);
        figure(name + ": p50 to parkNanos, median of slices", p50ToPark, "ratio");
        out.printf("  median of slices: p50 to that of parkNanos %.3f%n", p50ToPark);
        if (isComparedOnPlan()) {
            floor(isSpinning() ? "spinning on the plan" : "parking on the plan", Slice.pooled(measured, Slice::onPlan), name);
            final double p99OverPlan = Slice.median(measured, Slice::p99OverPlan);
            figure(name + ": p99 over the same plan on the machine, median of slices", p99OverPlan, "us");
            out.printf("  median of slices: p99 less that of the thread on the plan %.1f us%n", p99OverPlan);
        }
        if (wallNs > 0) {
            figure(name + ": CPU of the peer", cpuNs / wallNs * PERCENT, "%");
            out.printf("  CPU of the peer: %.2f %% of a processor, %.0f ns a timer%n", cpuNs / wallNs * PERCENT, cpuOfOne);
        }
        if (shape != Shape.BURST) {
            figure(name + ": armed later than planned", armedLate, "timers");
            out.println("  armed later than planned: " + armedLate);
        }
        figure(name + ": CPU of other processes", others * PERCENT, "%");
        out.printf("  CPU of others: %.0f %%%n", others * PERCENT);
    }

    private void floor(final String how, final Lateness floor, final String name) {
        out.printf("  %-21s %s%n", how, floor);
        floor.forEach((percentile, us) -> figure(name + ": " + how + " beside it, " + percentile, us, "us"));
    }

    private void figure(final String what, final double value, final String unit) {
        out.println(RowLine.of(Row.of(what, peer, -1, -1, value, unit)));
    }
}
