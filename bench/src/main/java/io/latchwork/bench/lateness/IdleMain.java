// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import io.latchwork.bench.meter.OtherLoad;
import io.latchwork.bench.meter.PeerThreads;
import io.latchwork.bench.peers.Peer;
import io.latchwork.bench.peers.Peers;
import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.io.PrintStream;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the processor time of a peer that has nothing to do for hours. */
@Command(name = "idle", description = "Measures what an idle peer costs.")
public final class IdleMain implements Callable<Integer> {
    private static final long NEAR_NS = TimeUnit.HOURS.toNanos(1);
    private static final double PERCENT = 100;

    @Option(names = "--peer", required = true, description = "as in Peers")
    private String peer;

    @Option(names = "--timers", defaultValue = "0", description = "armed for 1 to 2 hours ahead; default ${DEFAULT-VALUE}")
    private int timers;

    @Option(names = "--millis", defaultValue = "5000", description = "how long; default ${DEFAULT-VALUE}")
    private long millis;

    private final PrintStream out;

    private IdleMain(final PrintStream out) {
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
        return new CommandLine(new IdleMain(out)).execute(args);
    }

    @Override
    public Integer call() {
        final PeerThreads threads = PeerThreads.fromNow();
        try (Peer service = Peers.start(peer)) {
            final Peer.Client client = service.client(Math.max(1, timers), () -> { });
            final SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < timers; i++) {
                client.arm(i, random.nextLong(NEAR_NS, 2 * NEAR_NS));
            }
            pause(millis / 2); // what was started has settled
            final OtherLoad others = OtherLoad.fromNow();
            final long beganCpuNs = threads.cpuNs();
            final long beganNs = System.nanoTime();
            pause(millis);
            final double share = (double) (threads.cpuNs() - beganCpuNs) / (System.nanoTime() - beganNs) * PERCENT;
            out.printf("idle %s with %d timers: %.3f %% of a processor; others %.0f %%%n", peer, timers, share,
                others.processors() * PERCENT);
            out.println(RowLine.of(Row.of("idle: CPU of the peer", peer, timers, -1, share, "%")));
        }
        return 0;
    }

    private static void pause(final long ms) {
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        long left = end - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
    }
}
