// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much is to be measured.
 *
 * @param quick whether a few minutes must do
 * @param threads the most client threads
 */
public record Plan(boolean quick, int threads) {
    /**
     * The numbers of client threads to measure.
     *
     * @return 1, 2, 4, ... and the most
     */
    public List<Integer> threadCounts() {
        return IntStream.concat(IntStream.iterate(1, n -> n < threads, n -> 2 * n), IntStream.of(threads)).boxed().toList();
    }
}
