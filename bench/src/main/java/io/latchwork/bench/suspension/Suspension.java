// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

import io.latchwork.bench.stress.CheckerLines;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The black-box probe of lock-freedom as a checker: the library and both locked variants, side by side. */
@Command(name = "suspension", sortOptions = false,
    description = {"Suspends threads of a child JVM under load with a debugger, and looks whether the others get on.",
        "Those of the library must, always; those of the locked variants must not, now and then, or else the probe proves "
            + "nothing.",
        "Needs a JDK: the module jdk.jdi."})
public final class Suspension {
    private static final int USAGE = 2;
    private static final String MODULE = "jdk.jdi";

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30",
        description = "how long to run, all subjects together; default ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--seed", paramLabel = "S", description = "of what is random; default: another one each time")
    private long seed = ThreadLocalRandom.current().nextLong() >>> 16;

    @Option(names = "--hold-ms", paramLabel = "MS", defaultValue = "200",
        description = "how long a thread is suspended; default ${DEFAULT-VALUE}")
    private long holdMs;

    @Option(names = "--confirm-ms", paramLabel = "MS", defaultValue = "3000",
        description = "how much longer, before a thread that did nothing counts as stalled; a third of that for the locked "
            + "variants, which do so for certain; default ${DEFAULT-VALUE}")
    private long confirmMs;

    @Option(names = "--trials", paramLabel = "N", defaultValue = "5",
        description = "suspensions of the library's clients at least; default ${DEFAULT-VALUE}")
    private int trials;

    @Option(names = "--enough", paramLabel = "N", defaultValue = "2",
        description = "a locked variant is left after so many stalls; default ${DEFAULT-VALUE}")
    private int enough;

    @Option(names = "--modes", paramLabel = "a,b", split = ",", defaultValue = "interpreted,compiled",
        description = "interpreted: the child's threads can be suspended between any two instructions; compiled: where the "
            + "compiler left a poll, as in real use; default ${DEFAULT-VALUE}")
    private List<Mode> modes;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and exit")
    private boolean help;

    private final long began = System.nanoTime();
    private long lastProgress = -1;

    private Suspension() {
    }

    /** How the child runs its code. */
    private enum Mode {
        /** A thread can be suspended between any two instructions of the JVM. */
        INTERPRETED(List.of("-Xint")),
        /** As it is used: a thread is suspended where the compiler left a poll. */
        COMPILED(List.of());

        private final List<String> vmOptions;

        Mode(final List<String> vmOptions) {
            this.vmOptions = vmOptions;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Runs the probe and exits: 0 if it passed, 1 if not, 2 for bad usage.
     *
     * @param args the options; see {@code --help}
     */
    public static void main(final String[] args) {
        System.exit(run(System.out, args));
    }

    /**
     * Runs the probe.
     *
     * @param out told how it goes
     * @param args the options
     * @return the exit code
     */
    public static int run(final PrintStream out, final String... args) {
        final Suspension suspension = new Suspension();
        final CommandLine command = new CommandLine(suspension).setCaseInsensitiveEnumValuesAllowed(true);
        try {
            command.parseArgs(args);
        } catch (final CommandLine.ParameterException e) {
            return complain(out, e.getMessage());
        }
        if (command.isUsageHelpRequested()) {
            command.usage(out);
            return 0;
        }
        if (!(suspension.seconds > 0) || suspension.holdMs < 2 || suspension.confirmMs < 0 || suspension.trials < 1
            || suspension.enough < 1) {
            return complain(out, "--seconds, --hold-ms, --confirm-ms, --trials or --enough is too small");
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            CheckerLines.failure(out, "this Java runtime has no module " + MODULE + ": run it with a JDK");
            CheckerLines.result(out, "suspension", false, 0, "no module " + MODULE);
            return 1;
        }
        return suspension.runAll(out) ? 0 : 1;
    }

    private static int complain(final PrintStream out, final String what) {
        System.err.println("suspension: " + what);
        CheckerLines.failure(out, what);
        return USAGE;
    }

    private boolean runAll(final PrintStream out) {
        out.println("suspension seed " + seed + ", " + holdMs + " ms each, JDK " + Runtime.version());
        out.println("repeat: java -cp latchwork.jar " + Suspension.class.getName() + " --seconds " + seconds + " --seed " + seed
            + " --hold-ms " + holdMs + " --confirm-ms " + confirmMs + " --modes "
            + modes.stream().map(Mode::label).collect(Collectors.joining(",")));
        final List<String> table = new ArrayList<>();
        final List<Subject> subjects = new ArrayList<>();
        for (final Subject subject : Subject.values()) {
            if (subject.missing() == null) {
                subjects.add(subject);
            } else {
                out.println("suspension-" + subject.label() + " skipped: " + subject.missing());
            }
        }
        boolean passed = true;
        for (int i = 0; i < modes.size(); i++) {
            table.add(Tally.header(modes.get(i).label()));
            final double until = seconds * (i + 1) / modes.size();
            for (final Subject subject : subjects) { // the library comes last and has what the controls have left
                final double left = until - passedSeconds();
                final double length = subject.mustNotStall() ? left / after(subjects, subject) : left / 4;
                passed &= probe(out, modes.get(i), subject, length, table);
            }
        }
        table.forEach(out::println);
        out.println(passed ? "SUCCESS" : "FAILURE");
        return passed;
    }

    /** How many subjects are left, this one included. */
    private static int after(final List<Subject> subjects, final Subject subject) {
        return subjects.size() - subjects.indexOf(subject);
    }

    private double passedSeconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private boolean probe(final PrintStream out, final Mode mode, final Subject subject, final double length,
                          final List<String> table) {
        final String name = "suspension-" + mode.label() + "-" + subject.label();
        final double start = passedSeconds();
        final Limits limits = new Limits(seed, length, subject.mustNotStall() ? trials : 1,
            subject.mustNotStall() ? 1 : enough, holdMs, subject.mustNotStall() ? confirmMs : confirmMs / 3, mode.vmOptions,
            () -> progress(out, name));
        boolean good = false;
        String detail;
        try {
            final Tally tally = Probe.run(subject, limits);
            table.add(tally.row());
            good = tally.asItShould();
            detail = "stalled " + tally.stalled() + " of " + tally.trials()
                + (tally.stalled() == 0 ? "" : ", first: " + tally.firstStall());
        } catch (final IOException | RuntimeException e) {
            detail = e.toString();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            detail = "interrupted";
        }
        if (!good) {
            CheckerLines.failure(out, name + (subject.mustNotStall() ? ": " : ", which must stall now and then: ") + detail);
        }
        CheckerLines.result(out, name, good, passedSeconds() - start, detail);
        return good;
    }

    /** About once a second. */
    private void progress(final PrintStream out, final String name) {
        final long now = (long) passedSeconds();
        if (now != lastProgress) {
            lastProgress = now;
            final long all = (long) Math.ceil(seconds);
            CheckerLines.progress(out, Math.min(now, all), all, name);
        }
    }
}
