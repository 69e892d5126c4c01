// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.Bundle;
import io.latchwork.bench.stress.Checkout;
import io.latchwork.bench.stress.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Tries mutants, one after another or several at once, each with a temporary directory of its own. */
final class MutantRunner implements AutoCloseable {
    /** A checker of a mutant ends in seconds, unless the machine is busy. */
    static final long LIMIT_SECONDS = 120;

    /** What threads do is chance, on a busy machine above all: a checker that saw nothing looks again. */
    private static final int MOST_TRIES = 3;

    private static final String MODULE_OF_READERS = "async-core";

    private final MutantClasses classes;
    private final CheckerJvm jvm;
    private final Path directory;
    private final Deque<HostJvm> hosts = new ConcurrentLinkedDeque<>();

    MutantRunner(final Bundle bundle, final CheckerJvm jvm) throws IOException, MutantException {
        this.classes = new MutantClasses(bundle, jvm.classPath());
        this.jvm = jvm;
        this.directory = Files.createTempDirectory("latchwork-mutants-");
    }

    /** Runs the checkers of a mutant, in order, until one catches it; again if none does. */
    Verdict run(final Mutant mutant) throws IOException, InterruptedException {
        final long began = System.nanoTime();
        final Path own = Files.createTempDirectory(directory, mutant.module());
        final Path made = Files.createDirectory(own.resolve("classes"));
        final List<ChangedSource> sources;
        try {
            sources = classes.write(mutant, made);
        } catch (final MutantException e) {
            return new Verdict(mutant, Verdict.Kind.BROKEN, null, e.getMessage(), since(began));
        }
        for (int i = 0; i < MOST_TRIES; i++) {
            for (final Checker checker : mutant.checkers()) {
                final CheckerOutcome outcome = run(checker, made, sources, own);
                if (outcome.kind() != CheckerOutcome.Kind.PASSED) {
                    final boolean caught = outcome.kind() == CheckerOutcome.Kind.FAILED;
                    return new Verdict(mutant, caught ? Verdict.Kind.CAUGHT : Verdict.Kind.BROKEN, checker, outcome.why(),
                        since(began));
                }
            }
        }
        return new Verdict(mutant, Verdict.Kind.SURVIVED, null, "", since(began));
    }

    private CheckerOutcome run(final Checker checker, final Path made, final List<ChangedSource> sources, final Path own)
        throws IOException, InterruptedException {
        if (checker.sharesJvm()) {
            final HostJvm free = hosts.pollFirst();
            final HostJvm host = free != null ? free : new HostJvm(jvm.hostCommand(checker), directory);
            try {
                return host.run(checker.target(), made, LIMIT_SECONDS);
            } finally {
                hosts.addFirst(host);
            }
        }
        final Path workplace = workplace(checker, own);
        if (checker.readsSources()) {
            for (final ChangedSource source : sources) {
                source.putInto(made, workplace.getParent());
            }
        }
        return jvm.run(List.of(checker), made, workplace, true, LIMIT_SECONDS);
    }

    /**
     * Runs checkers on the library as it is, where all must pass.
     *
     * @param checkers checkers that may share a JVM
     */
    CheckerOutcome control(final List<Checker> checkers) throws IOException, InterruptedException {
        final Path workplace = workplace(checkers.get(0), directory);
        return jvm.run(checkers, null, workplace, false, LIMIT_SECONDS * checkers.size());
    }

    /** Where the checker works: in a module of a repository if it reads that, as it does under Maven. */
    private static Path workplace(final Checker checker, final Path directory) throws IOException {
        final Path workplace = Files.createTempDirectory(directory, "run-");
        if (!checker.readsSources()) {
            return workplace;
        }
        Checkout.unpack(workplace);
        return workplace.resolve(MODULE_OF_READERS);
    }

    /** Ends all JVMs and deletes all files. */
    @Override
    public void close() throws IOException {
        hosts.forEach(HostJvm::close);
        classes.close();
        Directories.delete(directory);
    }

    private static double since(final long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
