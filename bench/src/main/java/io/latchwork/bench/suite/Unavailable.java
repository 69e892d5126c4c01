// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

/** Thrown by a task that cannot be measured on this machine. The message says why. */
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A task that cannot be measured.
     *
     * @param why what is missing
     */
    public Unavailable(final String why) {
        super(why);
    }
}
