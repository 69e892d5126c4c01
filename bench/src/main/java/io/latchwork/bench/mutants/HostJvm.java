// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM with a {@link TestHost}. Used by one thread at a time. */
final class HostJvm implements AutoCloseable {
    private static final String GONE = "the JVM has ended";

    private final List<String> command;
    private final Path directory;
    private Process jvm;
    private Writer to;
    private BlockingQueue<String> lines;

    /**
     * @param command what starts it
     * @param directory where it works
     */
    HostJvm(final List<String> command, final Path directory) {
        this.command = command;
        this.directory = directory;
    }

    /**
     * Runs a test.
     *
     * @param test class, or class and method
     * @param changed the classes of the mutant
     * @param limitSeconds when the JVM is killed
     */
    CheckerOutcome run(final String test, final Path changed, final long limitSeconds) throws IOException, InterruptedException {
        if (jvm == null) {
            start();
        }
        final StringBuilder output = new StringBuilder();
        try {
            to.write(changed + "\n" + test + "\n");
            to.flush();
            final long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
            while (true) {
                final String line = lines.poll(limit - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    close();
                    return CheckerOutcome.broken("it still ran after " + limitSeconds + " s");
                }
                if (line.startsWith(TestHost.END)) {
                    final String[] end = line.substring(TestHost.END.length()).split(" ");
                    if (end.length > 1) {
                        close();
                    }
                    return CheckerOutcome.of(Checker.Kind.JUNIT, Integer.parseInt(end[0]), output.toString());
                }
                output.append(line).append('\n');
                if (line.equals(GONE)) {
                    close();
                    return CheckerOutcome.of(Checker.Kind.JUNIT, -1, output.toString());
                }
            }
        } catch (final IOException e) {
            close();
            return CheckerOutcome.broken(GONE + ": " + output);
        }
    }

    private void start() throws IOException {
        jvm = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        to = jvm.outputWriter(StandardCharsets.UTF_8);
        lines = new LinkedBlockingQueue<>();
        final BufferedReader from = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.ISO_8859_1));
        final BlockingQueue<String> sink = lines;
        final Thread reader = new Thread(() -> read(from, sink), "host-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(final BufferedReader from, final BlockingQueue<String> sink) {
        try (from) {
            from.lines().forEach(sink::add);
        } catch (final IOException | UncheckedIOException e) {
            // it was killed in the middle of a line
        }
        sink.add(GONE);
    }

    @Override
    public void close() {
        if (jvm != null) {
            ChildJvm.end(jvm);
            jvm.onExit().join();
            jvm = null;
        }
    }
}
