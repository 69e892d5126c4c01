// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncTimer;
import io.latchwork.async.ClockId;

/**
 * A timer without a map.
 *
 * @param timer the timer
 * @param place where its history is
 * @param clock its clock
 */
record LooseTimer(AsyncTimer timer, Place place, ClockId clock) {
}
