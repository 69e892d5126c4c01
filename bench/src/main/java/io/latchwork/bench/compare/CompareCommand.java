// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.bench.capture.Capture;
import io.latchwork.bench.capture.CaptureException;
import io.latchwork.bench.report.Progress;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code compare} subcommand. */
@Command(name = "compare", sortOptions = false,
    description = {"Replays a packet capture through a flow table and compares the timers under it.",
        "Each TCP or UDP packet looks up its flow and re-arms the flow's idle time-out; once FIN or RST was seen of "
            + "both sides the time-out is a tenth; its expiry removes the flow."},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:no differences from the reference model", "1:a variant differs", "2:bad usage or bad input",
        "70:an error of the program itself"},
    exitCodeOnExecutionException = 70)
public final class CompareCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;
    private static final int MAX_THREADS = 256;
    private static final int MAX_BURST = 65_536;
    private static final int MAX_SECONDS = 86_400;

    @Spec
    private CommandSpec spec;

    @Option(names = "--capture", paramLabel = "FILE",
        description = "pcap or pcapng file; default: one that is built in")
    private Path capture;

    @Option(names = "--idle", paramLabel = "MS", defaultValue = "100",
        description = "idle time-out in milliseconds, both to verify and to measure; above 200 it is too long to "
            + "expire in a round of the measurement; default ${DEFAULT-VALUE}")
    private int idleMs;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2",
        description = "threads that replay; default ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5",
        description = "seconds to measure each variant; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--burst", paramLabel = "N", defaultValue = "32",
        description = "packets that arrive together, at one read of the clock; default ${DEFAULT-VALUE}")
    private int burst;

    @Option(names = "--variants", paramLabel = "a,b,...", defaultValue = Selection.DEFAULT,
        description = "lockfree, locked, locked-spin, locked-reentrant, jdk, netty; 'locked' is the faster of the two "
            + "locked ones; default ${DEFAULT-VALUE}")
    private String variants;

    @Option(names = "--json", paramLabel = "FILE", description = "write the results there, too")
    private Path json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and exit")
    private boolean help;

    /** A command with its defaults, for picocli to fill in. */
    public CompareCommand() {
        // fields are set by picocli
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        range("--idle", idleMs, Integer.MAX_VALUE);
        range("--threads", threads, MAX_THREADS);
        range("--burst", burst, MAX_BURST);
        range("--seconds", seconds, MAX_SECONDS);
        Selection selection = select();
        Traffic traffic = load();
        Report report;
        try (Writer to = open()) {
            report = compare(selection, traffic);
            if (to != null) {
                JsonReport.write(report, to);
            }
        }
        TextReport.print(report, Latency.floorNs(), System.out);
        return report.anyDifference() ? DIFFERENT : 0;
    }

    private Report compare(Selection selection, Traffic traffic) throws InterruptedException {
        Timeouts timeouts = Timeouts.ofIdleMs(idleMs);
        Set<Variant> chosen = selection.variants();
        Measurement measurement = new Measurement(traffic, timeouts, threads, burst, seconds, chosen);
        Map<Variant, Long> differences = new EnumMap<>(Variant.class);
        Map<Variant, Tally> tallies;
        try (Progress progress = new Progress(chosen.size() + measurement.steps())) {
            for (Variant variant : chosen) {
                progress.step("verify " + variant.label());
                if (variant.onClock() != null) {
                    differences.put(variant, Verifier.differences(traffic, timeouts, variant.onClock()));
                }
            }
            tallies = measurement.run(progress::step);
        }
        return new Report(traffic, timeouts, measurement,
            selection.results(tallies, differences, threads));
    }

    private Traffic load() {
        try {
            return Traffic.of(capture == null ? Capture.loadDefault() : Capture.load(capture));
        } catch (CaptureException e) {
            throw bad(e.getMessage(), e);
        }
    }

    private Selection select() {
        try {
            return Selection.parse(variants);
        } catch (IllegalArgumentException e) {
            throw bad(e.getMessage(), e);
        }
    }

    /** Opens the results file before anything is measured: a bad path should not cost a measurement. */
    private Writer open() {
        if (json == null) {
            return null;
        }
        try {
            return Files.newBufferedWriter(json);
        } catch (IOException e) {
            throw bad("--json: cannot write " + json, e);
        }
    }

    private void range(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw bad(option + ": " + value + ", not 1 to " + max, null);
        }
    }

    private ParameterException bad(String message, Throwable cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }
}
