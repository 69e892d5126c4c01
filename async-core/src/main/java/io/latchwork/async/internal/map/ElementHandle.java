// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.rcu.RcuSlot;

/**
 * A handle of an element and of the timer in it: the element and its generation.
 *
 * <p>Every call opens a read section, checks the generation, and finds the control block; inside the section neither
 * the element nor the block can be recycled.
 */
final class ElementHandle<K, V> implements MapElement<K, V>, BpfTimer<K, V> {
    private final HashMapImpl<K, V> map;
    private final MapContext context;
    private Element<K, V> element;
    private int generation;

    ElementHandle(HashMapImpl<K, V> map) {
        this.map = map;
        this.context = map.context();
    }

    boolean isOf(HashMapImpl<K, V> other) {
        return map == other;
    }

    /** Inside a read section in which the element was found live. */
    void pointAt(Element<K, V> found) {
        element = found;
        generation = Element.generation(found.life());
    }

    private boolean isLive(Element<K, V> at) {
        return at != null && isMine(at.life());
    }

    private boolean isMine(long life) {
        return Element.isLive(life) && Element.generation(life) == generation;
    }

    /** Why there is no block: looked at again, since a delete may have come in between. */
    private Status missing(Element<K, V> at) {
        return isLive(at) ? Status.EINVAL : Status.ENOENT;
    }

    @Override
    public K key() {
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = element;
            return isLive(at) ? at.key : null;
        } finally {
            section.unlock();
        }
    }

    /** Needs no section: an element stays an element, and a value of another life is told by the second look. */
    @Override
    public V value() {
        Element<K, V> at = element;
        if (!isLive(at)) {
            return null;
        }
        V seen = at.value();
        return isLive(at) ? seen : null;
    }

    @Override
    public BpfTimer<K, V> timer() {
        return this;
    }

    @Override
    public Status init(BpfMap<K, V> ofMap, ClockId clock) {
        if (ofMap != map || clock == null) {
            return Status.EINVAL;
        }
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = element;
            return at == null ? Status.ENOENT : init(at);
        } finally {
            section.unlock();
        }
    }

    /** Publishes a block, and looks only then whether it may be there: what it races with sees the block, or is seen. */
    private Status init(Element<K, V> at) {
        for (;;) {
            if (!map.hasUsers()) {
                return Status.EPERM;
            }
            long life = at.life();
            if (!isMine(life)) {
                return map.hasUsers() ? Status.ENOENT : Status.EPERM; // the last release deletes all elements
            }
            if (at.timer() != null) {
                return Status.EBUSY;
            }
            BpfAsyncCb block = map.blocks().take(at, at.value());
            if (block == null) {
                return Status.ENOMEM;
            }
            if (!at.tryAttach(block)) {
                map.blocks().giveBackUnpublished(block);
                return Status.EBUSY;
            }
            boolean hasUsers = map.hasUsers();
            if (hasUsers && at.life() == life && block.confirm()) {
                return Status.OK;
            }
            if (at.tryDetach(block)) { // others may have found it, but not used it; it goes the way of every block
                map.blocks().destroy(block);
            }
            if (!hasUsers) {
                return Status.EPERM;
            }
        }
    }

    @Override
    public Status setCallback(BpfProg prog, TimerCallback<K, V> callback) {
        if (callback == null || !(prog instanceof ProgImpl) || !((ProgImpl) prog).belongsTo(context.owner())) {
            return Status.EINVAL;
        }
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = element;
            if (!isLive(at)) {
                return Status.ENOENT;
            }
            BpfAsyncCb block = at.timer();
            return block == null ? missing(at) : block.bind((ProgImpl) prog, erase(callback));
        } finally {
            section.unlock();
        }
    }

    @SuppressWarnings("unchecked")
    private static TimerCallback<Object, Object> erase(TimerCallback<?, ?> callback) {
        return (TimerCallback<Object, Object>) callback;
    }

    @Override
    public Status start(long nsec, int flags) {
        if ((flags & ~TIMER_ABS) != 0) {
            return Status.EINVAL;
        }
        long deadline = context.time().deadline(nsec, flags);
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = element;
            if (!isLive(at)) {
                return Status.ENOENT;
            }
            BpfAsyncCb block = at.timer();
            return block == null ? missing(at) : block.start(deadline);
        } finally {
            section.unlock();
        }
    }

    @Override
    public Status cancelAsync() {
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = element;
            if (!isLive(at)) {
                return Status.ENOENT;
            }
            BpfAsyncCb block = at.timer();
            return block == null ? missing(at) : block.cancelAsync();
        } finally {
            section.unlock();
        }
    }

    @Override
    public Status cancel() {
        TimerBase caller = context.callingBase();
        if (context.rcu().inNmi() || caller == null && context.rcu().isReadHeld()) {
            return Status.EOPNOTSUPP;
        }
        BpfAsyncCb block;
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = element;
            if (!isLive(at)) {
                return Status.ENOENT;
            }
            block = at.timer();
            if (block == null) {
                return missing(at);
            }
            if (!block.tryGet()) {
                return Status.ENOENT;
            }
        } finally {
            section.unlock();
        }
        try {
            return block.cancelAndWait(caller);
        } finally {
            block.put();
        }
    }
}
