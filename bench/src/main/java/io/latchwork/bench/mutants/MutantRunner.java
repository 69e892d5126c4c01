// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.Bundle;
import io.latchwork.bench.stress.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Tries mutants, one after another or several at once, each in a temporary directory of its own. */
final class MutantRunner {
    /** A checker of a mutant ends in seconds. */
    static final long LIMIT_SECONDS = 90;

    private static final String MODULE_OF_READERS = "async-core";

    private final MutantClasses classes;
    private final CheckerJvm jvm;

    MutantRunner(final Bundle bundle, final CheckerJvm jvm) throws MutantException {
        this.classes = new MutantClasses(bundle, jvm.classPath());
        this.jvm = jvm;
    }

    /** Runs the checkers of a mutant, in order, until one catches it. */
    Verdict run(final Mutant mutant) throws IOException, InterruptedException {
        final long began = System.nanoTime();
        final Path directory = Files.createTempDirectory("latchwork-mutant-");
        try {
            final Path made = Files.createDirectory(directory.resolve("classes"));
            final List<ChangedSource> sources;
            try {
                sources = classes.write(mutant, made);
            } catch (final MutantException e) {
                return new Verdict(mutant, Verdict.Kind.BROKEN, null, e.getMessage(), since(began));
            }
            for (int i = 0; i < mutant.checkers().size(); i++) {
                final Checker checker = mutant.checkers().get(i);
                final Path workplace = workplace(checker, directory.resolve("run-" + i));
                if (checker.readsSources()) {
                    for (final ChangedSource source : sources) {
                        source.putInto(made, workplace.getParent());
                    }
                }
                final CheckerOutcome outcome = jvm.run(List.of(checker), made, workplace, true, LIMIT_SECONDS);
                if (outcome.kind() != CheckerOutcome.Kind.PASSED) {
                    final boolean caught = outcome.kind() == CheckerOutcome.Kind.FAILED;
                    return new Verdict(mutant, caught ? Verdict.Kind.CAUGHT : Verdict.Kind.BROKEN, checker, outcome.why(),
                        since(began));
                }
            }
            return new Verdict(mutant, Verdict.Kind.SURVIVED, null, "", since(began));
        } finally {
            delete(directory);
        }
    }

    /**
     * Runs checkers on the library as it is, where all must pass.
     *
     * @param checkers checkers that may share a JVM
     */
    CheckerOutcome control(final List<Checker> checkers) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("latchwork-mutant-");
        try {
            return jvm.run(checkers, null, workplace(checkers.get(0), directory.resolve("run")), false, LIMIT_SECONDS * checkers.size());
        } finally {
            delete(directory);
        }
    }

    /** Where the checker works: in a module of a repository if it reads that, as it does under Maven. */
    private static Path workplace(final Checker checker, final Path directory) throws IOException {
        if (!checker.readsSources()) {
            return Files.createDirectory(directory);
        }
        Checkout.unpack(directory);
        return directory.resolve(MODULE_OF_READERS);
    }

    private static double since(final long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void delete(final Path directory) throws IOException {
        final List<Path> paths = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(paths::add);
        }
        for (final Path path : paths) {
            Files.delete(path);
        }
    }
}
