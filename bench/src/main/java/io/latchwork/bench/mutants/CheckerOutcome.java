// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What came of a run of checkers.
 *
 * @param kind see there
 * @param why the failure that was found, or why the run says nothing; empty if all passed
 */
record CheckerOutcome(Kind kind, String why) {
    private static final String FAILURE = "@failure ";
    private static final int FAILED = 1;
    private static final int TAIL = 600;
    /** Failures that are none of the library's: of the checkers, and of classes that do not fit each other. */
    private static final Pattern OF_ITSELF = Pattern.compile("no tests were found|caught a bug in Lincheck|NoClassDefFoundError"
        + "|NoSuchMethodError|NoSuchFieldError|IllegalAccessError|AbstractMethodError|IncompatibleClassChangeError|VerifyError"
        + "|ClassNotFoundException|OutOfMemoryError");

    /** How a run ended. */
    enum Kind {
        /** A checker saw a bug. */
        FAILED,
        /** All checkers ran and saw none. */
        PASSED,
        /** It did not run, or not to its end: neither proves a thing. */
        BROKEN
    }

    static CheckerOutcome broken(final String why) {
        return new CheckerOutcome(Kind.BROKEN, why);
    }

    /**
     * Reads the outcome off a run that has ended.
     *
     * @param exitCode the exit code
     * @param output all that was printed
     */
    static CheckerOutcome of(final Checker.Kind checker, final int exitCode, final String output) {
        if (exitCode == 0) {
            return new CheckerOutcome(Kind.PASSED, "");
        }
        final List<String> failures = output.lines().filter(line -> line.startsWith(FAILURE))
            .map(line -> line.substring(FAILURE.length())).toList();
        final Optional<String> own = failures.stream().filter(failure -> OF_ITSELF.matcher(failure).find()).findFirst();
        if (own.isPresent()) {
            return broken(own.get());
        }
        if (exitCode != FAILED || failures.isEmpty()) {
            return broken(checker + " ended with exit code " + exitCode + ": " + tail(output));
        }
        return new CheckerOutcome(Kind.FAILED, failures.get(0));
    }

    private static String tail(final String output) {
        final String text = output.strip();
        return text.substring(Math.max(0, text.length() - TAIL)).replaceAll("\\s*\\R\\s*", " | ");
    }
}
