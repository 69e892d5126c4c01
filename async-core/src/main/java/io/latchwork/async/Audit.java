// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.util.List;

/**
 * The books of a runtime: what is in use, and what is on its way back. After {@link AsyncRuntime#close()} has returned, and
 * nothing is stuck, {@link #isClean()} is true.
 *
 * <p>Each number is right as of some moment during the call; all of them together only while nobody uses the runtime.
 *
 * @param closed whether the runtime was closed
 * @param maps maps and outer maps that have a user reference
 * @param pins names that are pinned
 * @param programs programs that are not unloaded yet
 * @param elements elements in use, or waiting for a grace period
 * @param blocks control blocks of timers and works in use, or waiting for a grace period
 * @param armedTimers timers that are armed
 * @param pendingWorks works that are pending or running
 * @param poolsFull whether every pool has all its objects
 * @param threads threads of the runtime that are alive
 * @param callbackErrors how many callbacks and hooks threw so far
 * @param slowCallbacks how many timer callbacks were slow so far; 0 unless a
 *     {@linkplain AsyncRuntimeBuilder#slowCallback handler} is set
 * @param stillArmed what closing found armed or pending; empty before
 */
public record Audit(boolean closed, int maps, int pins, int programs, long elements, long blocks, long armedTimers,
        long pendingWorks, boolean poolsFull, int threads, long callbackErrors, long slowCallbacks,
        List<CloseHandler.StillArmed> stillArmed) {

    /**
     * Whether nothing is left: every count of things zero, every pool full, no thread alive.
     *
     * @return true if nothing is in use or on its way
     */
    public boolean isClean() {
        return maps == 0 && pins == 0 && programs == 0 && elements == 0 && blocks == 0 && armedTimers == 0
            && pendingWorks == 0 && poolsFull && threads == 0;
    }
}
