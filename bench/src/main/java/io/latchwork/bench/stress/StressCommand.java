// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code stress} subcommand. */
@Command(name = "stress", sortOptions = false,
    description = {"Checks this library on this machine: memory ordering, linearizability, interruption at every point, "
        + "suspended threads, tortures with faults, and bugs that these checkers must find.",
        "Each checker runs in a JVM of its own. The last line is 'N passed, N failed', counting checkers."},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every checker passed, and every mutant was caught", "1:a checker failed", "2:bad usage",
        "70:an error of the program itself"},
    exitCodeOnExecutionException = 70)
public final class StressCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int MOST_MINUTES = 100_000;
    /** Tests find the sources and documents beside the module that they run in. */
    private static final String WORKING_MODULE = "async-core";

    @Spec
    private CommandSpec spec;

    @Option(names = "--tier", paramLabel = "quick|full|torture", defaultValue = "quick",
        description = "quick: all checkers, under 15 minutes on two cores; full: the same for a night; torture: RCU "
            + "torture, suspended threads and the soak with faults, for as long as --minutes says; default "
            + "${DEFAULT-VALUE}")
    private String tierName;

    @Option(names = "--minutes", paramLabel = "N",
        description = "minutes that the checkers without an end of their own share; default 1 (quick), 20 (full), 60 "
            + "(torture)")
    private Integer minutes;

    @Option(names = "--seed", paramLabel = "S", description = "what is random comes from it; default: a new one, printed")
    private Long seed;

    @Option(names = "--only", paramLabel = "NAME", split = ",",
        description = "run only these checkers; a wrong name lists them")
    private List<String> only = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "write the results there, too, for programs")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write the results there, too, as one page")
    private Path html;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and exit")
    private boolean help;

    /** A command with its defaults, for picocli to fill in. */
    public StressCommand() {
        // fields are set by picocli
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Tier tier = tier();
        final int time = minutes == null ? tier.defaultMinutes() : minutes;
        if (time < 1 || time > MOST_MINUTES) {
            throw bad("--minutes: " + time + ", not 1 to " + MOST_MINUTES);
        }
        final long from = seed == null ? ThreadLocalRandom.current().nextLong() : seed;
        final List<Checker> checkers = select(Checkers.of(tier, time, from));
        try (Writer jsonTo = open("--json", json); Writer htmlTo = open("--html", html)) {
            final StressReport report = run(tier, from, checkers);
            if (jsonTo != null) {
                report.writeJson(jsonTo);
            }
            if (htmlTo != null) {
                report.writeHtml(htmlTo);
            }
            return report.passed() ? 0 : FAILED;
        }
    }

    private static StressReport run(final Tier tier, final long seed, final List<Checker> checkers)
        throws IOException, InterruptedException {
        final long begin = System.nanoTime();
        final Path directory = Files.createTempDirectory("latchwork-stress");
        final Path checkout = directory.resolve("checkout");
        Checkout.unpack(checkout);
        final CheckerJvm jvm =
            new CheckerJvm(checkout.resolve(WORKING_MODULE), Files.createDirectory(directory.resolve("logs")));
        final StressRun run = new StressRun(jvm, System.out);
        run.printHead(tier, seed);
        final List<CheckerReport> reports = run.run(checkers);
        final StressReport report = new StressReport(tier, seed, (System.nanoTime() - begin) / 1e9, reports);
        run.printTotal(reports, report.seconds());
        if (report.passed()) {
            Directories.delete(directory);
        }
        return report;
    }

    private Tier tier() {
        for (final Tier tier : Tier.values()) {
            if (tier.name().equalsIgnoreCase(tierName)) {
                return tier;
            }
        }
        throw bad("--tier: " + tierName + ", not quick, full or torture");
    }

    private List<Checker> select(final List<Checker> all) {
        final Set<String> names = all.stream().map(Checker::name).collect(Collectors.toCollection(LinkedHashSet::new));
        for (final String name : only) {
            if (!names.contains(name)) {
                throw bad("--only: no checker " + name + " in this tier; there are " + String.join(", ", names));
            }
        }
        return only.isEmpty() ? all : all.stream().filter(checker -> only.contains(checker.name())).toList();
    }

    /** Opens a results file before anything is run: a bad path should not cost a run. */
    private Writer open(final String option, final Path file) {
        if (file == null) {
            return null;
        }
        try {
            return Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw bad(option + ": cannot write " + file);
        }
    }

    private ParameterException bad(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
