// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

/**
 * Where a timer or a work is embedded: a key of a map, or a timer without a map. It has one history, though control blocks
 * come and go in it.
 *
 * @param id its number in the log
 * @param name for reports
 * @param ends what takes blocks out of it
 * @param map the number of the map that it is in; of no meaning without one
 */
record Place(int id, String name, Ends ends, int map) {
    /** What takes blocks out of a place. */
    enum Ends {
        /** Calls on it alone, so that the log has them all. */
        BY_CALL,
        /** Also insertions of other keys of the same map, which evict. */
        BY_EVICTION,
        /** Also the last release of the map, and no call says that it was the last. */
        ANYHOW
    }

    @Override
    public String toString() {
        return name;
    }
}
