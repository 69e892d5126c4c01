// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.stress.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A main class in a JVM of its own, which prints {@linkplain RowLine lines} for its rows. Anything else that it prints is shown
 * if it fails. The methods that say what it is return the task itself; call them before it is run.
 */
public final class ChildTask implements Task {
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(10);
    private static final int LAST_LINES = 5;

    private final String label;
    private final Class<?> main;
    private final List<String> arguments;
    private final List<String> flags = new ArrayList<>();
    private boolean needsJdk25;
    private Duration limit = DEFAULT_LIMIT;

    private ChildTask(final String label, final Class<?> main, final List<String> arguments) {
        this.label = label;
        this.main = main;
        this.arguments = arguments;
    }

    /**
     * A main class to run.
     *
     * @param label what a progress bar calls it
     * @param main the class
     * @param arguments its arguments
     * @return a task
     */
    public static ChildTask of(final String label, final Class<?> main, final String... arguments) {
        return new ChildTask(label, main, List.of(arguments));
    }

    /**
     * Flags of the JVM.
     *
     * @param more flags
     * @return this
     */
    public ChildTask flags(final String... more) {
        flags.addAll(List.of(more));
        return this;
    }

    /**
     * Measures on a JDK 25 or later; without one the task is unavailable.
     *
     * @return this
     */
    public ChildTask jdk25() {
        needsJdk25 = true;
        return this;
    }

    /**
     * How long it may take; default 10 minutes.
     *
     * @param time the most
     * @return this
     */
    public ChildTask limit(final Duration time) {
        limit = time;
        return this;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<Row> run(final Tools tools) throws Unavailable, IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add((needsJdk25 ? tools.java25() : Tools.java()).toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", ChildJvm.classPath(), main.getName()));
        command.addAll(arguments);
        final Path output = Files.createTempFile("latchwork-bench", ".txt");
        try {
            final int code = start(command, output);
            return rows(Files.readAllLines(output), code);
        } finally {
            Files.delete(output);
        }
    }

    private int start(final List<String> command, final Path output) throws IOException, InterruptedException {
        final Process jvm = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            if (!jvm.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("not finished after " + limit.toSeconds() + " s");
            }
            return jvm.exitValue();
        } finally {
            ChildJvm.end(jvm);
        }
    }

    /** The rows among the lines that a child printed. */
    static List<Row> rows(final List<String> lines, final int code) throws IOException {
        if (code != 0) {
            throw new IOException("exit code " + code + ": "
                + String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
        }
        final List<Row> rows = new ArrayList<>();
        for (final String line : lines) {
            if (RowLine.isRow(line)) {
                rows.add(RowLine.parse(line));
            }
        }
        if (rows.isEmpty()) {
            throw new IOException("no rows");
        }
        return rows;
    }
}
