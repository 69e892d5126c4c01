// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import io.latchwork.bench.stress.CheckerReport.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs checkers, each in a JVM of its own with the class path of this one. */
final class CheckerJvm {
    private static final int READER_SECONDS = 10;

    private final Path workplace;
    private final Path logs;

    /**
     * @param workplace the unpacked {@link Checkout}: the checkers work there, as Maven's tests do in their modules
     * @param logs a directory for what they print
     */
    CheckerJvm(final Path workplace, final Path logs) {
        this.workplace = workplace;
        this.logs = logs;
    }

    /**
     * Runs a checker to its end or its limit.
     *
     * @param checker which
     * @param progress is told how far it is, on another thread
     * @return what came of it
     */
    CheckerReport run(final Checker checker, final Consumer<String> progress) throws IOException, InterruptedException {
        final Path log = logs.resolve(checker.name() + ".log");
        final long begin = System.nanoTime();
        final Process jvm = new ProcessBuilder(command(checker)).directory(workplace.toFile())
            .redirectErrorStream(true).start();
        final Thread onExit = new Thread(() -> ChildJvm.end(jvm));
        Runtime.getRuntime().addShutdownHook(onExit);
        try (PrintWriter to = new PrintWriter(Files.newBufferedWriter(log))) {
            final CheckerOutput output = new CheckerOutput(to, progress);
            final Thread reader = reader(jvm, output);
            final boolean ended = jvm.waitFor(checker.limit().toMillis(), TimeUnit.MILLISECONDS);
            ChildJvm.end(jvm); // also when it ended: a JVM that it started may be left
            reader.join(TimeUnit.SECONDS.toMillis(READER_SECONDS));
            return judge(checker, output, ended ? jvm.exitValue() : null, (System.nanoTime() - begin) / 1e9, log);
        } finally {
            ChildJvm.end(jvm);
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
    }

    private static CheckerReport judge(final Checker checker, final CheckerOutput output, final Integer exitCode,
                                       final double seconds, final Path log) {
        final List<String> failures = output.failures();
        if (exitCode == null) {
            failures.add("ran past its limit of " + checker.limit().toSeconds() + " s");
        } else if (exitCode != 0 && failures.isEmpty()) {
            failures.add("ended with exit code " + exitCode + " and gave no reason; see " + log);
        } else if (exitCode == 0 && output.checks().isEmpty()) {
            failures.add("ended well, and told of nothing that it checked");
        }
        output.checks().stream().filter(check -> !check.passed()).findFirst()
            .filter(check -> failures.isEmpty()).ifPresent(check -> failures.add(check.name() + " failed"));
        final Verdict verdict = failures.isEmpty() ? Verdict.PASSED : Verdict.FAILED;
        return new CheckerReport(checker, verdict, seconds, output.checks(), failures, log);
    }

    private static Thread reader(final Process jvm, final CheckerOutput output) {
        final Thread reader = new Thread(() -> {
            try (BufferedReader lines =
                     new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
                output.read(lines);
            } catch (IOException e) {
                // the JVM was ended in the middle of a line: what it told before is kept
            }
        }, "checker-output");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private static List<String> command(final Checker checker) {
        final List<String> command = ChildJvm.command(checker.jvmFlags());
        command.addAll(List.of("-cp", ChildJvm.classPath(), checker.mainClass()));
        command.addAll(checker.arguments());
        return command;
    }
}
