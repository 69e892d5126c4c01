// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code bench} subcommand. */
@Command(name = "bench", sortOptions = false,
    description = "Measures suites, each beside its limits and its peers, and writes JSON, tables and charts.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:measured, whatever came of it", "1:nothing could be measured", "2:bad usage",
        "70:an error of the program itself"},
    exitCodeOnExecutionException = 70)
public final class BenchCommand implements Callable<Integer> {
    private static final int NOTHING = 1;
    private static final int MAX_THREADS = 256;
    private static final String ALL = "all";

    @Spec
    private CommandSpec spec;

    @Option(names = "--suite", paramLabel = "NAME|all", defaultValue = ALL, description = "which; a wrong name lists them")
    private String name;

    @Option(names = "--quick", description = "fewer cells, measured for a shorter time")
    private boolean quick;

    @Option(names = "--threads", paramLabel = "N",
        description = "the most threads; 1, 2, 4, ... are measured; default: as many as there are processors, 2 at most")
    private Integer threads;

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "",
        description = "measure only what holds this in the name that the progress bar shows")
    private String only;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "bench-results", description = "default ${DEFAULT-VALUE}")
    private Path out;

    @Option(names = "--jdk25", paramLabel = "HOME",
        description = "a JDK 25 or later, for what older ones do not have; default: this one, or one in /usr/lib/jvm")
    private Path jdk25;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and exit")
    private boolean help;

    /** A command with its defaults, for picocli to fill in. */
    public BenchCommand() {
        // fields are set by picocli
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final List<Suite> suites = suites();
        final Tools tools = new Tools(new Plan(quick, mostThreads()), findJdk25());
        final SuiteFiles files = directory();
        final SuiteRun run = new SuiteRun(tools, commandLine(), only);
        boolean isAny = false;
        for (final Suite suite : suites) {
            final SuiteResult result = run.measure(suite, files::writeJson);
            isAny |= !result.rows().isEmpty();
            files.write(result);
            files.writeIndex(Suites.ALL);
            print(result, files);
        }
        return isAny ? 0 : NOTHING;
    }

    private static void print(final SuiteResult result, final SuiteFiles files) {
        System.out.println(result.suite().id() + ": " + result.rows().size() + " rows in " + files.json(result.suite()));
        result.goals().forEach(goal -> System.out.printf("  %-9s  %8s  %-15s  %s%n", goal.verdict().word(),
            Text.number(goal.value()), goal.target(), goal.what()));
        result.missing().forEach(reason -> System.out.println("  not measured: " + reason));
    }

    private String commandLine() {
        return "./latchwork " + spec.commandLine().getParseResult().originalArgs().stream()
            .map(argument -> argument.matches("[^ \"$]+") ? argument : '"' + argument + '"').collect(Collectors.joining(" "));
    }

    private List<Suite> suites() {
        if (name.equals(ALL)) {
            return Suites.ALL;
        }
        final List<Suite> found = Suites.ALL.stream().filter(suite -> suite.id().equals(name)).toList();
        if (found.isEmpty()) {
            throw bad("--suite: no suite " + name + "; there are "
                + Suites.ALL.stream().map(Suite::id).collect(Collectors.joining(", ")) + ", " + ALL);
        }
        return found;
    }

    private int mostThreads() {
        final int most = threads == null ? Math.min(2, Machine.cores()) : threads;
        if (most < 1 || most > MAX_THREADS) {
            throw bad("--threads: " + most + ", not 1 to " + MAX_THREADS);
        }
        return most;
    }

    private Path findJdk25() {
        if (jdk25 != null && !Tools.isHome(jdk25)) {
            throw bad("--jdk25: no JDK in " + jdk25);
        }
        return jdk25 == null ? Tools.findJdk25() : jdk25;
    }

    /** Makes the directory, and a page of what is there, first of all: a bad path should not cost a measurement. */
    private SuiteFiles directory() {
        try {
            final SuiteFiles files = new SuiteFiles(Files.createDirectories(out));
            files.writeIndex(Suites.ALL);
            return files;
        } catch (IOException e) {
            throw bad("--out: cannot use the directory " + out + ": " + e);
        }
    }

    private ParameterException bad(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
