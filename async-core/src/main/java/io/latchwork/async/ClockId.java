// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/** The clock that a timer's deadlines are measured on. */
public enum ClockId {
    /** Time that only moves forward, at the rate of {@link AsyncClock#nanoTime()}; not related to the wall clock. */
    MONOTONIC
}
