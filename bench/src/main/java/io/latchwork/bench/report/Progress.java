// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.report;

import java.io.PrintStream;

/** A progress bar on one line of a terminal; prints nothing when there is none. */
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final int LONGEST = 60;
    private static final String ERASE_LINE = "\r\u001b[K";
    /** System property, set by the launcher: true if output goes to a terminal, so that a progress bar makes sense. */
    private static final String TERMINAL = "latchwork.terminal";

    private final PrintStream out;
    private final int steps;
    private int step;

    /**
     * Makes a bar on the standard error stream, if that is a terminal.
     *
     * @param steps how often {@link #step} will be called
     */
    public Progress(final int steps) {
        this.out = Boolean.getBoolean(TERMINAL) ? System.err : null;
        this.steps = steps;
    }

    /**
     * The next step begins.
     *
     * @param what its name
     */
    public void step(final String what) {
        show(step, what);
        step++;
    }

    /**
     * The step that began last has come so far.
     *
     * @param what its name, and anything else
     */
    public void detail(final String what) {
        show(step - 1, what);
    }

    private void show(final int done, final String what) {
        if (out != null) {
            final int filled = Math.min(WIDTH, WIDTH * done / Math.max(1, steps));
            out.printf("%s[%s%s] %d/%d %s", ERASE_LINE, "#".repeat(filled), ".".repeat(WIDTH - filled), done, steps,
                what.length() > LONGEST ? what.substring(0, LONGEST) : what);
            out.flush();
        }
    }

    /** Removes the bar, so that other text may be printed; it comes back with the next call. */
    public void erase() {
        if (out != null) {
            out.print(ERASE_LINE);
            out.flush();
        }
    }

    @Override
    public void close() {
        erase();
    }
}
