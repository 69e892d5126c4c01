// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.CheckerLines;
import io.latchwork.bench.stress.TestName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs one test after another, each on another mutant: the main class of a JVM that is used for many, since most tests take less
 * time than a JVM takes to start. Each mutant has a class loader, and so a library, of its own. A mutant that leaves threads
 * behind is the last one of its JVM.
 *
 * <p>Reads a directory and a test from each pair of lines; ends with {@link #END} what it prints of it.
 */
public final class TestHost {
    /** Begins the last line that is printed of a test; the exit code of the test follows. */
    static final String END = "@end ";
    /** Follows the exit code if nothing more can be run here. */
    static final String DIRTY = " dirty";

    private static final long ENDING_MS = 200;
    private static final String TIMEOUT = "junit.jupiter.execution.timeout.default";
    /** A test that waits for ever, where an interrupt reaches it, has seen that something waits that should not. */
    private static final String LIMIT = "20 s";

    private TestHost() {
    }

    /**
     * Serves until the standard input ends.
     *
     * @param args none
     * @throws IOException if the standard input cannot be read
     * @throws InterruptedException never
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final PrintStream out = System.out;
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String directory = in.readLine(); directory != null; directory = in.readLine()) {
            final Set<Thread> before = Thread.getAllStackTraces().keySet();
            final Run run = new Run(Path.of(directory), in.readLine(), out);
            final Thread thread = new Thread(run, "test");
            thread.start();
            thread.join();
            out.println("\n" + END + run.exitCode + (hasEnded(before) ? "" : DIRTY));
            out.flush();
        }
        Runtime.getRuntime().halt(0); // threads that a mutant left do not matter any more
    }

    private static boolean hasEnded(final Set<Thread> before) throws InterruptedException {
        final long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENDING_MS);
        while (Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> !before.contains(thread) && thread.isAlive())) {
            if (System.nanoTime() > limit) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    /** One test. */
    private static final class Run implements Runnable, TestExecutionListener {
        private final Path changed;
        private final String test;
        private final PrintStream out;
        private final CancellationToken cancellation = CancellationToken.create();
        private int tests;
        private boolean failed;
        private int exitCode = 2;

        Run(final Path changed, final String test, final PrintStream out) {
            this.changed = changed;
            this.test = test;
            this.out = out;
        }

        @Override
        public void run() {
            final ClassLoader loader = new MutatedLoader(changed, TestHost.class.getClassLoader());
            loader.setDefaultAssertionStatus(true);
            Thread.currentThread().setContextClassLoader(loader);
            try {
                LauncherFactory.create().execute(LauncherExecutionRequestBuilder.request(
                    LauncherDiscoveryRequestBuilder.request()
                        .selectors(TestName.select(test)).configurationParameter(TIMEOUT, LIMIT).build())
                    .listeners(this).cancellationToken(cancellation).build());
                if (tests == 0 && !failed) {
                    CheckerLines.failure(out, "no tests were found");
                }
                exitCode = failed || tests == 0 ? 1 : 0;
            } catch (final Throwable e) {
                e.printStackTrace(out);
            }
        }

        @Override
        public void executionFinished(final TestIdentifier identifier, final TestExecutionResult result) {
            if (identifier.isTest()) {
                tests++;
            }
            if (result.getStatus() == TestExecutionResult.Status.FAILED && !failed) {
                failed = true;
                CheckerLines.failure(out, identifier.getDisplayName() + ": "
                    + result.getThrowable().map(Run::message).orElse("no reason given"));
                cancellation.cancel();
            }
        }

        /** The library links and tries itself when it is loaded: what is wrong there is the cause. */
        private static String message(final Throwable thrown) {
            return thrown instanceof ExceptionInInitializerError && thrown.getCause() != null
                ? "the library does not start: " + thrown.getCause() : thrown.toString();
        }
    }
}
