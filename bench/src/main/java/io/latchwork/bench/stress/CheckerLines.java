// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The lines by which a checker's JVM tells its parent how it goes, among whatever else it prints.
 *
 * <pre>
 * &#64;progress DONE TOTAL what
 * &#64;result NAME passed|failed SECONDS detail
 * &#64;failure one line of why
 * </pre>
 */
public final class CheckerLines {
    static final String PROGRESS = "@progress ";
    static final String RESULT = "@result ";
    static final String FAILURE = "@failure ";

    private CheckerLines() {
    }

    /**
     * Tells how far the checker is.
     *
     * @param out the standard output
     * @param done steps done
     * @param total steps in all
     * @param what the step that begins
     */
    public static void progress(final PrintStream out, final long done, final long total, final String what) {
        line(out, PROGRESS + done + " " + total + " " + what);
    }

    /**
     * Tells what came of one thing that was checked.
     *
     * @param out the standard output
     * @param name its name, without spaces
     * @param passed whether it passed
     * @param seconds how long it took
     * @param detail anything else
     */
    public static void result(final PrintStream out, final String name, final boolean passed, final double seconds,
                              final String detail) {
        line(out, String.format(Locale.ROOT, "%s%s %s %.1f %s", RESULT, name, passed ? "passed" : "failed", seconds,
            detail).stripTrailing());
    }

    /**
     * Tells why something failed.
     *
     * @param out the standard output
     * @param why in one line; more lines are joined
     */
    public static void failure(final PrintStream out, final String why) {
        line(out, FAILURE + why.strip().replaceAll("\\s*\\R\\s*", " | "));
    }

    /** One call of println for one line: other threads may print, too. */
    private static void line(final PrintStream out, final String text) {
        out.println(text);
        out.flush();
    }
}
