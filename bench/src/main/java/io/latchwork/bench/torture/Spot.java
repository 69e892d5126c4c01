// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.BpfMap;
import io.latchwork.async.ClockId;

/**
 * A key of a map, with the timer and the work that may be embedded there.
 *
 * @param map the map
 * @param key the key
 * @param timer where the timer's history is
 * @param work where the work's history is; its number is the next one
 * @param clock the clock of every timer that is made here
 * @param <K> the key type
 */
record Spot<K>(BpfMap<K, Value> map, K key, Place timer, Place work, ClockId clock) {
}
