// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.List;

/**
 * One exploration: some calls in, or beside, another one, at every point of it.
 *
 * @param form how
 * @param state what the calls find, for messages
 * @param interrupted the call that is interrupted or stopped
 * @param others the calls that come in it, or that another thread makes meanwhile
 * @param scenario the calls
 * @param options the options, but for what follows from the form
 */
record Cell(Form form, String state, String interrupted, List<String> others, Scenario<?> scenario, Options options) {

    /** How the calls come together. */
    enum Form {
        /** One call in another one. */
        IN,
        /** Two calls in one, one after the other. */
        TWO_IN,
        /** A call in a call in a call. */
        NESTED,
        /** The thread is parked for good; others make calls. */
        STOPPED,
        /** The thread is parked, others make calls, and it goes on. */
        HELD_UP
    }

    Report explore() {
        final Options deep = options.withDepth(others.size());
        return switch (form) {
            case IN, TWO_IN -> NmiExplorer.explore(scenario, deep);
            case NESTED -> NmiExplorer.explore(scenario, deep.withStacking());
            case STOPPED -> StallExplorer.explore(scenario, deep);
            case HELD_UP -> StallExplorer.exploreResumed(scenario, deep);
        };
    }

    @Override
    public String toString() {
        return form + " " + state + ": " + others + (form == Form.STOPPED || form == Form.HELD_UP ? " beside " : " in ")
            + interrupted;
    }
}
