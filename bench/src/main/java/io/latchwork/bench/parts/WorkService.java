// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

/** Runs numbered works soon, on a thread of its own. */
public interface WorkService extends AutoCloseable {
    /**
     * Asks for a run of a work that is neither waiting nor running.
     *
     * @param work its number
     */
    void start(int work);

    /** Stops it. */
    @Override
    void close();
}
