// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

/**
 * What became of a mutant.
 *
 * @param mutant the mutant
 * @param kind see there
 * @param checker who caught it; null if nobody did
 * @param why the failure that it was caught by, or why it could not be tried
 * @param seconds for how long it lived: with patching, compiling, and starting its checkers
 */
record Verdict(Mutant mutant, Kind kind, Checker checker, String why, double seconds) {
    /** How it ended. */
    enum Kind {
        /** A checker failed, as it should. */
        CAUGHT,
        /** All its checkers passed: the bug is not seen. */
        SURVIVED,
        /** It could not be tried: it does not apply or compile, or a checker did not run to its end. */
        BROKEN
    }

    boolean isCaught() {
        return kind == Kind.CAUGHT;
    }

    /** In one line. */
    String detail() {
        return switch (kind) {
            case CAUGHT -> "caught by " + checker.shortName() + ": " + why;
            case SURVIVED -> "survived " + mutant.checkers();
            case BROKEN -> checker == null ? why : checker + ": " + why;
        };
    }
}
