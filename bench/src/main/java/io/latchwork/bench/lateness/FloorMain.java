// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the machine's own lateness, without any timers. */
@Command(name = "floor", description = "Measures how late the machine is.")
public final class FloorMain implements Callable<Integer> {
    private static final int OF_SPINS = 10;

    @Option(names = "--times", defaultValue = "2000", description = "how often each; default ${DEFAULT-VALUE}")
    private int times;

    @Option(names = "--seed", defaultValue = "1", description = "of the times to park; default ${DEFAULT-VALUE}")
    private long seed;

    private final PrintStream out;

    private FloorMain(final PrintStream out) {
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
        return new CommandLine(new FloorMain(out)).execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        final Lateness park = new Lateness();
        Floor.park(times, seed, park);
        print("parkNanos of 0.1 to 10 ms", park);
        final Lateness tiny = new Lateness();
        Floor.parkTiny(times, tiny);
        print("parkNanos of 50 us", tiny);
        final Lateness spin = new Lateness();
        Floor.spin(times * OF_SPINS, spin);
        print("spinning for 0.1 ms", spin);
        final Lateness unpark = new Lateness();
        Floor.unpark(times, unpark);
        print("unpark until it runs", unpark);
        return 0;
    }

    private void print(final String what, final Lateness late) {
        out.println(what + ": " + late);
        late.forEach((percentile, us) ->
            out.println(RowLine.of(Row.of(what + ": " + percentile, Row.MACHINE, -1, -1, us, "us"))));
    }
}
