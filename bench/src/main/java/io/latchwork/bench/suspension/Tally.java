// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

import java.util.Arrays;
import java.util.Locale;

/** What came of the suspensions of one subject. */
final class Tally {
    private final Subject subject;
    private int trials;
    private int stalled;
    private int slow;
    private long fired;
    private long late;
    private long[] calls = new long[16];
    private long[] firings = new long[16];
    private String firstStall = "";

    Tally(final Subject subject) {
        this.subject = subject;
    }

    Subject subject() {
        return subject;
    }

    int trials() {
        return trials;
    }

    int stalled() {
        return stalled;
    }

    /** What happened in a trial while a client was suspended. */
    void trial(final long othersCalls, final long timersFired, final long timersLate) {
        if (trials == calls.length) {
            calls = Arrays.copyOf(calls, 2 * trials);
            firings = Arrays.copyOf(firings, 2 * trials);
        }
        calls[trials] = othersCalls;
        firings[trials++] = timersFired;
        fired += timersFired;
        late += timersLate;
    }

    /** In the last trial somebody did nothing, until the client was let go. */
    void stalled(final String how) {
        if (stalled++ == 0) {
            firstStall = how;
        }
    }

    /** In the last trial somebody did nothing for long, but got on while the client was still suspended: had no processor. */
    void slow() {
        slow++;
    }

    /** Where the first thread was whose suspension stalled others, and whom; "" if there was none. */
    String firstStall() {
        return firstStall;
    }

    /** The library must never stall, the others must at times. */
    boolean asItShould() {
        return trials > 0 && (subject.mustNotStall() ? stalled == 0 : stalled > 0);
    }

    static String header(final String mode) {
        return String.format(Locale.ROOT, "%-18s %7s %8s %5s %21s %21s %12s", mode, "trials", "stalled", "slow",
            "calls of the others", "timers fired", "late");
    }

    /** Least and median of what happened while a client was suspended. */
    String row() {
        return String.format(Locale.ROOT, "%-18s %7d %8d %5d %21s %21s %12s", subject.label(), trials, stalled, slow,
            least(calls) + " / " + median(calls), least(firings) + " / " + median(firings), late + " of " + fired);
    }

    private long least(final long[] values) {
        return trials == 0 ? 0 : Arrays.stream(values, 0, trials).min().getAsLong();
    }

    private long median(final long[] values) {
        final long[] sorted = Arrays.copyOf(values, trials);
        Arrays.sort(sorted);
        return trials == 0 ? 0 : sorted[trials / 2];
    }
}
