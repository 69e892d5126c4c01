// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

/** A place for two references that belong together. */
public interface PairCell {
    /**
     * Reads both halves of one pair.
     *
     * @return the first half; null if both are the same
     */
    Object read();

    /**
     * Replaces the pair.
     *
     * @param first the first half
     * @param second the second half
     * @return the first half of the pair that was replaced
     */
    Object exchange(Object first, Object second);
}
