// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.io.PrintStream;

/** A progress bar on one line of a terminal; prints nothing when there is none. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final int steps;
    private int step;

    /**
     * Makes a bar.
     *
     * @param out the terminal, or null if there is none
     * @param steps how often {@link #step} will be called
     */
    Progress(PrintStream out, int steps) {
        this.out = out;
        this.steps = steps;
    }

    /** The next step begins. */
    void step(String what) {
        if (out != null) {
            int filled = Math.min(WIDTH, WIDTH * step / Math.max(1, steps));
            out.printf("%s[%s%s] %d/%d %s", ERASE_LINE, "#".repeat(filled), ".".repeat(WIDTH - filled), step, steps,
                what);
            out.flush();
        }
        step++;
    }

    @Override
    public void close() {
        if (out != null) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }
}
