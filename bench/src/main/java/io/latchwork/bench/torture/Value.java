// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

/**
 * The value of an element: unlike every other.
 *
 * @param id a positive number
 */
record Value(long id) {
    /** The number of a value that may be missing: 0 if it is. */
    static long idOf(Value value) {
        return value == null ? 0 : value.id;
    }
}
