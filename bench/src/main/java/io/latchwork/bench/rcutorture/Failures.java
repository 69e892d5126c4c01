// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.bench.stress.CheckerLines;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What went wrong; any thread tells. */
final class Failures {
    /** Those after it are counted only. */
    private static final int PRINTED = 20;

    private final PrintStream out;
    private final boolean expected;
    private final List<String> first = new ArrayList<>();
    private int count;

    /** @param expected whether a failure is what is hoped for */
    Failures(final PrintStream out, final boolean expected) {
        this.out = out;
        this.expected = expected;
    }

    synchronized void add(final String why) {
        if (count++ < PRINTED) {
            first.add(why);
            if (expected) {
                out.println("  caught: " + why);
            } else {
                CheckerLines.failure(out, why);
            }
        }
    }

    synchronized int count() {
        return count;
    }

    /** The first one, or "". */
    synchronized String first() {
        return first.isEmpty() ? "" : first.get(0);
    }

    static String describe(final Throwable thrown) {
        final StringBuilder text = new StringBuilder(thrown.toString());
        final StackTraceElement[] stack = thrown.getStackTrace();
        for (int i = 0; i < Math.min(6, stack.length); i++) {
            text.append(" at ").append(stack[i]);
        }
        return text.toString();
    }

    /** Where a thread is. */
    static String describe(final Thread thread) {
        final StringBuilder text = new StringBuilder(thread.getName()).append(' ').append(thread.getState());
        final StackTraceElement[] stack = thread.getStackTrace();
        for (int i = 0; i < Math.min(8, stack.length); i++) {
            text.append(" at ").append(stack[i]);
        }
        return text.toString();
    }
}
