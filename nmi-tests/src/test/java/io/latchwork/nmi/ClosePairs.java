// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/** Makes the scenarios of a runtime that is closed in the middle of a call. In the kit's own package, as {@link MapPairs}. */
public interface ClosePairs {

    /** A call that takes something from the runtime, or gives it back. */
    enum Call {
        /** Into a map that is empty, in a runtime that has nothing else: so closing has nothing else to wait for. */
        INSERT_ALONE,
        INSERT, INSERT_GROWING, INSERT_EVICTING, INSERT_OUTER, UPDATE, DELETE,
        /** Of a map with an element that has nothing; the other one has a timer that is armed. */
        RELEASE, RELEASE_BOUND, INIT, INIT_WORK, SET_CALLBACK, START, START_WORK,
        CANCEL, FLUSH, PIN, LOAD_PROGRAM, RELEASE_PROGRAM, NEW_TIMER, CLOSE_TIMER, MAKE_MAP, MAKE_OUTER_MAP
    }

    /**
     * A scenario.
     *
     * @param call the call that is held up
     * @param givesUp whether closing gives up at once what it would have to wait for, instead of waiting
     * @return the scenario, bound to the same classes as this object
     */
    Scenario<?> closing(Call call, boolean givesUp);
}
