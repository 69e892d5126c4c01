// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.WorkCallback;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.timer.BpfWork;

/** The control blocks of a map's works. */
final class WorkBlocks extends BlockStore<BpfWork> {
    private final BpfMap<?, ?> map;
    private final Quota running = new Quota(Long.MAX_VALUE);

    WorkBlocks(MapContext context, BpfMap<?, ?> map, int max, int pooled) {
        super(context, max, pooled);
        this.map = map;
    }

    @Override
    BpfWork newBlock(int poolIndex) {
        return new BpfWork(this, poolIndex, context.rcu(), LATCH_SLOTS, context.works());
    }

    @Override
    public String name() {
        return map.name();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void call(Object callback, Object key, Object value) {
        running.tryTake();
        try {
            ((WorkCallback<Object, Object>) callback).run((BpfMap<Object, Object>) map, key, value);
        } finally {
            running.giveBack();
        }
    }

    /** How many callbacks are running, those of dead elements included. */
    long running() {
        return running.used();
    }
}
