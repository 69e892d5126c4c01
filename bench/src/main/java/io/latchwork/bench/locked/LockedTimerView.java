// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.ArmedTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.async.TimerView;
import java.util.ArrayList;
import java.util.List;

/** The armed timers of a map, by key. */
final class LockedTimerView<K, V> implements TimerView<K> {
    private final LockedHashMap<K, V> map;

    LockedTimerView(LockedHashMap<K, V> map) {
        this.map = map;
    }

    @Override
    public List<ArmedTimer<K>> armed() {
        TimeBase time = map.runtime().time();
        List<ArmedTimer<K>> armed = new ArrayList<>();
        map.forEachSlot((slot, generation) -> {
            K key = slot.keyIf(generation);
            long deadline = slot.armedUntil(generation);
            if (key != null && deadline >= 0) {
                armed.add(new ArmedTimer<>(key, ClockId.MONOTONIC, time.onClock(deadline)));
            }
            return true;
        });
        armed.sort((a, b) -> Long.compare(a.deadlineNs(), b.deadlineNs()));
        return List.copyOf(armed);
    }

    @Override
    public Status start(K key, long nsec, int flags) {
        ElementHandle<K, V> handle = map.newHandle();
        Status found = map.lookup(key, handle);
        return found == Status.OK ? handle.start(nsec, flags) : found;
    }

    @Override
    public Status cancelAsync(K key) {
        ElementHandle<K, V> handle = map.newHandle();
        Status found = map.lookup(key, handle);
        return found == Status.OK ? handle.cancelAsync() : found;
    }

    @Override
    public Status delete(K key) {
        ElementHandle<K, V> handle = map.newHandle();
        Status found = map.lookup(key, handle);
        return found == Status.OK ? handle.freeTimer() : found;
    }
}
