// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.bench.stress.AsymmetricReaders;
import io.latchwork.bench.stress.CheckerLines;
import io.latchwork.bench.stress.VirtualThreads;
import io.latchwork.rcu.ReaderMode;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The torture of RCU as a checker: one JVM, one flavour, one scenario after another. */
@Command(name = "rcutorture", description = "Tortures the library's RCU, or a flavour of it with a bug, which must fail.",
    sortOptions = false)
public final class RcuTorture {
    private static final int USAGE = 2;
    /** What a flavour with a bug is given at least, to fail. */
    private static final double LEAST_SECONDS = 10;

    @Mixin
    private Knobs knobs;

    private RcuTorture() {
    }

    /**
     * Runs the torture and exits: 0 if it passed, 1 if not, 2 for bad usage.
     *
     * @param args the knobs; see {@code --help}
     */
    public static void main(final String[] args) {
        System.exit(run(System.out, args));
    }

    /**
     * Runs the torture.
     *
     * @param out told how it goes
     * @param args the knobs
     * @return the exit code
     */
    public static int run(final PrintStream out, final String... args) {
        final RcuTorture torture = new RcuTorture();
        final CommandLine command = torture.parser();
        try {
            command.parseArgs(args);
        } catch (final CommandLine.ParameterException e) {
            return complain(out, e.getMessage());
        }
        if (command.isUsageHelpRequested()) {
            command.usage(out);
            return 0;
        }
        final String complaint = torture.complaint();
        if (complaint != null) {
            return complain(out, complaint);
        }
        try {
            return torture.runAll(out) ? 0 : 1;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            CheckerLines.failure(out, "interrupted");
            return 1;
        } catch (final RuntimeException | LinkageError e) { // from the making of a domain
            CheckerLines.failure(out, Failures.describe(e));
            CheckerLines.result(out, "rcutorture", false, 0, e.toString());
            return 1;
        }
    }

    private String complaint() {
        if (knobs.flavour == FlavourKind.ASYMMETRIC) {
            final ReaderMode mode = AsymmetricReaders.mode();
            if (!mode.asymmetric()) {
                return "--flavour asymmetric cannot be had here: " + mode.reason();
            }
        }
        return knobs.complaint();
    }

    private CommandLine parser() {
        return new CommandLine(this).setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(FlavourKind.class, RcuTorture::flavour);
    }

    private static FlavourKind flavour(final String label) {
        for (final FlavourKind kind : FlavourKind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new CommandLine.TypeConversionException("no such flavour: " + label);
    }

    private static int complain(final PrintStream out, final String what) {
        System.err.println("rcutorture: " + what);
        CheckerLines.failure(out, what);
        return USAGE;
    }

    private boolean runAll(final PrintStream out) throws InterruptedException {
        out.println("rcutorture seed " + knobs.seed + ", " + knobs.readers + " readers, "
            + (VirtualThreads.exist() ? knobs.liveVirtualReaders() + " virtual readers"
                : "virtual readers skipped: JDK " + Runtime.version().feature() + " has no virtual threads")
            + ", " + knobs.fakeWriters + " fake writers");
        out.println("repeat: java -cp latchwork.jar " + RcuTorture.class.getName() + " --seed " + knobs.seed + " --seconds "
            + knobs.seconds + " " + knobs.line());
        final long began = System.nanoTime();
        boolean passed = knobs.flavour != null || runBusted(out, began);
        if (!knobs.selfTest) {
            passed &= runGood(out, began);
        }
        out.println(passed ? "SUCCESS" : "FAILURE");
        return passed;
    }

    /** The flavour that was asked for, or the library in each mode that it has here. */
    private boolean runGood(final PrintStream out, final long began) throws InterruptedException {
        final double used = (System.nanoTime() - began) / 1e9;
        if (knobs.flavour != null) {
            return runFlavour(knobs.flavour, used, knobs.seconds, out);
        }
        final ReaderMode mode = AsymmetricReaders.mode();
        if (!mode.asymmetric()) {
            out.println("rcutorture-asymmetric skipped: " + mode.reason());
            return runFlavour(FlavourKind.SYMMETRIC, used, knobs.seconds, out);
        }
        final double middle = used + Math.max(0, knobs.seconds - used) * 2 / 3; // four scenarios of six
        return runFlavour(FlavourKind.SYMMETRIC, used, middle, out)
            & runFlavour(FlavourKind.ASYMMETRIC, middle, knobs.seconds, out);
    }

    private boolean runFlavour(final FlavourKind kind, final double used, final double until, final PrintStream out)
        throws InterruptedException {
        final List<Scenario> scenarios = knobs.scenario != null ? List.of(knobs.scenario) : kind.scenarios();
        final double each = Math.max(0, until - used) / scenarios.size();
        boolean passed = true;
        for (int i = 0; i < scenarios.size(); i++) {
            passed &= new Torture(knobs, kind, scenarios.get(i), each, false, out).run(used + i * each);
        }
        return passed;
    }

    /** Each flavour with a bug, for as long as it takes to fail. */
    private boolean runBusted(final PrintStream out, final long began) throws InterruptedException {
        boolean passed = true;
        for (final FlavourKind kind : FlavourKind.values()) {
            if (kind.isBusted()) {
                final RcuTorture busted = new RcuTorture();
                busted.parser().parseArgs("--seed", Long.toString(knobs.seed), "--seconds", Double.toString(knobs.seconds),
                    "--stall-ms", "50", "--period-ms", "50", "--stutter-ms", "200", "--flood", "2000",
                    "--hang-seconds", kind.hangs() ? "1" : "10");
                passed &= new Torture(busted.knobs, kind, Scenario.ROOMY, Math.max(LEAST_SECONDS, knobs.seconds), true, out)
                    .run((System.nanoTime() - began) / 1e9);
            }
        }
        return passed;
    }
}
