// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.Status;
import java.io.PrintStream;

/** How many calls of each kind there were, and what they answered. */
final class Tally {
    private static final Status[] ANSWERS = Status.values();

    private final long[][] counts = new long[Call.values().length][ANSWERS.length + 1];
    private long judged;
    private long undecided;
    private int unjudged;

    void add(Round round) {
        for (ThreadLog log : round.log().logs()) {
            for (Call call : Call.values()) {
                for (int i = 0; i <= ANSWERS.length; i++) {
                    counts[call.ordinal()][i] += log.count(call, i < ANSWERS.length ? ANSWERS[i] : null);
                }
            }
        }
        judged += round.judged();
        undecided += round.undecided();
        unjudged += round.judged() == 0 ? 1 : 0;
    }

    long judged() {
        return judged;
    }

    long undecided() {
        return undecided;
    }

    int unjudged() {
        return unjudged;
    }

    long firings() {
        return counts[Call.FIRE.ordinal()][Status.OK.ordinal()];
    }

    void print(PrintStream out) {
        for (Call call : Call.values()) {
            StringBuilder line = new StringBuilder();
            long all = 0;
            for (int i = 0; i <= ANSWERS.length; i++) {
                long count = counts[call.ordinal()][i];
                all += count;
                if (count > 0) {
                    line.append(' ').append(i < ANSWERS.length ? ANSWERS[i].name() : "threw").append(' ').append(count);
                }
            }
            if (all > 0) {
                out.printf("%-16s %9d:%s%n", call, all, line);
            }
        }
    }
}
