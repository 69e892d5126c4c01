// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

/** Sums for an audit. One thread's own. */
public final class Books {
    /** Containers with a user reference. */
    public int maps;
    /** Programs that are not unloaded. */
    public int programs;
    /** Elements in use or waiting for a grace period. */
    public long elements;
    /** Control blocks in use or waiting for a grace period. */
    public long blocks;
    /** Armed timers. */
    public long armedTimers;
    /** Pending or running works. */
    public long pendingWorks;
    /** Whether every pool has all its objects. */
    public boolean poolsFull = true;

    /** Empty books. */
    public Books() {
        // everything starts at zero
    }
}
