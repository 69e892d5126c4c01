// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.util.List;

/**
 * What a comparison came to.
 *
 * @param traffic what was replayed
 * @param timeouts the time-outs
 * @param measurement how it was measured
 * @param results a line for each variant asked for
 */
record Report(Traffic traffic, Timeouts timeouts, Measurement measurement, List<Result> results) {
    /** Whether a variant differs from the reference model. */
    boolean anyDifference() {
        return results.stream().anyMatch(result -> result.differences() != null && result.differences() != 0);
    }
}
