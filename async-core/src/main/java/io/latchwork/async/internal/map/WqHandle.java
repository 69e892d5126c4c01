// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfWq;
import io.latchwork.async.Status;
import io.latchwork.async.WorkCallback;
import io.latchwork.async.internal.timer.BpfWork;
import io.latchwork.rcu.RcuSlot;

/** The work in the element that a handle points at. */
final class WqHandle<K, V> extends SlotHandle<K, V, BpfWork> implements BpfWq<K, V> {
    private final ElementHandle<K, V> handle;

    WqHandle(MapCore<K, V> map, ElementHandle<K, V> handle) {
        super(map);
        this.handle = handle;
    }

    @Override
    ElementHandle<K, V> handle() {
        return handle;
    }

    @Override
    BpfWork block(Element<K, V> at) {
        return at.work();
    }

    @Override
    boolean tryAttach(Element<K, V> at, BpfWork block) {
        return at.tryAttachWork(block);
    }

    @Override
    boolean tryDetach(Element<K, V> at, BpfWork block) {
        return at.tryDetachWork(block);
    }

    @Override
    BlockStore<BpfWork> blocks() {
        return map.workBlocks();
    }

    @Override
    void begin(BpfWork block, Element<K, V> at, V value, Object how, long leewayNs) {
        block.begin(context.homeBase(at.hash), at.key, value);
    }

    @Override
    public Status init(BpfMap<K, V> ofMap, int flags) {
        if (flags != 0) {
            return Status.EINVAL;
        }
        if (ofMap == map && handle.isLive(handle.element())) {
            map.workBlocks(); // a first init makes many: not inside the read section
        }
        return attach(ofMap, this, 0);
    }

    @Override
    public Status setCallback(BpfProg prog, WorkCallback<K, V> callback, int flags) {
        return flags == 0 ? bind(prog, callback) : Status.EINVAL;
    }

    @Override
    public Status start(int flags) {
        if (flags != 0) {
            return Status.EINVAL;
        }
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = handle.element();
            if (!handle.isLive(at)) {
                return Status.ENOENT;
            }
            BpfWork block = at.work();
            return block == null ? missing(at) : block.start();
        } finally {
            section.unlock();
        }
    }

    @Override
    public Status cancelAsync() {
        return disarm();
    }

    @Override
    public Status cancel() {
        return context.mustNotWaitForWork() ? Status.EOPNOTSUPP : disarmAndWait(context.callingBlock());
    }

    @Override
    public Status flush() {
        return context.mustNotWaitForWork() ? Status.EOPNOTSUPP : waiting(BpfWork::flush, context.callingBlock());
    }
}
