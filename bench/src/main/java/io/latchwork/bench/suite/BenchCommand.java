// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.report.Machine;
import io.latchwork.bench.report.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    exitCodeList = {"0:measured", "2:bad usage", "70:an error of the program itself"},
    exitCodeOnExecutionException = 70)
public final class BenchCommand implements Callable<Integer> {
    private static final int MAX_THREADS = 256;

    @Spec
    private CommandSpec spec;

    @Option(names = "--suite", paramLabel = "NAME|all", defaultValue = "all", description = "which; a wrong name lists them")
    private String name;

    @Option(names = "--quick", description = "fewer cells, measured for a shorter time")
    private boolean quick;

    @Option(names = "--threads", paramLabel = "N",
        description = "the most threads; 1, 2, 4, ... are measured; default: as many as there are processors, 2 at most")
    private Integer threads;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "bench-results", description = "default ${DEFAULT-VALUE}")
    private Path out;

    @Option(names = "--jdk25", paramLabel = "HOME",
        description = "a JDK 25 or later, for jdk-forkjoin; default: this one, or one in /usr/lib/jvm")
    private Path jdk25;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and exit")
    private boolean help;

    /** A command with its defaults, for picocli to fill in. */
    public BenchCommand() {
        // fields are set by picocli
    }

    @Override
    public Integer call() throws IOException {
        final int most = threads == null ? Math.min(2, Machine.cores()) : threads;
        if (most < 1 || most > MAX_THREADS) {
            throw bad("--threads: " + most + ", not 1 to " + MAX_THREADS);
        }
        final List<Suite> suites = suites();
        makeDirectory();
        final Tools tools = new Tools(new Plan(quick, most), jdk25 == null ? Tools.findJdk25() : jdk25);
        for (final Suite suite : suites) {
            final SuiteResult result = measure(suite, tools);
            new SuiteFiles(out).write(result);
            System.out.println(suite.id() + ": " + result.rows().size() + " rows in " + out.resolve(suite.id() + ".json"));
            suite.goals(result.rows()).forEach(goal ->
                System.out.printf("  %-9s  %-55s  %s%n", goal.verdict().word(), goal.what(), goal.target()));
        }
        return 0;
    }

    private SuiteResult measure(final Suite suite, final Tools tools) {
        final Map<String, String> machine = Machine.facts();
        final List<Task> tasks = suite.tasks(tools.plan());
        final List<Row> rows = new ArrayList<>();
        final List<String> missing = new ArrayList<>();
        try (Progress progress = new Progress(tasks.size())) {
            for (final Task task : tasks) {
                progress.step(task.label());
                try {
                    rows.addAll(task.run(tools));
                } catch (final Exception e) {
                    missing.add(task.label() + ": " + e.getMessage());
                }
            }
        }
        return new SuiteResult(suite, commandLine(), machine, rows, missing);
    }

    private String commandLine() {
        return "./latchwork bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private List<Suite> suites() {
        if (name.equals("all")) {
            return Suites.ALL;
        }
        final List<Suite> found = Suites.ALL.stream().filter(suite -> suite.id().equals(name)).toList();
        if (found.isEmpty()) {
            throw bad("--suite: no suite " + name + "; there are "
                + Suites.ALL.stream().map(Suite::id).collect(Collectors.joining(", ")) + ", all");
        }
        return found;
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw bad("--out: cannot make " + out);
        }
    }

    private ParameterException bad(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
