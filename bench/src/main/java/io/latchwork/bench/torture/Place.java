// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

/**
 * Where a timer or a work is embedded: a key of a map, or a timer without a map. It has one history, though control blocks
 * come and go in it.
 *
 * @param id its number in the log
 * @param name for reports
 * @param work whether it is a work's
 * @param loose whether blocks may be taken out of it by something that is no call on it, such as an eviction
 */
record Place(int id, String name, boolean work, boolean loose) {
    @Override
    public String toString() {
        return name;
    }
}
