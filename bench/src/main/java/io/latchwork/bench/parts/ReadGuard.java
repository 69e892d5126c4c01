// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

/** One reference, read under the protection of something that a writer can wait for. */
public interface ReadGuard extends AutoCloseable {
    /**
     * Enters, reads, leaves.
     *
     * @return the reference
     */
    Object read();

    /** Stops what belongs to it. */
    @Override
    void close();
}
