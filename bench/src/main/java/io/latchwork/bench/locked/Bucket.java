// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

/** A hash bucket: a lock and the chain that it guards. */
final class Bucket<K, V> extends SpinLock {
    private Slot<K, V> head;

    Slot<K, V> find(Object key, int hash) {
        Slot<K, V> slot = head;
        while (slot != null && (slot.hash != hash || !key.equals(slot.key()))) {
            slot = slot.next;
        }
        return slot;
    }

    void link(Slot<K, V> slot) {
        slot.next = head;
        head = slot;
    }

    void unlink(Slot<K, V> slot) {
        if (head == slot) {
            head = slot.next;
        } else {
            Slot<K, V> before = head;
            while (before.next != slot) {
                before = before.next;
            }
            before.next = slot.next;
        }
        slot.next = null;
    }

    Slot<K, V> first() {
        return head;
    }
}
