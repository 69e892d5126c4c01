// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.TimerCallback;
import java.util.concurrent.atomic.AtomicInteger;

/** The control block of a timer: pooled by its map, attached to one slot at a time. */
final class TimerBlock<K, V> extends HeapEntry {
    final LockedHashMap<K, V> map;
    /** How many callbacks are cancelling this timer and may be waiting for its callback. */
    final AtomicInteger cancelling = new AtomicInteger();

    /** The element as it was at init. Written before the block is attached and after it ran for the last time. */
    K key;
    V value;

    /** Program and callback: both or neither. Written under slot and base lock, read under either. */
    LockedProgram program;
    TimerCallback<K, V> callback;

    /** No slot refers to it any more. Guarded by the lock of the base. */
    boolean detached;
    /** The callback that is running was told not to start itself again. Guarded by the lock of the base. */
    boolean stopped;
    /** Guarded by the lock of the free list. */
    TimerBlock<K, V> nextFree;

    TimerBlock(LockedHashMap<K, V> map) {
        this.map = map;
    }

    /** Calls back, with what the base read under its lock. What the callback throws goes to the handler. */
    void run(TimerCallback<K, V> code, LockedProgram owner) {
        try {
            code.expired(map, key, value);
        } catch (Throwable thrown) {
            map.runtime().report(owner.name(), map.name(), thrown);
        }
    }
}
