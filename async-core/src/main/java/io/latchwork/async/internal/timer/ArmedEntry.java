// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.ClockId;

/**
 * What an armed block waits for.
 *
 * @param clock the clock of the deadline
 * @param deadlineNs the deadline on it
 * @param dueNs when the monotonic clock will show that it is due, if nothing steps; MAX_VALUE for never
 */
public record ArmedEntry(ClockId clock, long deadlineNs, long dueNs) {
}
