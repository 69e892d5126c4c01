// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.Bundle;
import io.latchwork.bench.stress.CheckerLines;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries every mutant and fails if one survives: the main class of a checker's JVM. */
@Command(name = "mutants", description = "Puts one bug after another into the library; a checker must find each.")
public final class Mutants implements Callable<Integer> {
    private static final int DEFAULT_JOBS = 2;

    @Option(names = "--only", description = "regular expression that is searched in names of mutants")
    private Pattern only = Pattern.compile("");

    @Option(names = "--jobs", description = "how many are tried at once; default: ${DEFAULT-VALUE}")
    private int jobs = DEFAULT_JOBS;

    @Option(names = "--every", description = "tries one mutant of so many, which ones the seed says; default: all")
    private int every = 1;

    @Option(names = "--seed", description = "for checkers that take one; default: another one each time")
    private long seed = System.nanoTime() & Integer.MAX_VALUE;

    @Option(names = "--no-control", negatable = false,
        description = "does not run the checkers on the unchanged library first")
    private boolean noControl;

    @Option(names = "--list", description = "only names the mutants and their checkers")
    private boolean list;

    @Option(names = "--table", description = "file that gets a table in Markdown")
    private Path table;

    private final PrintStream out = System.out;
    private final List<Verdict> verdicts = new ArrayList<>();
    private int controlFailures;

    /** A run with its defaults, for picocli to fill in. */
    public Mutants() {
        // fields are set by picocli
    }

    /**
     * Tries the mutants and exits: 0 if all were caught and there was one at least, 1 if not, 2 for bad usage.
     *
     * @param args the options
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Mutants()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Bundle bundle = Bundle.open()) {
            if (every < 1) {
                CheckerLines.failure(out, "--every: " + every + ", not 1 or more");
                return CommandLine.ExitCode.USAGE;
            }
            final List<Mutant> mutants = share(MutantFiles.all(bundle).stream()
                .filter(mutant -> only.matcher(mutant.name()).find()).toList());
            if (list) {
                mutants.forEach(mutant -> out.println(mutant.name() + " " + mutant.checkers()));
                return 0;
            }
            return run(bundle, mutants) ? 0 : 1;
        } catch (final MutantException e) {
            CheckerLines.failure(out, e.getMessage());
            return 1;
        }
    }

    private List<Mutant> share(final List<Mutant> mutants) {
        return IntStream.range(0, mutants.size()).filter(i -> (i + seed) % every == 0).mapToObj(mutants::get).toList();
    }

    /** Tries these mutants. */
    boolean run(final Bundle bundle, final List<Mutant> mutants) throws IOException, InterruptedException, MutantException {
        out.println("mutants: seed " + seed + "; again with: --seed " + seed + " --every " + every + " --jobs " + jobs
            + " --only '" + only + "'");
        if (mutants.isEmpty()) {
            CheckerLines.failure(out, "there is no such mutant");
            return false;
        }
        try (MutantRunner runner = new MutantRunner(bundle, new CheckerJvm(seed))) {
            runAll(runner, mutants);
        }
        final List<Verdict> sorted = mutants.stream().map(this::verdict).toList();
        if (table != null) {
            Files.write(table, MutantTable.of(sorted));
        }
        final long caught = sorted.stream().filter(Verdict::isCaught).count();
        out.println(mutants.size() + " mutants, " + caught + " caught");
        return caught == mutants.size() && controlFailures == 0;
    }

    private void runAll(final MutantRunner runner, final List<Mutant> mutants) throws IOException, InterruptedException {
        final List<List<Checker>> groups = noControl ? List.of() : ControlGroups.of(mutants);
        final int total = groups.size() + mutants.size();
        final AtomicInteger done = new AtomicInteger();
        final Jobs pool = new Jobs(jobs);
        pool.run(groups, group -> {
            CheckerLines.progress(out, done.get(), total, "unchanged library");
            control(runner, group);
            done.incrementAndGet();
        });
        pool.run(mutants, mutant -> {
            CheckerLines.progress(out, done.get(), total, mutant.name());
            judged(runner.run(mutant));
            done.incrementAndGet();
        });
    }

    private void control(final MutantRunner runner, final List<Checker> group) throws IOException, InterruptedException {
        final long began = System.nanoTime();
        final CheckerOutcome outcome = runner.control(group);
        synchronized (verdicts) {
            final boolean passed = outcome.kind() == CheckerOutcome.Kind.PASSED;
            if (!passed) {
                controlFailures++;
                CheckerLines.failure(out, "a checker fails without a mutant, one of " + group + ": " + outcome.why());
            }
            CheckerLines.result(out, "Control", passed, (System.nanoTime() - began) / 1e9, group.size() + " checkers");
        }
    }

    private void judged(final Verdict verdict) {
        synchronized (verdicts) {
            verdicts.add(verdict);
            final String name = verdict.mutant().name();
            if (!verdict.isCaught()) {
                CheckerLines.failure(out, name + " " + verdict.detail());
            }
            CheckerLines.result(out, name, verdict.isCaught(), verdict.seconds(), verdict.detail());
        }
    }

    private Verdict verdict(final Mutant mutant) {
        return verdicts.stream().filter(verdict -> verdict.mutant() == mutant).findFirst().orElseThrow();
    }

    /** What came of each mutant, in the order in which they ended. */
    List<Verdict> verdicts() {
        return verdicts;
    }
}
