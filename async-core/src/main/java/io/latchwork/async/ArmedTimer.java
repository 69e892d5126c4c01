// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * An armed timer, as {@link TimerView#armed()} saw it.
 *
 * @param key the key of its element
 * @param clock the clock that its deadline is measured on; {@link ClockId#MONOTONIC} for a relative start on
 *     {@link ClockId#REALTIME}, which steps of the wall clock do not move
 * @param deadlineNs the deadline, in nanoseconds on that clock; {@link Long#MAX_VALUE} for never
 * @param <K> the key type
 */
public record ArmedTimer<K>(K key, ClockId clock, long deadlineNs) {
}
