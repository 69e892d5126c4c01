// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.Status;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.rcu.RcuSlot;
import java.util.function.BiFunction;

/**
 * The calls that the timer and the work of an element have in common. Every call opens a read section, checks the handle's
 * generation, and finds the control block; inside the section neither the element nor the block can be recycled.
 *
 * @param <K> the key type
 * @param <V> the value type
 * @param <B> the kind of control block
 */
abstract class SlotHandle<K, V, B extends BpfAsyncCb> {
    final MapCore<K, V> map;
    final MapContext context;

    SlotHandle(MapCore<K, V> map) {
        this.map = map;
        this.context = map.context();
    }

    /** The handle that says which element is meant. */
    abstract ElementHandle<K, V> handle();

    /** The block attached to an element, or null. */
    abstract B block(Element<K, V> at);

    abstract boolean tryAttach(Element<K, V> at, B block);

    abstract boolean tryDetach(Element<K, V> at, B block);

    abstract BlockStore<B> blocks();

    /** Begins the life of a block for an element, on a clock and with a leeway if it is a timer's. */
    abstract void begin(B block, Element<K, V> at, V value, Object how, long leewayNs);

    /** Why there is no block: looked at again, since a delete may have come in between. */
    final Status missing(Element<K, V> at) {
        return handle().isLive(at) ? Status.EINVAL : Status.ENOENT;
    }

    final Status attach(BpfMap<K, V> ofMap, Object how, long leewayNs) {
        if (ofMap != map || how == null) {
            return Status.EINVAL;
        }
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = handle().element();
            return at == null ? Status.ENOENT : attach(at, how, leewayNs);
        } finally {
            section.unlock();
        }
    }

    /** Publishes a block, and looks only then whether it may be there: what it races with sees the block, or is seen. */
    private Status attach(Element<K, V> at, Object how, long leewayNs) {
        for (;;) {
            if (!map.hasUsers()) {
                return Status.EPERM;
            }
            long life = at.life();
            if (!handle().isMine(life)) {
                return map.hasUsers() ? Status.ENOENT : Status.EPERM; // the last release deletes all elements
            }
            if (block(at) != null) {
                return Status.EBUSY;
            }
            B block = blocks().take();
            if (block == null) {
                return Status.ENOMEM;
            }
            V value = at.value();
            begin(block, at, value, how, leewayNs);
            if (!tryAttach(at, block)) {
                blocks().giveBackUnpublished(block);
                return Status.EBUSY;
            }
            boolean hasUsers = map.hasUsers();
            if (hasUsers && at.life() == life && at.hasStill(value) && block.confirm()) {
                return Status.OK;
            }
            if (tryDetach(at, block)) { // others may have found it, but not used it; it goes the way of every block
                blocks().destroy(block);
            }
            if (!hasUsers) {
                return Status.EPERM;
            }
        }
    }

    final Status bind(BpfProg prog, Object callback) {
        if (callback == null || !(prog instanceof ProgImpl) || !((ProgImpl) prog).belongsTo(context.owner())) {
            return Status.EINVAL;
        }
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = handle().element();
            if (!handle().isLive(at)) {
                return Status.ENOENT;
            }
            B block = block(at);
            return block == null ? missing(at) : block.bind((ProgImpl) prog, callback);
        } finally {
            section.unlock();
        }
    }

    final Status disarm() {
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = handle().element();
            if (!handle().isLive(at)) {
                return Status.ENOENT;
            }
            B block = block(at);
            return block == null ? missing(at) : block.cancelAsync();
        } finally {
            section.unlock();
        }
    }

    /** Disarms and waits. The caller has made sure that its context may wait. */
    final Status disarmAndWait(BpfAsyncCb caller) {
        return waiting(BpfAsyncCb::cancelAndWait, caller);
    }

    /** Makes a call that may wait: with a reference, outside of the section that found the block. */
    final Status waiting(BiFunction<? super B, BpfAsyncCb, Status> call, BpfAsyncCb caller) {
        B block;
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = handle().element();
            if (!handle().isLive(at)) {
                return Status.ENOENT;
            }
            block = block(at);
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
            return call.apply(block, caller);
        } finally {
            block.put();
        }
    }
}
