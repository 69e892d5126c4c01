// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.List;

/** Makes the scenarios of the kinds of maps. In the kit's own package: so it is one type for the loaders and for the tests. */
public interface MapPairs {

    /** What the calls are made on. Each holds something under key 0, and a map of elements under key 1 too. */
    enum Kind {
        LRU, LRU_OF_ONE, GROWING, ARRAY, ARRAY_OF_MAPS, HASH_OF_MAPS;

        boolean isOuter() {
            return this == ARRAY_OF_MAPS || this == HASH_OF_MAPS;
        }
    }

    /** A call. */
    enum Call {
        /** Puts something under key 2. */
        INSERT,
        /** Puts something under key 3. */
        INSERT_ANOTHER,
        /** Replaces what is under key 0. */
        UPDATE,
        /** Deletes key 0. */
        DELETE,
        /** Looks key 0 up. */
        LOOKUP,
        /** Counts the elements by passing through them. */
        PASS,
        /** Initialises a timer of key 0. */
        INIT,
        /** Arms the timer of key 1. */
        START,
        /** Drops the last user reference. */
        RELEASE,
        /** Drops the last user reference of the inner map that UPDATE and INSERT put in. */
        RELEASE_INNER,
        OPEN, SIZE,
        /** By index. */
        LOOKUP_AT, UPDATE_AT,
        /** How many were evicted. */
        EVICTIONS;

        boolean isOf(final Kind kind) {
            return switch (this) {
                case PASS, INIT, START -> !kind.isOuter();
                case RELEASE_INNER -> kind.isOuter();
                case LOOKUP_AT, UPDATE_AT -> kind == Kind.ARRAY;
                case EVICTIONS -> kind == Kind.LRU || kind == Kind.LRU_OF_ONE;
                case INSERT, INSERT_ANOTHER -> kind != Kind.ARRAY;
                default -> true;
            };
        }
    }

    /**
     * A scenario.
     *
     * @param kind the kind of map
     * @param interrupted the call that is interrupted or stalled
     * @param nested the calls that interrupt it, or that the other thread makes
     * @param isStopped whether it is stopped for good
     * @return the scenario, bound to the same classes as this object
     */
    Scenario<?> pair(Kind kind, Call interrupted, List<Call> nested, boolean isStopped);
}
