// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

/** A mutant that cannot be used: it is badly written, or the library has changed under it. */
final class MutantException extends Exception {
    private static final long serialVersionUID = 1;

    MutantException(final String why) {
        super(why);
    }
}
