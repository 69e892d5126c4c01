// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * The clock that a timer's deadlines are measured on.
 *
 * <p>A <em>relative</em> delay is taken at the call, on every clock. On {@link #REALTIME} a relative start does not follow
 * later steps of the wall clock, an absolute one does; that is what the original meant and lost.
 */
public enum ClockId {
    /**
     * Time that only moves forward, at the rate of {@link AsyncClock#nanoTime()}; not related to the wall clock. Time in which
     * the machine is suspended does not count.
     */
    MONOTONIC,
    /**
     * The wall clock, in nanoseconds since 1970-01-01T00:00Z. Absolute deadlines follow its steps: forward, and what is due
     * then fires at once; back, and what is due later waits.
     */
    REALTIME,
    /** As {@link #MONOTONIC}, but the time in which the machine is suspended counts. */
    BOOTTIME
}
