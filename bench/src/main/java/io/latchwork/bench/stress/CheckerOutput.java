// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import io.latchwork.bench.stress.CheckerReport.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a checker's JVM prints: writes it to a log and keeps what {@link CheckerLines} tell. */
final class CheckerOutput {
    private static final Pattern PROGRESS = Pattern.compile(CheckerLines.PROGRESS + "(\\d+) (\\d+) ?(.*)");
    private static final Pattern RESULT =
        Pattern.compile(CheckerLines.RESULT + "(\\S+) (passed|failed) ([0-9.]+) ?(.*)");

    private final List<Check> checks = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final PrintWriter log;
    private final Consumer<String> progress;

    CheckerOutput(final PrintWriter log, final Consumer<String> progress) {
        this.log = log;
        this.progress = progress;
    }

    /** Reads to the end. */
    void read(final BufferedReader from) throws IOException {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            log.println(line);
            take(line);
        }
        log.flush();
    }

    private synchronized void take(final String line) {
        if (line.startsWith(CheckerLines.FAILURE)) {
            failures.add(line.substring(CheckerLines.FAILURE.length()));
            return;
        }
        final Matcher step = PROGRESS.matcher(line);
        if (step.matches()) {
            progress.accept(step.group(1) + "/" + step.group(2) + " " + step.group(3));
            return;
        }
        final Matcher result = RESULT.matcher(line);
        if (result.matches()) {
            checks.add(new Check(result.group(1), result.group(2).equals("passed"),
                Double.parseDouble(result.group(3)), result.group(4)));
        }
    }

    synchronized List<Check> checks() {
        return new ArrayList<>(checks);
    }

    synchronized List<String> failures() {
        return new ArrayList<>(failures);
    }
}
