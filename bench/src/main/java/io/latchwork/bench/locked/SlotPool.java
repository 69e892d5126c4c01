// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

/** The free slots of a map. */
final class SlotPool<K, V> extends SpinLock {
    private Slot<K, V> free;

    /** A free slot, or null if all are in use. */
    Slot<K, V> take() {
        lock();
        Slot<K, V> slot = free;
        if (slot != null) {
            free = slot.next;
            slot.next = null;
        }
        unlock();
        return slot;
    }

    void give(Slot<K, V> slot) {
        lock();
        slot.next = free;
        free = slot;
        unlock();
    }
}
