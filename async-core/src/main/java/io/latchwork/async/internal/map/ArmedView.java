// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.ArmedTimer;
import io.latchwork.async.Status;
import io.latchwork.async.TimerView;
import io.latchwork.async.internal.timer.ArmedEntry;
import io.latchwork.async.internal.timer.BpfHrtimer;
import io.latchwork.rcu.RcuSlot;
import java.util.ArrayList;
import java.util.List;

/** The armed timers of a map, from outside. */
final class ArmedView<K, V> implements TimerView<K> {
    private final MapCore<K, V> map;

    ArmedView(MapCore<K, V> map) {
        this.map = map;
    }

    /** An element's key, and what its timer was seen to wait for. */
    private record Seen<K>(K key, ArmedEntry entry) {
    }

    @Override
    public List<ArmedTimer<K>> armed() {
        List<Seen<K>> seen = new ArrayList<>();
        RcuSlot section = map.context().rcu().readLock();
        try {
            map.forEachLive(element -> {
                BpfHrtimer block = element.timer();
                ArmedEntry entry = block == null ? null : block.armedEntry(map.context().time());
                if (entry != null && Element.isLive(element.life())) {
                    seen.add(new Seen<>(element.key, entry));
                }
            });
        } finally {
            section.unlock();
        }
        seen.sort((a, b) -> Long.compare(a.entry.dueNs(), b.entry.dueNs()));
        return seen.stream().map(each -> new ArmedTimer<>(each.key, each.entry.clock(), each.entry.deadlineNs())).toList();
    }

    @Override
    public Status start(K key, long nsec, int flags) {
        return key == null ? Status.EINVAL : at(key).start(nsec, flags);
    }

    @Override
    public Status cancelAsync(K key) {
        return key == null ? Status.EINVAL : at(key).cancelAsync();
    }

    /** A handle that answers ENOENT if the key is not there. */
    private ElementHandle<K, V> at(K key) {
        ElementHandle<K, V> handle = new ElementHandle<>(map); // does not outlive the call
        map.lookup(key, handle);
        return handle;
    }

    @Override
    public Status delete(K key) {
        if (key == null) {
            return Status.EINVAL;
        }
        RcuSlot section = map.context().rcu().readLock();
        try {
            Element<K, V> found = map.find(key);
            return found == null ? Status.ENOENT : delete(found);
        } finally {
            section.unlock();
        }
    }

    /** Lock-free: looks again only if somebody else freed the timer. Leaves a block alone that its init has not confirmed. */
    private Status delete(Element<K, V> found) {
        for (;;) {
            BpfHrtimer block = found.timer();
            if (block == null || !block.isConfirmed()) {
                return Element.isLive(found.life()) ? Status.EINVAL : Status.ENOENT; // perhaps it went with its element
            }
            if (found.tryDetachTimer(block)) {
                map.timerBlocks().destroy(block);
                return Status.OK;
            }
        }
    }
}
