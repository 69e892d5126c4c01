// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs checkers, all of one kind, in a JVM of their own. */
final class CheckerJvm {
    private static final String OUTPUT = "out.txt";
    /** Of 100 ms and twice as long each time: 51 s if nothing is seen. */
    private static final int MOST_ROUNDS = 9;

    private final String classPath = ChildJvm.classPath();
    private final long seed;

    /**
     * @param seed for checkers that take one
     */
    CheckerJvm(final long seed) {
        this.seed = seed;
    }

    String classPath() {
        return classPath;
    }

    /**
     * Runs the checkers to their end, or to the first failure.
     *
     * @param checkers one at least, all of one kind
     * @param classes a directory that comes before the class path; null for none
     * @param directory where the JVM works and leaves what it prints
     * @param toFirstFailure whether the first failure ends it
     * @param limitSeconds when it is killed
     */
    CheckerOutcome run(final List<Checker> checkers, final Path classes, final Path directory, final boolean toFirstFailure,
                       final long limitSeconds) throws IOException, InterruptedException {
        final Path output = directory.resolve(OUTPUT);
        final Process jvm = new ProcessBuilder(command(checkers, classes, toFirstFailure)).directory(directory.toFile())
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            if (!jvm.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                return CheckerOutcome.broken("it still ran after " + limitSeconds + " s");
            }
            // what a broken library prints need not be text
            final String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
            return CheckerOutcome.of(checkers.get(0).kind(), jvm.exitValue(), printed);
        } finally {
            ChildJvm.end(jvm);
            jvm.waitFor();
        }
    }

    /** What starts a JVM that runs this one, and others that share it, on one mutant after another. */
    List<String> hostCommand(final Checker like) {
        final List<String> command = ChildJvm.command(JvmFlags.of(List.of(like), true));
        command.addAll(List.of("-cp", classPath, TestHost.class.getName()));
        return command;
    }

    private List<String> command(final List<Checker> checkers, final Path classes, final boolean toFirstFailure) {
        final List<String> command = ChildJvm.command(JvmFlags.of(checkers, classes != null));
        command.addAll(List.of("-cp", classes == null ? classPath : classes.toAbsolutePath() + File.pathSeparator + classPath));
        final List<String> targets = checkers.stream().map(Checker::target).toList();
        switch (checkers.get(0).kind()) {
            case JUNIT -> {
                command.add("io.latchwork.bench.stress.JUnitChecker");
                targets.forEach(target -> command.addAll(List.of("--test", target)));
                if (toFirstFailure) {
                    command.addAll(List.of("--max-failures", "1"));
                }
            }
            case JCSTRESS -> {
                command.addAll(List.of(JcstressClaims.class.getName(), Integer.toString(toFirstFailure ? MOST_ROUNDS : 1)));
                command.addAll(targets);
            }
            case RCUTORTURE -> command.addAll(torture("io.latchwork.bench.rcutorture.RcuTorture", targets));
            case TORTURE -> command.addAll(torture("io.latchwork.bench.torture.Torture", targets));
            default -> throw new AssertionError(checkers);
        }
        return command;
    }

    /** The options of the first one: tortures are not put together. */
    private List<String> torture(final String mainClass, final List<String> options) {
        final List<String> command = new ArrayList<>(List.of(mainClass, "--seed", Long.toString(seed)));
        if (!options.get(0).isEmpty()) {
            command.addAll(Arrays.asList(options.get(0).split("\\s+")));
        }
        return command;
    }
}
