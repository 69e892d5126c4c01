// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;

/** One thing to measure, in a JVM of its own. */
public interface Task {
    /**
     * What a progress bar calls it.
     *
     * @return a short line
     */
    String label();

    /**
     * Measures.
     *
     * @param tools what the run offers
     * @return the rows, one or more
     * @throws Unavailable if this cannot be measured on this machine
     * @throws Exception if it failed
     */
    List<Row> run(Tools tools) throws Exception;
}
