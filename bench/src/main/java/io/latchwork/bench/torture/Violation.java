// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.List;

/**
 * An invariant that was broken.
 *
 * @param invariant which
 * @param what what happened, in one line
 * @param events the last events of the timer concerned; empty where there is none
 */
record Violation(Invariant invariant, String what, List<Event> events) {
    static Violation of(Invariant invariant, String what) {
        return new Violation(invariant, what, List.of());
    }

    @Override
    public String toString() {
        return invariant + " (" + invariant.text + "): " + what;
    }
}
