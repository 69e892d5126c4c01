// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.bench.report.Machine;
import java.io.PrintStream;
import java.util.Locale;

/** The report for people: what was measured on what, and a table. */
final class TextReport {
    private static final String HEAD = "%-18s %9s %9s %8s %8s %9s %10s %12s %9s %9s %12s%n";
    private static final String LINE = "%-18s %9.2f %9s %8d %8d %9d %10d %12d %9.2f %9d %12s%n";
    private static final double MILLION = 1e6;
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;
    private static final String NONE = "-";

    private TextReport() {
    }

    static void print(Report report, long floorNs, PrintStream out) {
        Traffic traffic = report.traffic();
        Measurement measurement = report.measurement();
        Deal deal = measurement.deal();
        line(out, "capture  %s: %d packets, %d flows, %.1f s", traffic.name(), traffic.size(), traffic.flows(),
            traffic.timeNs(traffic.size() - 1) / NS_PER_SECOND);
        line(out, "machine  %s, %d cores, %s, %s", Machine.cpu(), Machine.cores(), Machine.system(), Machine.jdk());
        line(out, "         %s", Machine.collectors());
        line(out, "replay   %d threads as fast as they can, %.0f %% of the flows touched by every thread",
            deal.threads(), deal.sharedPercent());
        line(out, "         %d rounds of %d ms for each variant, in turns; one flow in %d rests at a time",
            measurement.rounds(), measurement.roundMs(), Deal.PARTS);
        line(out, "         flows idle out after %.1f ms, %.1f ms once both sides have ended",
            report.timeouts().idleNs() / NS_PER_MS, report.timeouts().lingerNs() / NS_PER_MS);
        line(out, "         packets come in bursts of %d, with one clock read a burst; jdk, netty read it for each",
            measurement.burst());
        line(out, "values   an operation is one packet; latencies in ns, of every %dst operation; of nothing: %d ns",
            Replayer.STRIDE, floorNs);
        line(out, "         B/op: allocated by the replay threads only; expiries: while measuring");
        line(out, "         differences: from a sequential reference model, packets driven by their time stamps");
        out.println();
        out.printf(HEAD, "variant", "Mops/s", "vs locked", "p50", "p99", "p99.9", "p99.99", "max", "B/op", "expiries",
            "differences");
        for (Result result : report.results()) {
            print(result, out);
        }
        out.flush();
    }

    private static void print(Result result, PrintStream out) {
        boolean both = result.name().equals("locked");
        out.printf(Locale.ROOT, LINE, both ? result.name() + " (" + result.baseLock() + ")" : result.name(),
            result.opsPerSecond() / MILLION,
            result.ratioToLocked() == null ? NONE : String.format(Locale.ROOT, "%.2fx", result.ratioToLocked()),
            result.p50(), result.p99(), result.p999(), result.p9999(), result.tally().max(),
            result.tally().bytesPerOp(), result.tally().expiries(),
            result.differences() == null ? NONE : result.differences().toString());
    }

    private static void line(PrintStream out, String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
